import {
  documentStanding, foldDocuments, statementsOf, thingOf, type DocumentStanding, type DocumentStatement,
} from '@index766/document-life';
import { holderOf } from '@index766/intake';
import { instantOf, ok, refused, type DossierId, type Result, type UnitCode } from '@index766/kernel';
import type { Clock, Documents } from '../application/ports';
import { emptyDocuments, isKnown, type DocumentsState } from '../domain/documents-state';

/** The papers of one dossier as its facts tell them now. */
export interface DocumentDetails {
  readonly state: DocumentsState;
  readonly unit: UnitCode;
  readonly standing: DocumentStanding;
  readonly statements: readonly DocumentStatement[];
  /** What a desk stated and pushes deny; it stands. */
  readonly denied: readonly DocumentStatement[];
}

export class ShowDocuments {
  constructor(private readonly documents: Documents, private readonly clock: Clock) {}

  /** Refuses with AUTH.UNIT_OUT_OF_SCOPE, DOCUMENT.DOSSIER_UNKNOWN. A dossier without a fact about papers is shown as such. */
  async execute(id: DossierId, covers: (unit: UnitCode) => boolean): Promise<Result<DocumentDetails>> {
    const state = (await this.documents.findMany([id])).get(id)?.state ?? emptyDocuments(id);
    const unit = holderOf(state);
    if (unit === undefined || !covers(unit)) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this dossier');
    if (!isKnown(state)) return refused('DOCUMENT.DOSSIER_UNKNOWN', 'no push and no fact of this dossier has come yet', 'dossier');
    const statements = statementsOf(state.facts);
    return ok({
      state, unit, statements,
      // Facts of this very millisecond count.
      standing: documentStanding(foldDocuments(state.facts), instantOf(this.clock.now() + 1)),
      denied: statements.filter(({ kind, about, statedAt }) => statedAt !== null && state.words[thingOf(kind, about)]?.at === null),
    });
  }
}
