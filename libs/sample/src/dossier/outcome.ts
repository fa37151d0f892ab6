import { instantOf, type Instant } from '@index766/kernel';
import type { SampleProcedure } from './procedures';
import { officeInstant, type Receipt, type Scene } from './scene';
import type { SampleEnd, SampleSupplement, Timeline } from './timeline';

/** Draws one way in which a dossier can go; null where it does not fit into the scene this time. */
export type DrawOutcome = (scene: Scene) => Timeline | null;

const TWO_DAYS = 2 * 86_400_000;

/** A dossier's usual life: no supplement, no fee asked for. */
export function timelineOf(outcome: string, receipt: Receipt, end: SampleEnd | null, rest: Partial<Timeline> = {}): Timeline {
  const { procedure, receivedAt, statedDueAt, dueAt } = receipt;
  return { outcome, procedure, receivedAt, statedDueAt, dueAt, supplements: [], end, feeAsked: false, ...rest };
}

/** A dossier with neither a term nor a due date (lifecycle.md §4). */
export function undeterminedTimeline(outcome: string, scene: Scene, receivedAt: Instant, end: SampleEnd | null): Timeline {
  return {
    outcome, procedure: scene.withoutTerm, receivedAt, statedDueAt: null, dueAt: null, supplements: [], end, feeAsked: false,
  };
}

export function supplementOf(
  number: number, requestedAt: Instant, completedAt: Instant | null, newDueAt: Instant | null = null,
): SampleSupplement {
  return { id: `BS-${number}`, requestedAt, completedAt, newDueAt };
}

/** Now and then an instant in the first two days after the period: what was open at its end goes on. */
export function afterPeriod(scene: Scene): Instant | null {
  if (!scene.random.percent(15)) return null;
  return officeInstant(scene, scene.period.end, instantOf(scene.period.end + TWO_DAYS));
}

/** An end after the period: at the period's end the dossier was open all the same. */
export function endAfterPeriod(scene: Scene): SampleEnd | null {
  const at = afterPeriod(scene);
  return at === null ? null : { status: 9, at };
}

/** Supplements are asked for where there are days to answer. */
export function hasDays({ term }: SampleProcedure): boolean {
  return term !== null && term.kind !== 'working-hours' && !(term.kind === 'working-days' && term.amount < 3);
}
