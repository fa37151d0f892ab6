import { endOfDay, instantOf, latest, localDayOf, type Instant, type Period, type UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';
import type { SampleUnit } from '../figures/sample-units';
import { SeededRandom } from '../random';

export type PetitionClass = 'rules' | 'conduct' | 'other';

/** One thing that happens to a petition after its receipt. */
export type PetitionEvent =
  | { readonly kind: 'refused' | 'supplement-requested' | 'supplement-completed' | 'answered' | 'published'; readonly at: Instant }
  | { readonly kind: 'rated'; readonly at: Instant; readonly satisfied: boolean };

/** A made-up petition (PAKN): what happens to it, in order; nobody's words are in it. */
export interface SamplePetition {
  readonly id: string;
  readonly unit: UnitCode;
  readonly class: PetitionClass;
  readonly receivedAt: Instant;
  /** A dossier, an earlier petition whose answer it is about; null: neither. */
  readonly about: { readonly dossier?: string; readonly petition?: string } | null;
  readonly events: readonly PetitionEvent[];
}

type Outcome = 'satisfied' | 'unsatisfied' | 'late';

interface Scene {
  readonly random: SeededRandom;
  readonly period: Period;
  readonly calendar: WorkingCalendar;
}

/** Working days from the receipt within which a petition is refused, completed, answered (lifecycle.md §7). */
const TERMS = { refused: 2, 'supplement-requested': 5, answered: 15 } as const;
const MINUTE = 60_000;

/**
 * The petitions that a unit received in the period, so that 5.1 to 5.3 come out: late ones, ones that were answered in
 * time and are not what somebody wanted, and the rest.
 */
export function petitionsOf(unit: SampleUnit, period: Period, calendar: WorkingCalendar, seed: number): readonly SamplePetition[] {
  const { received, onTime, satisfied, aboutRules, aboutConduct } = unit.petitions;
  const random = new SeededRandom(`${seed} petitions of ${unit.code}`);
  const scene: Scene = { random, period, calendar };
  const classes = random.shuffle(Array.from({ length: received }, (_, index): PetitionClass =>
    (index < aboutRules ? 'rules' : index < aboutRules + aboutConduct ? 'conduct' : 'other')));
  const outcomeOf = (index: number): Outcome => (index < satisfied ? 'satisfied' : index < onTime ? 'unsatisfied' : 'late');
  const named = (index: number) => ({
    id: `MAU-PA-${unit.code}-${period.name}-${String(index + 1).padStart(5, '0')}`, unit: unit.code, class: classes[index] ?? 'other' as const, about: null,
  });
  // Some say what they think of an answer by asking again; what they ask then is handled well.
  const repeated = Math.min(Math.floor((onTime - satisfied) / REPEATED_ONE_IN), satisfied);
  const petitions = Array.from({ length: received - repeated }, (_, place): SamplePetition => {
    const index = place + repeated;
    return { ...named(index), ...(index >= satisfied && index < satisfied + repeated ? answeredBadly(scene, 'asks-again') : DRAW[outcomeOf(index)](scene)) };
  });
  const repetitions = Array.from({ length: repeated }, (_, index): SamplePetition => {
    const earlier = petitions[satisfied - repeated + index];
    const [answer] = earlier?.events ?? [];
    return { ...named(index), ...inTime(scene, answer?.at), ...(earlier === undefined ? {} : { about: { petition: earlier.id } }) };
  });
  return [...petitions, ...repetitions];
}

/** Of the answers that somebody is not satisfied with. */
const REPEATED_ONE_IN = 3;

type Course = Pick<SamplePetition, 'receivedAt' | 'events'>;

const DRAW: Readonly<Record<Outcome, (scene: Scene) => Course>> = {
  satisfied: (scene) => inTime(scene), unsatisfied: (scene) => answeredBadly(scene, 'rates'), late: handledLate,
};

function inTime(scene: Scene, after: Instant = scene.period.start): Course {
  const { random, period } = scene;
  const receivedAt = officeInstant(scene, after, instantOf(period.end - 1000)) ?? latest(after, instantOf(period.end - 1000));
  const mayWait = dueAt(scene, receivedAt, TERMS.answered) >= period.end;
  const handling = random.weighted([[6, 'answered'], [1, 'refused'], [1, 'supplement-requested'], [mayWait ? 2 : 0, null]] as const);
  const at = handling === null ? null : officeInstant(scene, receivedAt, dueAt(scene, receivedAt, TERMS[handling]));
  // Nothing is said of what would come after the period: at its end it is within its term.
  if (handling === null || at === null || at >= period.end) return { receivedAt, events: [] };
  if (handling !== 'answered') return { receivedAt, events: [{ kind: handling, at }] };
  const publishedAt = officeInstant(scene, at, dueAt(scene, at, TERMS.refused));
  const ratedAt = random.percent(50) ? officeInstant(scene, at, period.end) : null;
  return {
    receivedAt,
    events: [
      { kind: 'answered' as const, at },
      ...(publishedAt === null || publishedAt >= period.end ? [] : [{ kind: 'published' as const, at: publishedAt }]),
      ...(ratedAt === null ? [] : [{ kind: 'rated' as const, at: ratedAt, satisfied: true }]),
    ].sort((a, b) => a.at - b.at),
  };
}

/** Answered in time; whoever asked is not satisfied with the answer, and says so or asks again. */
function answeredBadly(scene: Scene, reaction: 'rates' | 'asks-again'): Course {
  const { calendar, period, random } = scene;
  const office = calendar.workingMillisecondsBetween(period.start, period.end) / MINUTE;
  const receivedAt = calendar.addWorkingMinutes(period.start, Math.max(1, Math.floor(office * random.between(1, 60) / 100)));
  const left = calendar.workingMillisecondsBetween(receivedAt, period.end) / MINUTE;
  const answeredAt = calendar.addWorkingMinutes(receivedAt, Math.max(1, Math.floor(Math.min(left / 2, OFFICE_MINUTES * 12) * random.between(10, 90) / 100)));
  if (reaction === 'asks-again') return { receivedAt, events: [{ kind: 'answered', at: answeredAt }] };
  const ratedAt = officeInstant(scene, answeredAt, period.end) ?? instantOf(period.end - 1000);
  return { receivedAt, events: [{ kind: 'answered', at: answeredAt }, { kind: 'rated', at: ratedAt, satisfied: false }] };
}

/** Minutes of an office day, roughly: half of what is left is enough for an answer, and twelve days are within its term. */
const OFFICE_MINUTES = 450;

/** Refused, completed or answered after its term, or not at all: whatever the period has room for. */
function handledLate(scene: Scene): Course {
  const { random, calendar, period } = scene;
  const kinds = (['answered', 'supplement-requested', 'refused'] as const)
    .filter((kind) => dueAt(scene, calendar.addWorkingMinutes(period.start, 1), TERMS[kind]) < instantOf(period.end - 24 * 60 * MINUTE));
  const handling = kinds.length === 0 ? 'refused' : random.pick(kinds);
  const receivedAt = receivedBefore(scene, TERMS[handling]);
  const due = dueAt(scene, receivedAt, TERMS[handling]);
  const at = officeInstant(scene, due, period.end);
  // One without an answer is late as well, if nothing else was due before.
  if (handling === 'answered' && (at === null || random.percent(30))) return { receivedAt, events: [] };
  return { receivedAt, events: at === null ? [] : [{ kind: handling, at }] };
}

/** A receipt of which the term ends early enough before the period's end. */
function receivedBefore(scene: Scene, days: number): Instant {
  const { calendar, period } = scene;
  let latest = calendar.addWorkingMinutes(period.start, 2);
  for (let day = localDayOf(period.start); ; day = calendar.termDayAfter(day, 1)) {
    const candidate = calendar.addWorkingMinutes(endOfDay(day), 1);
    if (dueAt(scene, candidate, days) >= instantOf(period.end - 24 * 60 * MINUTE)) break;
    latest = candidate;
  }
  return officeInstant(scene, period.start, latest) ?? latest;
}

function dueAt({ calendar }: Scene, receivedAt: Instant, days: number): Instant {
  return endOfDay(calendar.termDayAfter(localDayOf(receivedAt), days));
}

/** A whole office second in (from, to). */
function officeInstant({ random, calendar }: Scene, from: Instant, to: Instant): Instant | null {
  const seconds = Math.floor(calendar.workingMillisecondsBetween(from, instantOf(to - 1000)) / 1000);
  return seconds < 1 ? null : calendar.addWorkingMinutes(from, random.between(1, seconds) / 60);
}
