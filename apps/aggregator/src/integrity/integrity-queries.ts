import type { FactFlag } from '@index766/dossier-life';
import { placeOf, type CaseView } from '@index766/index-766';
import { ok, refused, type DossierId, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import type { UnitViews } from '../lateness';
import type { Ledger } from '../ledger';
import { reviewKeyOf, withReviews } from './flag-reviews';
import { countFlags, integrityFlags, type IntegrityFlag } from './integrity-flags';

export interface IntegrityOfUnit {
  readonly unit: UnitCode;
  readonly period: Period;
  readonly evaluatedAt: Instant;
  readonly knownBy: Instant | null;
  readonly flags: readonly IntegrityFlag[];
  readonly counts: ReturnType<typeof countFlags>;
}

/** What integrity rules flag of a unit and all below it, and the changes that a reviewer may look at. */
export class IntegrityQueries {
  constructor(
    private readonly views: UnitViews,
    private readonly ledger: Pick<Ledger<CaseView>, 'findMany'>,
    private readonly decisions: Pick<Decisions, 'findMany'>,
  ) {}

  /** As known at K; null: as known now. The same for the same K. Refuses UNIT.UNKNOWN. */
  async ofUnit(unit: UnitCode, period: Period, knownBy: Instant | null = null): Promise<Result<IntegrityOfUnit>> {
    const held = await this.views.heldBy(unit, period, 'all', knownBy);
    if (!held.ok) return held;
    const { evaluatedAt, views, reference } = held.value;
    const tree = reference.treeOn(period.lastDay);
    const raised = integrityFlags(views, period, evaluatedAt, (holder) => placeOf(tree, holder));
    const reviews = await this.decisions.findMany(raised.flatMap((flag) => reviewKeyOf(flag) ?? []));
    const flags = withReviews(raised, reviews, knownBy);
    return ok({ unit, period, evaluatedAt, knownBy, flags, counts: countFlags(flags) });
  }

  /** The flags of one change and the unit that holds its dossier. Refuses INTEGRITY.NO_SUCH_CHANGE. */
  async changeOf(dossier: DossierId, change: number): Promise<Result<{ readonly unit: UnitCode; readonly flags: readonly FactFlag[] }>> {
    const view = (await this.ledger.findMany([dossier])).get(dossier)?.entry.view.dossier;
    const flags = view?.flags.filter(({ sequence, flag }) => sequence === change && flag !== 'correction-at-week-end') ?? [];
    const unit = view?.holders.at(-1)?.unit;
    return unit === undefined || flags.length === 0
      ? refused('INTEGRITY.NO_SUCH_CHANGE', 'no integrity rule flags a fact of that sequence of the dossier', 'change')
      : ok({ unit, flags });
  }
}
