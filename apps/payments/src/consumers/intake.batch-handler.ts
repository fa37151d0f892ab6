import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { refused, type DossierId, type Result } from '@index766/kernel';
import type { BatchHandler, BatchResult, Folded, IncomingRecord, ItemOutcome } from '@index766/platform-kafka';
import { newAggregate, type AggregateRef } from '@index766/platform-mongo';
import type { Payments } from '../application/ports';
import { emptyPayments, unchanged, type PaymentsChange } from '../domain/payments-state';
import { takeIntake } from '../domain/take-intake';
import { takeUnit } from '../domain/take-unit';
import { readIntake, readUnit, type Arrived } from './intake.reader';

/** The money of a dossier between load and save. */
export interface PaymentsInWork {
  readonly ref: AggregateRef;
  readonly change: PaymentsChange;
}

/**
 * Takes in what pushes pass on about money, and which dossiers there are: the parts of pushes and the facts of dossiers'
 * lives, from the beginning of both topics. Group `payments.intake`.
 */
export class IntakeBatchHandler implements BatchHandler<Arrived, PaymentsInWork> {
  readonly topics = [intakeTopic.name, dossierTopic.name];

  constructor(
    private readonly payments: Pick<Payments, 'findMany' | 'saveMany'>,
    private readonly count: (newFacts: number) => void,
  ) {}

  decode(record: IncomingRecord): Result<Arrived> | 'ignored' {
    switch (record.topic) {
      case intakeTopic.name:
        return readIntake(record);
      case dossierTopic.name:
        return readUnit(record);
      default:
        return refused('CONTRACT.UNKNOWN_TOPIC', 'nothing about money comes from this topic', 'topic');
    }
  }

  keyOf({ dossier }: Arrived): string {
    return dossier;
  }

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, PaymentsInWork>> {
    const stored = await this.payments.findMany(ids as readonly DossierId[]);
    return new Map([...stored].map(([id, { ref, state }]) => [id, { ref, change: unchanged(state) }]));
  }

  fold(document: PaymentsInWork | undefined, items: readonly Arrived[]): Folded<PaymentsInWork> {
    const [first] = items;
    if (first === undefined) return { document: undefined, outcomes: [] };
    let change = document?.change ?? unchanged(emptyPayments(first.dossier));
    const outcomes = items.map((item): ItemOutcome => {
      const taken = item.kind === 'intake' ? takeIntake(change, item.record) : takeUnit(change, item.statement, item.recordedAt);
      change = taken.change;
      return taken.outcome;
    });
    return { document: outcomes.includes('applied') ? { ref: document?.ref ?? newAggregate(first.dossier), change } : undefined, outcomes };
  }

  /** Rejects while too many records of a dossier wait for the broker: the lane pauses, nothing is skipped. */
  async save(documents: ReadonlyMap<string, PaymentsInWork>): Promise<readonly string[]> {
    const { lost, full } = await this.payments.saveMany([...documents.values()].map(({ ref, change }) => ({ of: ref, change })));
    if (full.size > 0) throw new Error('too many records about money wait for the broker');
    return [...lost];
  }

  after({ keys }: BatchResult<Arrived, PaymentsInWork>): Promise<void> {
    this.count(keys.reduce((sum, { before, after }) => sum + (after === before ? 0 : (after?.change.facts.length ?? 0)), 0));
    return Promise.resolve();
  }
}
