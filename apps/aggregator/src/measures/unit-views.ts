import { sumMeasures, type Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { MeasuredViews, PrepareViews } from './measure-unit';

/** So many are made ready anew when one of them changes: what a new fact costs does not grow with what a unit ever held. */
const VIEWS_PER_CHUNK = 512;

interface Chunk<View> {
  readonly of: Chunk<View>[];
  readonly views: Map<string, View>;
  /** Undefined: one of them changed since. */
  measured: MeasuredViews | undefined;
}

/**
 * The views of one unit in chunks: what is over in the order in which it came to be, so that those of long ago stand together, are
 * made ready once, and say quickly that nothing of them counts in a period of today; what is not over apart from it, for one
 * that stays open would have its whole chunk looked at for ever.
 */
export class UnitViews<View> {
  private readonly open: Chunk<View>[] = [];
  private readonly over: Chunk<View>[] = [];
  private readonly chunkOf = new Map<string, Chunk<View>>();

  constructor(
    private readonly prepare: PrepareViews<View>,
    private readonly isOver: (view: View) => boolean,
  ) {}

  put(id: string, view: View): void {
    const chunks = this.isOver(view) ? this.over : this.open;
    const before = this.chunkOf.get(id);
    const stays = before !== undefined && before.of === chunks;
    if (!stays) this.delete(id);
    const chunk = stays ? before : roomyChunk(chunks);
    chunk.views.set(id, view);
    chunk.measured = undefined;
    this.chunkOf.set(id, chunk);
  }

  delete(id: string): void {
    const chunk = this.chunkOf.get(id);
    if (chunk === undefined) return;
    chunk.views.delete(id);
    chunk.measured = undefined;
    this.chunkOf.delete(id);
  }

  *all(): Iterable<View> {
    for (const { views } of this.chunks()) yield* views.values();
  }

  get size(): number {
    return this.chunkOf.size;
  }

  measures(unit: UnitCode, period: Period, evaluatedAt: Instant): Measures {
    // Chunks without anything that counts answer one and the same object, which adds nothing.
    const parts = new Set(this.chunks().map((chunk) => this.readied(chunk)(unit, period, evaluatedAt)));
    return parts.size === 0 ? this.prepare([])(unit, period, evaluatedAt) : sumMeasures([...parts]);
  }

  private readied(chunk: Chunk<View>): MeasuredViews {
    return (chunk.measured ??= this.prepare(chunk.views.values()));
  }

  private chunks(): readonly Chunk<View>[] {
    return [...this.over, ...this.open];
  }
}

function roomyChunk<View>(chunks: Chunk<View>[]): Chunk<View> {
  const last = chunks.at(-1);
  if (last !== undefined && last.views.size < VIEWS_PER_CHUNK) return last;
  const chunk: Chunk<View> = { of: chunks, views: new Map(), measured: undefined };
  chunks.push(chunk);
  return chunk;
}
