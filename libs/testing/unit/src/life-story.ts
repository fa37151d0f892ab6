import { parseOfficerPseudonym, type DossierId, type Instant, type OfficerPseudonym, type ProcedureCode, type StepId, type SupplementId, type UnitCode } from '@index766/kernel';

import { when, type When } from './local-time';
import type { StoryBodies, StoryChannel, StoryDueCause, StoryFact, StoryFactKind, StoryField } from './story-facts';

export const DOSSIER_TOPIC = 'dossiers.public.dossier.v1';

const SOURCE = 'one-stop';

/** What every fact may say of itself. `recordedAt`: when it became known; at its own instant, or later, if absent. */
export interface Recording {
  readonly recordedAt?: When;
  readonly timeBasis?: 'stated' | 'inferred';
  readonly backfill?: true;
}

interface Arrival extends Recording {
  readonly unit?: string;
  readonly procedure?: string;
  readonly channel?: StoryChannel;
}

/** An officer for specs, told apart by one number. */
export function officer(number: number): OfficerPseudonym {
  const pseudonym = parseOfficerPseudonym(number.toString(16).padStart(32, '0'));
  if (pseudonym === undefined) throw new RangeError(`no officer: ${number}`);
  return pseudonym;
}

/** Begins the story of a dossier of H44.114 (procedure 2.000815, in person): valid, fixed, and told in local times. */
export function lifeStory(dossier = 'H44.114-20261001-0001'): LifeStory {
  return new LifeStory(dossier as DossierId);
}

/** Tells a dossier's life as facts, in the order in which they are recorded. Times are local (`local`). */
export class LifeStory {
  private readonly told: StoryFact[] = [];

  constructor(private readonly dossier: DossierId) {}

  /** The facts told so far, in the order of recording. */
  facts(): readonly StoryFact[] {
    return [...this.told];
  }

  /** The fact told last: what a spec says something about. */
  last(): StoryFact {
    const fact = this.told[this.told.length - 1];
    if (fact === undefined) throw new RangeError('nothing is told yet');
    return fact;
  }

  registered(at: When, arrival: Arrival = {}): this {
    return this.tell('dossier-registered', at, arrivalOf(arrival), arrival);
  }

  /** `statedDue`: NgayHenTra as the source states it; it is in force only once `due` says so. */
  received(at: When, arrival: Arrival & { readonly statedDue?: When; readonly pushed?: boolean } = {}): this {
    const { statedDue, pushed = true } = arrival;
    const body = { ...arrivalOf(arrival), pushed, ...(statedDue === undefined ? {} : { statedDueAt: when(statedDue) }) };
    return this.tell('dossier-received', at, body, arrival);
  }

  refused(at: When, recording: Recording = {}): this {
    return this.tell('dossier-refused', at, {}, recording);
  }

  /** States the due instant in force from `from` on. */
  due(
    from: When, dueAt: When,
    { basis = 'stated', cause = 'received', ...recording }: Recording & { readonly basis?: 'stated' | 'term'; readonly cause?: StoryDueCause } = {},
  ): this {
    return this.tell('due-date-set', from, { dueAt: when(dueAt), basis, cause, calendarVersion: 'vn@1' }, recording);
  }

  step(
    step: string, at: When,
    { by, deadline, department, ...recording }: Recording & { readonly by?: OfficerPseudonym; readonly deadline?: When; readonly department?: string } = {},
  ): this {
    const body = {
      step: step as StepId,
      ...(by === undefined ? {} : { officer: by }),
      ...(deadline === undefined ? {} : { deadline: when(deadline) }),
      ...(department === undefined ? {} : { department }),
    };
    return this.tell('step-assigned', at, body, recording);
  }

  stepDone(step: string, at: When, recording: Recording = {}): this {
    return this.tell('step-completed', at, { step: step as StepId }, recording);
  }

  supplementAsked(supplement: string, at: When, recording: Recording = {}): this {
    return this.tell('supplement-requested', at, { supplement: supplement as SupplementId }, recording);
  }

  supplementGiven(supplement: string, at: When, { newDue, ...recording }: Recording & { readonly newDue?: When } = {}): this {
    const body = { supplement: supplement as SupplementId, ...(newDue === undefined ? {} : { newDueAt: when(newDue) }) };
    return this.tell('supplement-completed', at, body, recording);
  }

