import { ok, refused, type DossierId, type Result } from '@index766/kernel';
import type { AggregateRef, RememberedCommand, SaveOutcome } from '@index766/platform-mongo';
import type { CommandAnswer, CommandedDocuments, Documents, DocumentsDecision, SavedChange, StoredDocuments } from '../application/ports';
import type { DocumentsState } from '../domain/documents-state';

interface Row {
  readonly version: number;
  readonly state: DocumentsState;
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

const ROUNDS = 16;

/** The papers of dossiers without a database, compared and set like there. Stands in for the port in unit specs. */
export class InMemoryDocuments implements Documents {
  private readonly rows = new Map<string, Row>();

  findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredDocuments>> {
    const found = ids.flatMap((id) => {
      const row = this.rows.get(id);
      return row === undefined ? [] : [[id, toStored(id, row)] as const];
    });
    return Promise.resolve(new Map(found));
  }

  saveMany(changes: readonly { readonly of: AggregateRef; readonly change: SavedChange }[]): Promise<SaveOutcome> {
    const lost = new Set<string>();
    for (const { of, change } of changes) if (!this.save(of, change)) lost.add(of.id);
    return Promise.resolve({ lost, full: new Set() });
  }

  update<Answer>(
    id: DossierId, decide: (stored: CommandedDocuments | undefined) => Result<DocumentsDecision<Answer>>,
  ): Promise<Result<Answer>> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const row = this.rows.get(id);
      const decided = decide(row && { ...toStored(id, row), commands: row.commands });
      if (!decided.ok) return Promise.resolve(decided);
      const { answer, change } = decided.value;
      if (change === undefined || this.save({ id, version: row?.version ?? 0, pending: 0 }, change)) return Promise.resolve(ok(answer));
    }
    return Promise.resolve(refused('AGGREGATE.CONTENDED', 'others are faster'));
  }

  private save(of: AggregateRef, { state, commands }: SavedChange): boolean {
    const row = this.rows.get(of.id);
    if ((row?.version ?? 0) !== of.version) return false;
    this.rows.set(of.id, { version: of.version + 1, state, commands: commands ?? row?.commands ?? [] });
    return true;
  }
}

function toStored(id: DossierId, { version, state }: Row): StoredDocuments {
  return { ref: { id, version, pending: 0 }, state };
}
