import {
  dossierDueSoonV1, dossierOverdueClearedV1, dossierOverdueV1, type latenessTopic,
} from '@index766/contracts-aggregator';
import type { FactContract, FactOfTopic } from '@index766/contracts-envelope';
import { holderAt, type DossierView } from '@index766/dossier-life';
import { formatInstant, latest, type DossierId, type Instant, type OfficerPseudonym, type UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { clearedBy, currentStep, latenessStateAt, soonFrom, type LatenessState } from './lateness-state';

type Said<Fact extends FactContract> = Fact extends FactContract<infer Type, infer Data> ? { readonly type: Type; readonly data: Data } : never;

/** One event of the topic. */
export type LatenessEvent = Said<FactOfTopic<typeof latenessTopic>> & { readonly occurredAt: Instant };

/** What was told of a dossier: how it stood by the last event, and how many there were. */
export interface ToldLateness {
  readonly kind: LatenessState['kind'];
  readonly dueAt: Instant | null;
  readonly cause: string | null;
  /** Sequence of the last event. */
  readonly told: number;
}

export const NOTHING_TOLD: ToldLateness = { kind: 'in-time', dueAt: null, cause: null, told: 0 };

export interface Telling {
  readonly after: ToldLateness;
  readonly events: readonly LatenessEvent[];
}

/** Whether a dossier stands otherwise than it was told to stand. */
export function standsOtherwise(told: ToldLateness, state: LatenessState): boolean {
  return !isTold(told, state);
}

/**
 * What has to be told of a dossier that stands so at T, after what was told. Told once: the same view and T again say nothing
 * new.
 */
export function tellOf(told: ToldLateness, view: DossierView, at: Instant, calendar: WorkingCalendar): Telling {
  const state = latenessStateAt(view, at, calendar);
  if (isTold(told, state)) return { after: told, events: [] };
  const events: LatenessEvent[] = [];
  if (told.kind === 'overdue' && state.kind !== 'overdue') {
    const { cause, causedAt } = clearedBy(view, told.dueAt, at);
    events.push({ type: dossierOverdueClearedV1.type, occurredAt: causedAt, data: { cause, ...dueText(told.dueAt), ...situation(view, at, causedAt) } });
  }
  if (state.kind === 'due-soon') {
    const { dueAt, cause, causedAt } = state;
    events.push({
      type: dossierDueSoonV1.type, occurredAt: latest(soonFrom(dueAt, calendar), causedAt),
      data: { dueAt: formatInstant(dueAt), cause, ...situation(view, at, causedAt) },
    });
  } else if (state.kind === 'overdue') {
    const { dueAt, cause, causedAt } = state;
    events.push({ type: dossierOverdueV1.type, occurredAt: causedAt, data: { cause, ...dueText(dueAt), ...situation(view, at, causedAt) } });
  }
  return { after: { ...statedBy(state), told: told.told + events.length }, events };
}

/** Port: what was told of dossiers, outside of every generation of figures. Events leave for the topic with the same write. */
export interface ToldLatenessStore {
  /** The dossiers of a partition that were last told to be due soon or overdue. Rejects when the database is away. */
  openOf(partition: number): Promise<ReadonlyMap<DossierId, ToldLateness>>;
  /**
   * Decides for each dossier on what is stored, again where another member was faster. Answers what is told now; a dossier
   * whose events wait too long already is left out, to be told later. Rejects when the database is away.
   */
  tell(dossiers: readonly DossierId[], decide: (dossier: DossierId, told: ToldLateness) => Telling): Promise<ReadonlyMap<DossierId, ToldLateness>>;
}

function isTold(told: ToldLateness, state: LatenessState): boolean {
  const { kind, dueAt, cause } = statedBy(state);
  return told.kind === kind && told.dueAt === dueAt && told.cause === cause;
}

/** A due instant that another cause sets to the same instant is no news; what makes a dossier overdue is. */
function statedBy(state: LatenessState): Omit<ToldLateness, 'told'> {
  switch (state.kind) {
    case 'in-time':
      return { kind: state.kind, dueAt: null, cause: null };
    case 'due-soon':
      return { kind: state.kind, dueAt: state.dueAt, cause: null };
    case 'overdue':
      return { kind: state.kind, dueAt: state.dueAt, cause: state.cause };
  }
}

function dueText(dueAt: Instant | null): { readonly dueAt?: string } {
  return dueAt === null ? {} : { dueAt: formatInstant(dueAt) };
}

interface Situation {
  readonly unit?: UnitCode;
  readonly procedure?: string;
  readonly officer?: OfficerPseudonym;
  readonly department?: string;
  readonly causedAt: string;
}

function situation(view: DossierView, at: Instant, causedAt: Instant): Situation {
  const unit = holderAt(view, at);
  const step = currentStep(view, at);
  return {
    ...(unit === null ? {} : { unit }),
    ...(view.procedure === null ? {} : { procedure: view.procedure }),
    ...(step === undefined || step.officer === null ? {} : { officer: step.officer }),
    ...(step === undefined || step.department === null ? {} : { department: step.department }),
    causedAt: formatInstant(causedAt),
  };
}
