import type { Channel, CorrectableField, DossierFact, DossierFactOf } from '@index766/dossier-life';
import type { Instant, ProcedureCode, StepId, SupplementId, UnitCode } from '@index766/kernel';

/** An instant that is known, and whether its source stated it. */
export interface KnownInstant {
  readonly at: Instant;
  readonly inferred: boolean;
}

export interface KnownSupplement {
  requested?: KnownInstant;
  completed?: KnownInstant;
  newDueAt?: Instant;
}

export interface KnownStep {
  readonly startedAt: Instant;
  readonly department?: string;
  endedAt?: Instant;
  deadline?: Instant;
}

/** Ends of a dossier and the other events of which it has one each. */
export type SingleEvent = 'registered' | 'received' | 'refused' | 'finished' | 'returned' | 'withdrawn' | 'stopped';

/**
 * The values that the facts of a dossier amount to, corrections applied in the order of recording: what a new statement
 * is compared with. Unlike a view it holds what was said, also where it does not count.
 */
export interface KnownDossier {
  /** The first source that registered or received it. */
  owner?: string;
  /** As registered or received. */
  unit?: UnitCode;
  procedure?: ProcedureCode;
  channel?: Channel;
  returnChannel?: Channel;
  /** Units that it was transferred to, the present holder last. */
  readonly transferredTo: Set<UnitCode>;
  readonly events: { [Event in SingleEvent]?: KnownInstant };
  /** The due instant that was last stated for the dossier itself, not for a supplement or an extension. */
  statedDueAt?: Instant;
  readonly extendedTo: Set<Instant>;
  readonly supplements: Map<SupplementId, KnownSupplement>;
  readonly steps: Map<StepId, KnownStep>;
  obligation: 'none' | 'open' | 'fulfilled';
}

export const EVENT_OF_FIELD: { readonly [Field in CorrectableField]?: SingleEvent } = {
  'received-at': 'received',
  'refused-at': 'refused',
  'finished-at': 'finished',
  'returned-at': 'returned',
  'withdrawn-at': 'withdrawn',
  'stopped-at': 'stopped',
};

/** @param facts in the order of their sequence. */
export function whatIsKnown(facts: readonly DossierFact[]): KnownDossier {
  const known: KnownDossier = {
    transferredTo: new Set(), events: {}, extendedTo: new Set(), supplements: new Map(), steps: new Map(), obligation: 'none',
  };
  for (const fact of facts) learn(known, fact);
  return known;
}

function learn(known: KnownDossier, fact: DossierFact): void {
  switch (fact.kind) {
    case 'dossier-registered':
      known.owner ??= fact.body.source;
      known.unit ??= fact.body.unit;
      known.procedure ??= fact.body.procedure;
      known.channel ??= fact.body.channel;
      known.events.registered ??= instantOfFact(fact);
      return;
    case 'dossier-received':
      known.owner ??= fact.body.source;
      // The unit that received it counts, wherever it was registered.
      known.unit = fact.body.unit;
      known.procedure = fact.body.procedure;
      known.channel = fact.body.channel;
      known.events.received ??= instantOfFact(fact);
      if (fact.body.statedDueAt !== undefined) known.statedDueAt = fact.body.statedDueAt;
      return;
    case 'dossier-refused':
      known.events.refused ??= instantOfFact(fact);
      return;
    case 'dossier-finished':
      known.events.finished ??= instantOfFact(fact);
      return;
    case 'result-returned':
      known.events.returned ??= instantOfFact(fact);
      known.returnChannel ??= fact.body.channel;
      return;
    case 'dossier-withdrawn':
      known.events.withdrawn ??= instantOfFact(fact);
      return;
    case 'dossier-stopped':
      known.events.stopped ??= instantOfFact(fact);
      return;
    case 'step-assigned':
      known.steps.set(fact.body.step, {
        startedAt: fact.occurredAt,
        ...(fact.body.department === undefined ? {} : { department: fact.body.department }),
        ...(fact.body.deadline === undefined ? {} : { deadline: fact.body.deadline }),
      });
      return;
    case 'step-completed': {
      const step = known.steps.get(fact.body.step);
      if (step !== undefined) step.endedAt = fact.occurredAt;
      return;
    }
    case 'supplement-requested':
      supplementOf(known, fact.body.supplement).requested = instantOfFact(fact);
      return;
    case 'supplement-completed': {
      const supplement = supplementOf(known, fact.body.supplement);
      supplement.completed = instantOfFact(fact);
      if (fact.body.newDueAt !== undefined) supplement.newDueAt = fact.body.newDueAt;
      return;
    }
    case 'dossier-transferred':
      known.transferredTo.delete(fact.body.unit);
      known.transferredTo.add(fact.body.unit);
      return;
    case 'due-date-extended':
      known.extendedTo.add(fact.body.newDueAt);
      return;
    case 'financial-obligation-requested':
      known.obligation = 'open';
      return;
    case 'financial-obligation-fulfilled':
      known.obligation = 'fulfilled';
      return;
    case 'dossier-corrected':
      correct(known, fact.body);
      return;
    case 'due-date-set':
    case 'statement-not-followed':
    case 'dossier-reopened':
    case 'dossier-voided':
      return;
  }
}

function correct(known: KnownDossier, { field, part, after }: DossierFactOf<'dossier-corrected'>['body']): void {
  const event = EVENT_OF_FIELD[field];
  if (event !== undefined) {
    known.events[event] = { at: after as Instant, inferred: false };
    return;
  }
  switch (field) {
    case 'unit':
      known.unit = after as UnitCode;
      return;
    case 'procedure':
      known.procedure = after as ProcedureCode;
      return;
    case 'channel':
      known.channel = after as Channel;
      return;
    case 'stated-due-at':
      if (part === undefined) known.statedDueAt = after as Instant;
      else supplementOf(known, part as SupplementId).newDueAt = after as Instant;
      return;
    case 'supplement-requested-at':
      supplementOf(known, part as SupplementId).requested = { at: after as Instant, inferred: false };
      return;
    case 'supplement-completed-at':
      supplementOf(known, part as SupplementId).completed = { at: after as Instant, inferred: false };
      return;
    case 'step-deadline':
    case 'step-ended-at': {
      const step = known.steps.get(part as StepId);
      if (step !== undefined) step[field === 'step-deadline' ? 'deadline' : 'endedAt'] = after as Instant;
      return;
    }
    default:
      throw new Error(`a correction of ${field} has no place in what is known`);
  }
}

function supplementOf(known: KnownDossier, id: SupplementId): KnownSupplement {
  let supplement = known.supplements.get(id);
  if (supplement === undefined) {
    supplement = {};
    known.supplements.set(id, supplement);
  }
  return supplement;
}

function instantOfFact(fact: DossierFact): KnownInstant {
  return { at: fact.occurredAt, inferred: fact.timeBasis === 'inferred' };
}

const ENDS: readonly SingleEvent[] = ['finished', 'returned', 'withdrawn', 'stopped'];

export function hasEnded({ events }: KnownDossier): boolean {
  return ENDS.some((event) => events[event] !== undefined);
}

/** The unit that has the dossier, as far as it was said; undefined: not even its unit is known. */
export function holderOf({ unit, transferredTo }: KnownDossier): UnitCode | undefined {
  return [...transferredTo].at(-1) ?? unit;
}
