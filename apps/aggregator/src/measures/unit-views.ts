import { sumMeasures, type Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { MeasuredViews, PrepareViews } from './measure-unit';

/** So many are made ready anew when one of them changes: what a new fact costs does not grow with what a unit ever held. */
const VIEWS_PER_CHUNK = 512;

interface Chunk<View> {
  readonly views: Map<string, View>;
  /** Undefined: one of them changed since. */
  measured: MeasuredViews | undefined;
}

/**
 * The views of one unit in chunks, in the order in which they came: those of long ago stand together, are made ready once,
 * and say quickly that nothing of them counts in a period of today.
 */
export class UnitViews<View> {
  private readonly chunks: Chunk<View>[] = [];
  private readonly chunkOf = new Map<string, Chunk<View>>();

  constructor(private readonly prepare: PrepareViews<View>) {}

  put(id: string, view: View): void {
    const chunk = this.chunkOf.get(id) ?? this.roomyChunk();
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
    for (const { views } of this.chunks) yield* views.values();
  }

  get size(): number {
    return this.chunkOf.size;
  }

  measures(unit: UnitCode, period: Period, evaluatedAt: Instant): Measures {
    // Chunks without anything that counts answer one and the same object, which adds nothing.
    const parts = new Set(this.chunks.map((chunk) => this.readied(chunk)(unit, period, evaluatedAt)));
    return parts.size === 0 ? this.prepare([])(unit, period, evaluatedAt) : sumMeasures([...parts]);
  }

  private readied(chunk: Chunk<View>): MeasuredViews {
    return (chunk.measured ??= this.prepare(chunk.views.values()));
  }

  private roomyChunk(): Chunk<View> {
    const last = this.chunks.at(-1);
    if (last !== undefined && last.views.size < VIEWS_PER_CHUNK) return last;
    const chunk: Chunk<View> = { views: new Map(), measured: undefined };
    this.chunks.push(chunk);
    return chunk;
  }
}
