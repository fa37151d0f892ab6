import type { Instant } from '@index766/kernel';
import type { Term, Working } from '@index766/working-time';

import { deriveFrom, type DerivedDue, type DueReference } from './due-derivation';
import { dueEvents } from './due-events';
import { effectiveFacts } from './effective-facts';
import type { DossierFact, DossierFactOf, DueBasis, DueCause } from './facts';
import { foldDossier } from './fold';
import { compareRecorded } from './fold-order';
import { holderBefore } from './holder';
import { walk } from './walk';

/** One stated due instant; `counts` is false for one that was moved too late or by an invalid extension. */
export interface DueStatement {
  readonly from: Instant;
  readonly dueAt: Instant;
  readonly basis: DueBasis;
  readonly cause: DueCause;
  readonly computedDueAt: Instant | null;
  readonly calendarVersion: string;
  readonly recordedAt: Instant;
  readonly counts: boolean;
}

/** How the due instant of a dossier came about, for who has to explain it to a citizen. */
export interface DeadlineExplanation {
  /** The due instant in force; null: there is none, the dossier is undetermined. */
  readonly dueAt: Instant | null;
  readonly basis: DueBasis | null;
  readonly term: Term | null;
  /** In the order of recording. */
  readonly statements: readonly DueStatement[];
  /**
   * What the term gives, pauses included, with its working: day 0, every skipped day with its reason, each pause. Beside a
   * stated due instant it is for comparison. Null where no term is known.
   */
  readonly computed: { readonly dueAt: Instant; readonly working: readonly Working[]; readonly calendarVersion: string } | null;
  /** How pauses moved a stated due instant; empty for a computed one, whose working has them. */
  readonly statedWorking: readonly Working[];
}

/** Explains a received dossier's due instant by the reference records as they are now; null: it was not received. */
export function explainDeadline(facts: readonly DossierFact[], reference: DueReference): DeadlineExplanation | null {
  const { facts: effective } = effectiveFacts(facts);
  const life = walk(effective);
  if (life.receivedAt === null) return null;
  const view = foldDossier(facts);
  const inForce = view.dues[view.dues.length - 1];
  const derived = deriveFrom(dueEvents(effective, life), null, life, reference);
  const last = derived[derived.length - 1];
  const unit = holderBefore(life, (life.receivedAt + 1) as Instant);
  return {
    dueAt: inForce?.dueAt ?? null,
    basis: inForce?.basis ?? null,
    term: unit === null || life.procedure === null ? null : reference.termOf(life.procedure, unit),
    statements: statementsOf(facts, new Set(view.uncounted.map(({ sequence }) => sequence))),
    computed: computedOf(last),
    statedWorking: last?.basis === 'stated' ? last.due.working : [],
  };
}

function computedOf(last: DerivedDue | undefined): DeadlineExplanation['computed'] {
  if (last === undefined || last.computed === null) return null;
  return { ...last.computed, calendarVersion: last.calendarVersion };
}

function statementsOf(facts: readonly DossierFact[], uncounted: ReadonlySet<number>): readonly DueStatement[] {
  const statements = facts.filter((fact): fact is DossierFactOf<'due-date-set'> => fact.kind === 'due-date-set');
  return statements.sort(compareRecorded).map(({ occurredAt, recordedAt, sequence, body }) => ({
    from: occurredAt,
    dueAt: body.dueAt,
    basis: body.basis,
    cause: body.cause,
    computedDueAt: body.computedDueAt ?? null,
    calendarVersion: body.calendarVersion,
    recordedAt,
    counts: !uncounted.has(sequence),
  }));
}
