import type { DossierId, Instant, PetitionId, Result, UnitCode } from '@index766/kernel';
import type { AggregateRef, RememberedCommand } from '@index766/platform-mongo';
import type { DossierFeedback, FeedbackChange } from '../domain/dossier-feedback';
import type { Petition, PetitionChange } from '../domain/petition';
import type { Questionnaire, UnitSurvey } from '../domain/survey';

export interface Clock {
  now(): Instant;
}

/** What a command is answered with, and again when it is repeated under the same Idempotency-Key. */
export interface CommandAnswer {
  /** The dossier or the petition. */
  readonly id: string;
  /** The facts that it led to; empty where it said nothing new. */
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly occurredAt: string; readonly recordedAt: string }[];
  /** The rating, or the number of the token, that was issued. The token itself is kept nowhere. */
  readonly issued?: string;
}

export interface Stored<State> {
  readonly ref: AggregateRef;
  readonly state: State;
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

/** What a decision leads to. Absent change: nothing is written. Absent commands: they stay as they are. */
export interface DocumentDecision<Change, Answer> {
  readonly answer: Answer;
  readonly change?: Change & { readonly commands?: readonly RememberedCommand<CommandAnswer>[] };
}

/** Documents that are each loaded and saved whole: state, facts and answers leave in one write. */
export interface Documents<Id extends string, State, Change> {
  find(id: Id): Promise<Stored<State> | undefined>;
  /**
   * Loads, decides, saves; decides again on the newer state when another writer was faster. `decide` does no I/O. Refuses
   * with AGGREGATE.CONTENDED or OUTBOX.FULL: both mean "try later".
   */
  update<Answer>(id: Id, decide: (stored: Stored<State> | undefined) => Result<DocumentDecision<Change, Answer>>): Promise<Result<Answer>>;
  /** What a token was issued for. */
  findByToken(hash: string): Promise<Id | undefined>;
}

export type Feedbacks = Documents<DossierId, DossierFeedback, FeedbackChange>;

export interface PetitionPage {
  readonly items: readonly Petition[];
  readonly next: PetitionId | null;
}

export interface Petitions extends Documents<PetitionId, Petition, PetitionChange> {
  /** Petitions of a unit with something left to do for it, by their ids. */
  pageInWork(unit: UnitCode, after: PetitionId | undefined, limit: number): Promise<PetitionPage>;
  /** Petitions that others have not learnt of yet, at most so many. */
  findWithPendingLinks(limit: number): Promise<readonly PetitionId[]>;
}

export interface Surveys {
  find(year: number): Promise<Questionnaire | undefined>;
  /** Decides on what is there and writes it; again when another writer was faster. */
  change(year: number, decide: (before: Questionnaire | undefined) => Result<Questionnaire>): Promise<Result<Questionnaire>>;
  findUnit(year: number, unit: UnitCode): Promise<UnitSurvey | undefined>;
  /** Takes the place of what was counted before. Refuses with AGGREGATE.CONTENDED. */
  saveUnit(survey: UnitSurvey): Promise<Result<null>>;
}
