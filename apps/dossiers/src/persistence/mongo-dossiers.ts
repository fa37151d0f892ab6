import type { DossierId } from '@index766/kernel';
import type { Aggregate, AggregateChange, AggregateStore, IndexDeclaration, OutboxRecord, SaveOutcome } from '@index766/platform-mongo';
import { currentTrace, type RecordTrace } from '@index766/platform-observability';
import type { CommandedDossier, DossierChange, Dossiers, StoredDossier } from '../application/ports';
import { dossierFactRecord } from '../publishing/dossier-fact.record';
import { intakeRecords } from '../publishing/intake.record';
import { dossierFields, reconstituteDossier, type DossierFields } from './dossier.mapper';

export const DOSSIER_COLLECTION = 'dossiers';

/** Fields that a push needs: it has no use for the answers of commands. */
const STATE_FIELDS = ['facts', 'push', 'moves'] as const;

/** Dossiers as documents: state, facts and the records they send in one write. */
export class MongoDossiers implements Dossiers {
  readonly indexes: readonly IndexDeclaration[];

  constructor(private readonly store: AggregateStore<DossierFields>) {
    this.indexes = [...store.indexes, ...DOSSIER_INDEXES];
  }

  async findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredDossier>> {
    const found = await this.store.findMany(ids, STATE_FIELDS);
    return new Map([...found.values()].map((aggregate) => [aggregate.id as DossierId, toStored(aggregate)]));
  }

  async findWithCommands(id: DossierId): Promise<CommandedDossier | undefined> {
    const aggregate = await this.store.find(id);
    return aggregate && { ...toStored(aggregate), commands: aggregate.state.commands };
  }

  saveMany(changes: readonly DossierChange[]): Promise<SaveOutcome> {
    const trace = currentTrace();
    return this.store.saveMany(changes.map((change) => toChange(change, trace)));
  }
}

const DOSSIER_INDEXES: readonly IndexDeclaration[] = [
  {
    collection: DOSSIER_COLLECTION,
    name: 'moving_by_id',
    keys: { moving: 1, _id: 1 },
    partialFilterExpression: { moving: true },
    query: 'DueReview: open dossiers whose due instant follows calendars and procedures, page by page',
  },
  {
    collection: DOSSIER_COLLECTION,
    name: 'moved_by_cause',
    keys: { 'moves.causedBy': 1, _id: 1 },
    // Not `sparse`: every document has an `_id`, so a sparse index over both would hold every document.
    partialFilterExpression: { 'moves.causedBy': { $exists: true } },
    query: 'GET /v1/due-date-changes/{version}: dossiers whose due instant a version moved, page by page',
  },
];

function toStored({ state, ...ref }: Aggregate<Pick<DossierFields, (typeof STATE_FIELDS)[number]>>): StoredDossier {
  return { ref, state: reconstituteDossier(ref.id as DossierId, state) };
}

function toChange({ of, state, facts, intake, commands }: DossierChange, trace: RecordTrace): AggregateChange<DossierFields> {
  const records: OutboxRecord[] = facts.map((fact) => dossierFactRecord(fact, trace));
  let intakeCount = state.intakeCount;
  for (const entry of intake) {
    const parts = intakeRecords(entry, intakeCount + 1, trace);
    intakeCount += parts.length;
    records.push(...parts);
  }
  const { set, unset } = dossierFields({ ...state, intakeCount });
  const answered = commands ?? (of.version === 0 ? [] : undefined);
  return { of, set: { ...set, ...(answered === undefined ? {} : { commands: answered }) }, unset, records };
}
