import { portalFiguresKey } from '@index766/contracts-aggregator';
import { ok, refused, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import type { ScoreQueries, UnitFigures } from '../scores';
import { portalFiguresKnown, portalVersions, type PortalVersion } from './portal-figures';
import { reconcile, type ReconciledScore } from './reconcile';

export interface UnitReconciliation {
  readonly figures: UnitFigures;
  readonly portal: PortalVersion;
  readonly reconciled: ReconciledScore;
}

export interface ReconciliationList {
  readonly reconciled: readonly UnitReconciliation[];
  /** Units of which nothing was imported. */
  readonly withoutImport: readonly UnitFigures[];
}

/** Our figures beside those that were imported. */
export class ReconciliationQueries {
  constructor(private readonly decisions: Decisions, private readonly scores: ScoreQueries) {}

  /** `knownBy`: both as known at K. Refuses UNIT.UNKNOWN, DEFINITION.NONE, PORTAL_FIGURES.NONE. */
  async ofUnit(unit: UnitCode, period: Period, knownBy: Instant | null): Promise<Result<UnitReconciliation>> {
    const figures = await this.scores.ofUnit(unit, period, knownBy);
    if (!figures.ok) return figures;
    const { reconciled: [found] } = await this.reconciled([figures.value], period, knownBy);
    return found === undefined ? noImport() : ok(found);
  }

  /** A unit and those directly below it. Refuses UNIT.UNKNOWN, DEFINITION.NONE. */
  async ofChildren(parent: UnitCode, period: Period, knownBy: Instant | null): Promise<Result<ReconciliationList>> {
    const figures = await this.scores.ofChildren(parent, period, knownBy);
    return figures.ok ? ok(await this.reconciled(figures.value, period, knownBy)) : figures;
  }

  /** Every import, in its order. Refuses PORTAL_FIGURES.NONE. */
  async importsOf(unit: UnitCode, period: Period): Promise<Result<readonly PortalVersion[]>> {
    const key = portalFiguresKey({ unit, period: period.name });
    const versions = portalVersions((await this.decisions.findMany([key])).get(key) ?? []);
    return versions.length === 0 ? noImport() : ok(versions);
  }

  private async reconciled(units: readonly UnitFigures[], period: Period, knownBy: Instant | null): Promise<ReconciliationList> {
    const keyOf = ({ unit }: UnitFigures) => portalFiguresKey({ unit: unit.code, period: period.name });
    const histories = await this.decisions.findMany(units.map(keyOf));
    const found = units.map((figures) => ({ figures, portal: portalFiguresKnown(histories.get(keyOf(figures)) ?? [], knownBy) }));
    return {
      reconciled: found.flatMap(({ figures, portal }) =>
        (portal === undefined ? [] : [{ figures, portal, reconciled: reconcile(figures, portal.figures) }])),
      withoutImport: found.flatMap(({ figures, portal }) => (portal === undefined ? [figures] : [])),
    };
  }
}

function noImport(): Result<never> {
  return refused('PORTAL_FIGURES.NONE', 'no figures of the portal were imported for this unit and period', 'unit');
}
