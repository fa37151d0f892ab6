import { setTimeout as pause } from 'node:timers/promises';
import { markTopic } from '@index766/contracts-aggregator';
import { decodeRecord } from '@index766/contracts-envelope';
import { compareText, ok, type Result, type UnitCode } from '@index766/kernel';
import type { BatchHandler, Folded, IncomingRecord } from '@index766/platform-kafka';

import { gapAfter } from './merge-gap';
import type { ScoreKeeper } from './score-keeper';

export interface Mark {
  readonly root: UnitCode;
  readonly units: readonly UnitCode[];
}

/** Merges touched units, with pauses between merges. Group `aggregator.scores`. */
export class MarkBatchHandler implements BatchHandler<Mark, Mark> {
  readonly topics = [markTopic.name];

  constructor(
    private readonly keeper: Pick<ScoreKeeper, 'merge' | 'forget'>,
    /** Generation whose figures are merged here: other generations leave their marks on the same topic. */
    private readonly generation: number,
    /** Longest pause after a merge, in milliseconds. */
    private readonly longestGapMs: number,
  ) {}

  decode(record: IncomingRecord): Result<Mark> | 'ignored' {
    const decoded = decodeRecord(markTopic, record);
    if (!decoded.ok) return decoded;
    if ((decoded.value.data.generation ?? 1) !== this.generation) return 'ignored';
    return ok({ root: decoded.value.envelope.subject as UnitCode, units: decoded.value.data.units as UnitCode[] });
  }

  keyOf(mark: Mark): string {
    return mark.root;
  }

  /** A mark has no document of its own: what it leads to is read by the merge. */
  load(): Promise<ReadonlyMap<string, Mark>> {
    return Promise.resolve(new Map());
  }

  /** `earlier` is what came before in the same chunk, when a failing one makes it be folded in pieces. */
  fold(earlier: Mark | undefined, marks: readonly Mark[]): Folded<Mark> {
    const [first] = marks;
    const units = [...new Set([...(earlier?.units ?? []), ...marks.flatMap((mark) => mark.units)])].sort(compareText);
    return { document: first && { root: first.root, units }, outcomes: marks.map(() => 'applied') };
  }

  /** Merges at once and rests then: the next fetch brings all marks that came meanwhile, so that none waits for two pauses. */
  async save(marks: ReadonlyMap<string, Mark>): Promise<readonly string[]> {
    const startedAt = performance.now();
    const ends = await Promise.allSettled([...marks.values()].map(({ root, units }) => this.keeper.merge(root, units)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await pause(gapAfter(performance.now() - startedAt, this.longestGapMs));
    return [];
  }

  onAssigned(): Promise<void> {
    this.keeper.forget();
    return Promise.resolve();
  }
}
