import { compareText, type Instant, type UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { evaluationEnd, type Span } from './evaluation';
import { holderAt, holderBefore } from './holder';
import { belongsTo } from './judge';
import { latenessAt } from './own-time';
import { ranked } from './ranked';
import type { DossierView, Step } from './view';

/** A division of a unit; null: none is stated. */
export interface Division {
  readonly unit: UnitCode | null;
  readonly department: string | null;
}

/** How late a division's or unit's dossiers were. */
export interface LateGroup<Who> {
  /** By late share; null: it handled too few to be ranked. */
  readonly rank: number | null;
  readonly who: Who;
  /** Distinct dossiers that ended late in the period, or are late and open at T. */
  readonly late: number;
  /** Distinct dossiers that it had in the period. */
  readonly handled: number;
  readonly lateShare: number;
  readonly lateMilliseconds: number;
}

export interface LateGroupOptions {
  readonly calendarOf: (unit: UnitCode | null) => WorkingCalendar;
  /** Fewest dossiers with which a group is ranked: a share of few says little. */
  readonly fewestHandled: number;
}

interface Tally<Who> {
  readonly who: Who;
  late: number;
  handled: number;
  lateMilliseconds: number;
}

/**
 * Divisions by lateness: a late dossier belongs to those whose own steps were late, each for their time, whoever the officer
 * was; it was handled by those with a step of theirs in the period (lifecycle.md §5).
 */
export function lateDepartments(
  views: Iterable<DossierView>, period: Span, at: Instant, { calendarOf, fewestHandled }: LateGroupOptions,
): readonly LateGroup<Division>[] {
  const until = evaluationEnd(period, at);
  const tallies = new Tallies<Division>(({ unit, department }) => `${unit ?? ''} ${department ?? ''}`);
  for (const view of views) {
    if (!belongsTo(view, period, until)) continue;
    const divisionOf = ({ from, department }: Pick<Step, 'from' | 'department'>): Division => ({ unit: holderAt(view, from), department });
    tallies.handled(view.steps.filter((step) => step.from < until && (step.to === null || step.to > period.start)).map(divisionOf));
    const lateness = latenessAt(view, period, at, calendarOf(holderBefore(view, until)));
    tallies.late((lateness?.shares ?? []).map((share) => [divisionOf(share), share.lateMilliseconds]));
  }
  return tallies.ranked(fewestHandled);
}

/**
 * Units by lateness: the dossiers of 2.1, each under the unit that it counts for.
 *
 * @param unitOf the unit of the list for the one that holds a dossier at T
 */
export function lateUnits(
  views: Iterable<DossierView>, period: Span, at: Instant,
  { calendarOf, fewestHandled, unitOf }: LateGroupOptions & { readonly unitOf: (holder: UnitCode) => UnitCode },
): readonly LateGroup<UnitCode>[] {
  const until = evaluationEnd(period, at);
  const tallies = new Tallies<UnitCode>((unit) => unit);
  for (const view of views) {
    const holder = holderBefore(view, until);
    if (holder === null || !belongsTo(view, period, until)) continue;
    const unit = unitOf(holder);
    tallies.handled([unit]);
    const lateness = latenessAt(view, period, at, calendarOf(holder));
    if (lateness !== null) tallies.late([[unit, lateness.lateMilliseconds]]);
  }
  return tallies.ranked(fewestHandled);
}

/** Sums by group, a dossier at a time. */
class Tallies<Who> {
  private readonly byKey = new Map<string, Tally<Who>>();

  constructor(private readonly keyOf: (who: Who) => string) {}

  handled(groups: readonly Who[]): void {
    for (const [, who] of new Map(groups.map((each) => [this.keyOf(each), each]))) this.of(who).handled += 1;
  }

  late(shares: readonly (readonly [Who, number])[]): void {
    const seen = new Set<Tally<Who>>();
    for (const [who, lateMilliseconds] of shares) {
      const tally = this.of(who);
      tally.lateMilliseconds += lateMilliseconds;
      if (!seen.has(tally)) tally.late += 1;
      seen.add(tally);
    }
  }

  ranked(fewestHandled: number): readonly LateGroup<Who>[] {
    const all = [...this.byKey.values()];
    const enough = ranked(all.filter(({ handled }) => handled >= fewestHandled), compareShares, (a, b) => this.compareKeys(a, b));
    const few = all.filter(({ handled }) => handled < fewestHandled).sort((a, b) => this.compareKeys(a, b));
    return [...enough.map(({ rank, entry }) => groupOf(rank, entry)), ...few.map((tally) => groupOf(null, tally))];
  }

  private of(who: Who): Tally<Who> {
    const key = this.keyOf(who);
    const known = this.byKey.get(key) ?? { who, late: 0, handled: 0, lateMilliseconds: 0 };
    this.byKey.set(key, known);
    return known;
  }

  private compareKeys(a: Tally<Who>, b: Tally<Who>): number {
    return compareText(this.keyOf(a.who), this.keyOf(b.who));
  }
}

/** Exact: shares are compared as fractions, then the late time for each dossier handled. Who is ranked handled some. */
function compareShares(a: Tally<unknown>, b: Tally<unknown>): number {
  return b.late * a.handled - a.late * b.handled || b.lateMilliseconds * a.handled - a.lateMilliseconds * b.handled;
}

function groupOf<Who>(rank: number | null, { who, late, handled, lateMilliseconds }: Tally<Who>): LateGroup<Who> {
  return { rank, who, late, handled, lateShare: handled === 0 ? 0 : late / handled, lateMilliseconds };
}
