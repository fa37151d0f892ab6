import { markTopic } from '@index766/contracts-aggregator';
import { decodeRecord } from '@index766/contracts-envelope';
import { compareText, ok, type Result, type UnitCode } from '@index766/kernel';
import type { BatchHandler, Folded, IncomingRecord } from '@index766/platform-kafka';

import type { ScoreKeeper } from './score-keeper';
import type { Turns } from './turns';

export interface Mark {
  readonly root: UnitCode;
  readonly units: readonly UnitCode[];
}

/** Merges touched units, each root with pauses between its merges. Group `aggregator.scores`. */
export class MarkBatchHandler implements BatchHandler<Mark, Mark> {
  readonly topics = [markTopic.name];

  constructor(
    private readonly keeper: Pick<ScoreKeeper, 'merge' | 'forget'>,
    /** Generation whose figures are merged here: other generations leave their marks on the same topic. */
    private readonly generation: number,
    /** Runs the merge of a root when it may be merged again. */
    private readonly turns: Turns,
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

  async save(marks: ReadonlyMap<string, Mark>): Promise<readonly string[]> {
    for (const { root, units } of marks.values()) {
      await this.turns(root, () => this.keeper.merge(root, units));
    }
    return [];
  }

  onAssigned(): Promise<void> {
    this.keeper.forget();
    return Promise.resolve();
  }
}
