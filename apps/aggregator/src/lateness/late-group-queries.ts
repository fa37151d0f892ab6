import { lateDepartments, lateUnits, type Division, type LateGroup, type LateGroupOptions } from '@index766/dossier-life';
import { ok, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Reference } from '../reference';
import { countsIn } from '../scores';
import type { HeldViews, UnitViews } from './unit-views';

interface Ranking<Who> {
  readonly evaluatedAt: Instant;
  readonly groups: readonly LateGroup<Who>[];
}

/** Divisions and units by lateness, each ranked by its late share if it had enough dossiers (lifecycle.md §5). */
export class LateGroupQueries {
  constructor(private readonly views: UnitViews) {}

  /** The divisions of a unit and of all below it. Refuses UNIT.UNKNOWN. */
  async departments(unit: UnitCode, period: Period, fewestHandled: number, knownBy: Instant | null): Promise<Result<Ranking<Division>>> {
    return this.ranking(unit, period, knownBy, ({ views, evaluatedAt, reference }) =>
      lateDepartments(views, period, evaluatedAt, optionsFor(reference, unit, period, fewestHandled)));
  }

  /** A unit itself and each directly below it with all that is below that. Refuses UNIT.UNKNOWN. */
  async units(unit: UnitCode, period: Period, fewestHandled: number, knownBy: Instant | null): Promise<Result<Ranking<UnitCode>>> {
    return this.ranking(unit, period, knownBy, ({ views, evaluatedAt, reference }) => {
      const tree = reference.treeOn(period.lastDay);
      const unitOf = (holder: UnitCode): UnitCode => {
        const chain = countsIn(tree, holder);
        return chain[chain.indexOf(unit) - 1] ?? unit;
      };
      return lateUnits(views, period, evaluatedAt, { ...optionsFor(reference, unit, period, fewestHandled), unitOf });
    });
  }

  private async ranking<Who>(
    unit: UnitCode, period: Period, knownBy: Instant | null, rank: (held: HeldViews) => readonly LateGroup<Who>[],
  ): Promise<Result<Ranking<Who>>> {
    const held = await this.views.heldBy(unit, period, 'listed', knownBy);
    return held.ok ? ok({ evaluatedAt: held.value.evaluatedAt, groups: rank(held.value) }) : held;
  }
}

function optionsFor(reference: Reference, unit: UnitCode, period: Period, fewestHandled: number): LateGroupOptions {
  return { fewestHandled, calendarOf: (holder) => reference.calendarOf(holder ?? unit, period.lastDay) };
}
