import { MOST_UNITS_PER_MARK, markTopic, unitsTouchedV1 } from '@index766/contracts-aggregator';
import { encodeRecord } from '@index766/contracts-envelope';
import { compareText, type Instant, type UnitCode } from '@index766/kernel';
import type { OutgoingRecord, RecordSender } from '@index766/platform-kafka';

import type { MarkSender } from '../../measures';

export interface KafkaMarksOptions {
  readonly sender: RecordSender;
  /** Whose figures were touched; a mark without a generation means the first. */
  readonly generation: number;
  /** Everybody who merges figures of a unit now: one for most, another one for periods before it moved. */
  readonly rootsNow: () => (unit: UnitCode) => readonly UnitCode[];
  readonly now: () => Instant;
}

/** Marks as records of `aggregator.internal.mark.v1`, keyed by the root unit. */
export class KafkaMarks implements MarkSender {
  /** Marks are no facts: nobody folds them, so their sequence only has to be one. */
  private sequence = 0;

  constructor(private readonly options: KafkaMarksOptions) {}

  async mark(units: readonly UnitCode[]): Promise<void> {
    const byRoot = new Map<UnitCode, UnitCode[]>();
    const rootsOf = this.options.rootsNow();
    for (const unit of [...units].sort(compareText)) {
      for (const root of rootsOf(unit)) {
        const ofRoot = byRoot.get(root);
        if (ofRoot === undefined) byRoot.set(root, [unit]);
        else ofRoot.push(unit);
      }
    }
    await this.options.sender.send([...byRoot].flatMap(([root, ofRoot]) => this.records(root, ofRoot)));
  }

  private records(root: UnitCode, units: readonly UnitCode[]): readonly OutgoingRecord[] {
    const records: OutgoingRecord[] = [];
    for (let from = 0; from < units.length; from += MOST_UNITS_PER_MARK) {
      records.push(this.record(root, units.slice(from, from + MOST_UNITS_PER_MARK)));
    }
    return records;
  }

  private ofGeneration(): { readonly generation?: number } {
    return this.options.generation > 1 ? { generation: this.options.generation } : {};
  }

  private record(root: UnitCode, units: readonly UnitCode[]): OutgoingRecord {
    this.sequence += 1;
    const now = this.options.now();
    const envelope = {
      id: `${markTopic.name}/${root}/${this.sequence}`,
      source: '/index766/aggregator',
      type: unitsTouchedV1.type,
      occurredAt: now,
      recordedAt: now,
      subject: root,
      sequence: this.sequence,
    };
    return { topic: markTopic.name, ...encodeRecord(envelope, { units: [...units], ...this.ofGeneration() }, unitsTouchedV1) };
  }
}
