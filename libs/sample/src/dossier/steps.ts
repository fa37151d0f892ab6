import { earliest, instantOf, latest, type Instant } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';
import type { SeededRandom } from '../random';
import type { SampleOfficer, UnitOfficers } from './officers';
import type { Verdict } from './draw-timeline';
import type { Timeline } from './timeline';

/** One step of a dossier's way through the office (TienTrinh). */
export interface SampleStep {
  readonly officer: SampleOfficer | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly deadline: Instant | null;
  readonly note: string;
}

/** Whose lateness it is: steps that were late themselves, nobody's step, or a step that nobody is named for. */
type Blame = 'own-step' | 'no-step' | 'unassigned';

interface Way {
  readonly random: SeededRandom;
  readonly calendar: WorkingCalendar;
  readonly timeline: Timeline;
}

const HOUR = 3_600_000;
/** Share of the term by which each step should be done: reception, the work itself, signature, hand-out; the last one by its end. */
const SHARES = [0.1, 0.8, 0.95, 1];
const NOTES = ['Tiếp nhận', 'Thẩm định', 'Ký duyệt', 'Trả kết quả'];

/**
 * The steps from receipt to `until`, where the dossier's end is, or where its last step is still open. Between them
 * they have what a late-officer list has to tell apart: late steps, late dossiers without one, late steps on dossiers
 * that were on time, hand-overs, steps without an officer.
 */
export function drawSteps(way: Way, officers: UnitOfficers, verdict: Verdict, until: Instant): readonly SampleStep[] {
  const { random, timeline } = way;
  const blame: Blame = verdict === 'late' ? random.weighted([[62, 'own-step'], [26, 'no-step'], [12, 'unassigned']]) : 'own-step';
  const boundaries = drawBoundaries(way, until);
  const deadlines = blame === 'no-step' ? boundaries.map(() => null) : deadlinesOf(way, boundaries);
  const unassigned = blame === 'unassigned' ? boundaries.length - 1 : -1;
  const ended = timeline.end !== null;
  const specialist = random.pick(officers.specialists);
  const holders = [random.pick(officers.reception), specialist, random.pick(officers.leaders), random.pick(officers.reception)];
  const steps = boundaries.map((startedAt, index): SampleStep => ({
    officer: index === unassigned ? null : (holders[index] ?? specialist),
    startedAt,
    endedAt: boundaries[index + 1] ?? (ended ? until : null),
    deadline: deadlines[index] ?? null,
    note: NOTES[index] ?? 'Xử lý',
  }));
  return handOver(way, officers, verdict === 'on-time' ? mostlyInTime(way, steps) : steps);
}

/** Starts of up to four steps, the first at the receipt. */
function drawBoundaries({ random, calendar, timeline }: Way, until: Instant): readonly Instant[] {
  const { receivedAt } = timeline;
  const seconds = Math.floor(calendar.workingMillisecondsBetween(receivedAt, until) / 1000);
  const wanted = random.weighted([[1, 1], [2, 2], [4, 3], [2, 4]]);
  if (seconds < wanted * 60) return [receivedAt];
  const shares = [random.between(3, 12), random.between(55, 85), random.between(88, 97)].slice(0, wanted - 1);
  return [receivedAt, ...shares.map((share) => calendar.addWorkingMinutes(receivedAt, Math.ceil((seconds * share) / 100) / 60))];
}

/** A step should be done by its share of the term; one that began late has as much time as it would have had. */
function deadlinesOf({ calendar, timeline }: Way, boundaries: readonly Instant[]): readonly (Instant | null)[] {
  const { dueAt, receivedAt } = timeline;
  if (dueAt === null) return boundaries.map(() => null);
  const seconds = Math.max(0, Math.floor(calendar.workingMillisecondsBetween(receivedAt, dueAt) / 1000));
  const timeFor = (share: number) => Math.ceil(seconds * share) / 60;
  return boundaries.map((startedAt, index) => {
    const isLast = index === boundaries.length - 1;
    const [before, share] = [index === 0 ? 0 : (SHARES[index - 1] ?? 1), isLast ? 1 : (SHARES[index] ?? 1)];
    const planned = isLast ? dueAt : earliest(dueAt, calendar.addWorkingMinutes(receivedAt, timeFor(share)));
    return latest(planned, calendar.addWorkingMinutes(startedAt, timeFor(share - before)));
  });
}

/** On a dossier that is on time most steps are too; now and then one is late all the same. */
function mostlyInTime({ random, calendar, timeline }: Way, steps: readonly SampleStep[]): readonly SampleStep[] {
  const lateOne = random.percent(7) ? random.below(steps.length) : -1;
  return steps.map((step, index) => {
    if (step.deadline === null || step.endedAt === null) return step;
    const own = Math.floor(calendar.workingMillisecondsBetween(step.startedAt, step.endedAt) / 1000);
    if (index === lateOne && own > 120) {
      return { ...step, deadline: calendar.addWorkingMinutes(step.startedAt, Math.floor(own * 0.6) / 60) };
    }
    const deadline = latest(step.deadline, instantOf(step.endedAt + HOUR));
    return { ...step, deadline: timeline.dueAt === null ? deadline : latest(step.deadline, earliest(deadline, timeline.dueAt)) };
  });
}

/** Now and then the work goes from one specialist to another in the middle. */
function handOver({ random, calendar }: Way, officers: UnitOfficers, steps: readonly SampleStep[]): readonly SampleStep[] {
  const [first, work, ...rest] = steps;
  if (first === undefined || work === undefined || work.endedAt === null || work.officer === null || !random.percent(12)) return steps;
  const seconds = Math.floor(calendar.workingMillisecondsBetween(work.startedAt, work.endedAt) / 1000);
  const { name } = work.officer;
  const colleagues = officers.specialists.filter((officer) => officer.name !== name);
  if (seconds < 3600 || colleagues.length === 0) return steps;
  const handedOverAt = calendar.addWorkingMinutes(work.startedAt, Math.floor(seconds / 2) / 60);
  const taken: SampleStep = { ...work, officer: random.pick(colleagues), startedAt: handedOverAt, note: 'Thẩm định (chuyển người xử lý)' };
  return [first, { ...work, endedAt: handedOverAt }, taken, ...rest];
}
