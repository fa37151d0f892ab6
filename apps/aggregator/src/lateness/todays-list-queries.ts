import { ok, periodContaining, type Instant, type Result, type UnitCode } from '@index766/kernel';

import type { Reference } from '../reference';
import { withMergedOfficers } from './officer-knowledge';
import { todaysList, type TodaysList } from './todays-list';
import type { UnitViews } from './unit-views';

export interface TodaysListOfUnit {
  readonly unit: UnitCode;
  readonly evaluatedAt: Instant;
  readonly list: TodaysList;
}

/** What a unit and all below it have to see to today. */
export class TodaysListQueries {
  constructor(private readonly views: UnitViews, private readonly reference: Reference, private readonly now: () => Instant) {}

  /** Refuses UNIT.UNKNOWN. */
  async ofUnit(unit: UnitCode): Promise<Result<TodaysListOfUnit>> {
    const week = periodContaining('week', this.now());
    const held = await this.views.heldBy(unit, week, 'listed');
    if (!held.ok) return held;
    const { evaluatedAt, views, reference } = held.value;
    const list = todaysList(withMergedOfficers(this.reference, views), evaluatedAt, (holder) => reference.calendarOf(holder ?? unit, week.lastDay));
    return ok({ unit, evaluatedAt, list });
  }
}
