import {
  explainDeadline, foldDossier, statusAt, type DeadlineExplanation, type DossierFact, type DossierView, type Status,
} from '@index766/dossier-life';
import { localDayOf, ok, refused, type DossierId, type Result } from '@index766/kernel';
import type { Clock, Dossiers } from '../application/ports';
import type { Reference } from '../application/reference';
import type { DossierState } from '../domain/dossier-state';

/** One dossier as its facts tell it now. */
export interface DossierDetails {
  readonly state: DossierState;
  readonly view: DossierView;
  /** Null: not even registered; a step came before it. */
  readonly status: Status | null;
  readonly facts: readonly DossierFact[];
  /** Null: not received, so nothing is due. */
  readonly deadline: DeadlineExplanation | null;
}

/** Reads a dossier with the working of its due instant. */
export class ShowDossier {
  constructor(
    private readonly dossiers: Dossiers,
    private readonly reference: Reference,
    private readonly clock: Clock,
  ) {}

  async execute(id: DossierId): Promise<Result<DossierDetails>> {
    const state = (await this.dossiers.findMany([id])).get(id)?.state;
    if (state === undefined || state.facts.length === 0) {
      return refused('DOSSIER.NOT_FOUND', 'there is no dossier of this code', 'id');
    }
    const { facts } = state;
    const view = foldDossier(facts);
    const day = localDayOf(view.receivedAt ?? this.clock.now());
    return ok({
      state, view, facts,
      status: statusAt(facts, this.clock.now()),
      deadline: explainDeadline(facts, this.reference.dueReferenceOn(day)),
    });
  }
}
