import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { takeStatement } from '@index766/intake';
import { refused, type DossierId, type Result } from '@index766/kernel';
import type { BatchHandler, BatchResult, Folded, IncomingRecord, ItemOutcome } from '@index766/platform-kafka';
import { newAggregate, type AggregateRef } from '@index766/platform-mongo';
import type { Documents } from '../application/ports';
import { emptyDocuments, unchanged, type DocumentsChange } from '../domain/documents-state';
import { takeIntake } from '../domain/take-intake';
import { readIntake, readUnit, type Arrived } from './intake.reader';

/** The papers of a dossier between load and save. */
export interface DocumentsInWork {
  readonly ref: AggregateRef;
  readonly change: DocumentsChange;
}

/**
 * Takes in what pushes pass on about papers, and which dossiers there are: the parts of pushes and the facts of dossiers'
 * lives, from the beginning of both topics. Group `digitization.intake`.
 */
export class IntakeBatchHandler implements BatchHandler<Arrived, DocumentsInWork> {
  readonly topics = [intakeTopic.name, dossierTopic.name];

  constructor(
    private readonly documents: Pick<Documents, 'findMany' | 'saveMany'>,
    private readonly count: (newFacts: number) => void,
  ) {}

  decode(record: IncomingRecord): Result<Arrived> | 'ignored' {
    switch (record.topic) {
      case intakeTopic.name:
        return readIntake(record);
      case dossierTopic.name:
        return readUnit(record);
      default:
        return refused('CONTRACT.UNKNOWN_TOPIC', 'nothing about papers comes from this topic', 'topic');
    }
  }

  keyOf({ dossier }: Arrived): string {
    return dossier;
  }

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, DocumentsInWork>> {
    const stored = await this.documents.findMany(ids as readonly DossierId[]);
    return new Map([...stored].map(([id, { ref, state }]) => [id, { ref, change: unchanged(state) }]));
  }

  fold(document: DocumentsInWork | undefined, items: readonly Arrived[]): Folded<DocumentsInWork> {
    const [first] = items;
    if (first === undefined) return { document: undefined, outcomes: [] };
    let change = document?.change ?? unchanged(emptyDocuments(first.dossier));
    const outcomes = items.map((item): ItemOutcome => {
      const taken = item.kind === 'intake' ? takeIntake(change, item.record) : takeStatement(change, item.statement);
      change = taken.change;
      return taken.outcome;
    });
    return { document: outcomes.includes('applied') ? { ref: document?.ref ?? newAggregate(first.dossier), change } : undefined, outcomes };
  }

  /** Rejects while too many records of a dossier wait for the broker: the lane pauses, nothing is skipped. */
  async save(documents: ReadonlyMap<string, DocumentsInWork>): Promise<readonly string[]> {
    const { lost, full } = await this.documents.saveMany([...documents.values()].map(({ ref, change }) => ({ of: ref, change })));
    if (full.size > 0) throw new Error('too many records about papers wait for the broker');
    return [...lost];
  }

  after({ keys }: BatchResult<Arrived, DocumentsInWork>): Promise<void> {
    this.count(keys.reduce((sum, { before, after }) => sum + (after === before ? 0 : (after?.change.facts.length ?? 0)), 0));
    return Promise.resolve();
  }
}