  /** With a reason and an apology note unless it says otherwise. */
  extended(
    at: When, newDue: When,
    { reason = 'complex', apology = true, ...recording }: Recording & { readonly reason?: string | null; readonly apology?: boolean } = {},
  ): this {
    const body = { newDueAt: when(newDue), apologyIssued: apology, ...(reason === null ? {} : { reasonCode: reason }) };
    return this.tell('due-date-extended', at, body, recording);
  }

  transferred(unit: string, at: When, recording: Recording = {}): this {
    return this.tell('dossier-transferred', at, { unit: unit as UnitCode }, recording);
  }

  obligationAsked(at: When, { pausesClock = true, ...recording }: Recording & { readonly pausesClock?: boolean } = {}): this {
    return this.tell('financial-obligation-requested', at, { pausesClock }, recording);
  }

  obligationMet(at: When, recording: Recording = {}): this {
    return this.tell('financial-obligation-fulfilled', at, {}, recording);
  }

  finished(at: When, recording: Recording = {}): this {
    return this.tell('dossier-finished', at, {}, recording);
  }

  returned(at: When, recording: Recording = {}): this {
    return this.tell('result-returned', at, { channel: 'in-person' }, recording);
  }

  withdrawn(at: When, recording: Recording = {}): this {
    return this.tell('dossier-withdrawn', at, {}, recording);
  }

  stopped(at: When, recording: Recording = {}): this {
    return this.tell('dossier-stopped', at, {}, recording);
  }

  reopened(at: When, recording: Recording = {}): this {
    return this.tell('dossier-reopened', at, {}, recording);
  }

  /** Values are codes, or local times for the fields that hold an instant. */
  corrected(
    field: StoryField, before: When, after: When,
    { part, at, ...recording }: Recording & { readonly part?: string; readonly at?: When } = {},
  ): this {
    const body = { field, before: valueIn(field, before), after: valueIn(field, after), reasonCode: 'source-changed', ...(part === undefined ? {} : { part }) };
    const made = at ?? recording.recordedAt;
    if (made === undefined) throw new RangeError('a correction says when it was made');
    return this.tell('dossier-corrected', made, body, recording);
  }

  voided(at: When, recording: Recording = {}): this {
    return this.tell('dossier-voided', at, { reason: 'deleted' }, recording);
  }

  /** Of the owner unless it names another source. */
  notFollowed(
    field: StoryField, standing: When, stated: When,
    { from, part, at, ...recording }: Recording & { readonly from?: string; readonly part?: string; readonly at?: When } = {},
  ): this {
    const heard = at ?? recording.recordedAt;
    if (heard === undefined) throw new RangeError('a statement says when it was heard');
    const body = {
      field, stated: valueIn(field, stated), standing: valueIn(field, standing), source: from ?? SOURCE,
      cause: from === undefined ? 'outranked' as const : 'other-source' as const, ...(part === undefined ? {} : { part }),
    };
    return this.tell('statement-not-followed', heard, body, { timeBasis: 'inferred', ...recording });
  }

  private tell<Kind extends StoryFactKind>(kind: Kind, at: When, body: StoryBodies[Kind], { recordedAt, timeBasis = 'stated', backfill }: Recording): this {
    const occurredAt = when(at);
    const before = this.told[this.told.length - 1]?.recordedAt ?? occurredAt;
    const stated = recordedAt === undefined ? Math.max(before, occurredAt) : when(recordedAt);
    const fact = {
      kind, body, dossier: this.dossier, occurredAt, recordedAt: stated as Instant, topic: DOSSIER_TOPIC,
      sequence: this.told.length + 1, timeBasis, ...(backfill === undefined ? {} : { backfill }),
    };
    // A kind and its own body make one member of the union; the compiler cannot see it through the type parameter.
    this.told.push(fact as unknown as StoryFact);
    return this;
  }
}

function arrivalOf({ unit = 'H44.114', procedure = '2.000815', channel = 'in-person' }: Arrival) {
  return { unit: unit as UnitCode, procedure: procedure as ProcedureCode, channel, source: SOURCE };
}

/** A code, or an instant for the fields that hold one. */
function valueIn(field: StoryField, value: When): string | number {
  return field === 'unit' || field === 'procedure' || field === 'channel' ? value : when(value);
}
