import type { Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { MeasureViews } from './measure-unit';

/** So many are made ready anew when one of them changes: what a new fact costs does not grow with what a unit ever held. */
const VIEWS_PER_CHUNK = 512;
/** Of what is newly over, to which most late facts belong. */
const RECENT_VIEWS = 32;

interface Chunk<View> {
  readonly isOver: boolean;
  readonly views: Map<string, View>;
  /** Undefined: one of them changed since. */
  ready: unknown;
}

/**
 * The views of one unit in chunks: what is over in the order in which it came to be, so that those of long ago stand together, are
 * made ready once, and say quickly that nothing of them counts in a period of today; what is not over apart from it, for one
 * that stays open would have its whole chunk looked at for ever; and few that are newly over, before they join the others.
 */
export class UnitViews<View> {
  private readonly over: Chunk<View>[] = [];
  private recent: Chunk<View> = emptyChunk(true);
  private readonly open: Chunk<View>[] = [];
  private readonly chunkOf = new Map<string, Chunk<View>>();
  /** Of all chunks, ready to be measured; undefined: one of them changed since. */
  private joined: unknown;

  constructor(
    private readonly measuring: MeasureViews<View>,
    private readonly isOver: (view: View) => boolean,
  ) {}

  put(id: string, view: View): void {
    const isOver = this.isOver(view);
    const before = this.chunkOf.get(id);
    const stays = before?.isOver === isOver;
    if (!stays) this.delete(id);
    this.putInto(stays ? before : this.chunkFor(isOver), id, view);
  }

  delete(id: string): void {
    const chunk = this.chunkOf.get(id);
    if (chunk === undefined) return;
    chunk.views.delete(id);
    this.chunkOf.delete(id);
    this.changed(chunk);
  }

  *all(): Iterable<View> {
    for (const { views } of this.chunks()) yield* views.values();
  }

  get size(): number {
    return this.chunkOf.size;
  }

  measures(unit: UnitCode, period: Period, evaluatedAt: Instant): Measures {
    this.joined ??= this.measuring.join(this.chunks().map((chunk) => (chunk.ready ??= this.measuring.ready(chunk.views.values()))));
    return this.measuring.measures(this.joined, unit, period, evaluatedAt);
  }

  private chunks(): readonly Chunk<View>[] {
    return [...this.over, this.recent, ...this.open].filter(({ views }) => views.size > 0);
  }

  private chunkFor(isOver: boolean): Chunk<View> {
    if (!isOver) return roomyChunk(this.open, false);
    if (this.recent.views.size === RECENT_VIEWS) this.settleRecent();
    return this.recent;
  }

  private settleRecent(): void {
    for (const [id, view] of this.recent.views) this.putInto(roomyChunk(this.over, true), id, view);
    this.recent = emptyChunk(true);
  }

  private putInto(chunk: Chunk<View>, id: string, view: View): void {
    chunk.views.set(id, view);
    this.chunkOf.set(id, chunk);
    this.changed(chunk);
  }

  private changed(chunk: Chunk<View>): void {
    chunk.ready = undefined;
    this.joined = undefined;
  }
}

function roomyChunk<View>(chunks: Chunk<View>[], isOver: boolean): Chunk<View> {
  const last = chunks.at(-1);
  if (last !== undefined && last.views.size < VIEWS_PER_CHUNK) return last;
  const chunk = emptyChunk<View>(isOver);
  chunks.push(chunk);
  return chunk;
}

function emptyChunk<View>(isOver: boolean): Chunk<View> {
  return { isOver, views: new Map(), ready: undefined };
}
