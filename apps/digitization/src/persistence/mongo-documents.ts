import { ok, type DossierId, type Result } from '@index766/kernel';
import type {
  Aggregate, AggregateChange, AggregateRef, AggregateStore, IndexDeclaration, SaveOutcome,
} from '@index766/platform-mongo';
import { currentTrace, type RecordTrace } from '@index766/platform-observability';
import type { CommandedDocuments, Documents, DocumentsDecision, SavedChange, StoredDocuments, ToSave } from '../application/ports';
import { documentFactRecord } from '../publishing/document-fact.record';
import { documentsFields, reconstituteDocuments, type DocumentsFields } from './documents.mapper';

export const DOCUMENT_COLLECTION = 'documents';

/** Fields that a consumer needs: it has no use for the answers of commands. */
const STATE_FIELDS = ['facts', 'memory'] as const;

/** The papers of dossiers, one document of the database for each dossier: state, facts and the records they send in one write. */
export class MongoDocuments implements Documents {
  constructor(private readonly store: AggregateStore<DocumentsFields>) {}

  get indexes(): readonly IndexDeclaration[] {
    return this.store.indexes;
  }

  async findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredDocuments>> {
    const found = await this.store.findMany(ids, STATE_FIELDS);
    return new Map([...found.values()].map((aggregate) => [aggregate.id as DossierId, toStored(aggregate)]));
  }

  saveMany(changes: readonly ToSave[]): Promise<SaveOutcome> {
    return this.store.saveMany(changes.map(({ of, change, traces }): AggregateChange<DocumentsFields> => ({ of, ...toWrite(of, change, traces) })));
  }

  update<Answer>(
    id: DossierId, decide: (stored: CommandedDocuments | undefined) => Result<DocumentsDecision<Answer>>,
  ): Promise<Result<Answer>> {
    return this.store.update(id, (aggregate) => {
      const decided = decide(aggregate && { ...toStored(aggregate), commands: aggregate.state.commands });
      if (!decided.ok) return decided;
      const { answer, change } = decided.value;
      return ok(change === undefined ? { answer } : { answer, ...toWrite({ version: aggregate?.version ?? 0 }, change) });
    });
  }
}

function toStored({ state, ...ref }: Aggregate<Pick<DocumentsFields, (typeof STATE_FIELDS)[number]>>): StoredDocuments {
  return { ref, state: reconstituteDocuments(ref.id as DossierId, state) };
}

function toWrite(of: Pick<AggregateRef, 'version'>, { state, facts, commands }: SavedChange, traces: readonly RecordTrace[] = []) {
  const answered = commands ?? (of.version === 0 ? [] : undefined);
  const trace = currentTrace();
  return {
    set: { ...documentsFields(state), ...(answered === undefined ? {} : { commands: answered }) },
    records: facts.map((fact, index) => documentFactRecord(fact, traces[index] ?? trace)),
  };
}
