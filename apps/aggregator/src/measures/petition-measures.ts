import { petitionMeasures } from '@index766/index-766';
import { localDayOf } from '@index766/kernel';
import { petitionWakeAt } from '@index766/petition-life';

import { PETITIONS, type KnownPetition } from '../ledger';
import type { Reference } from '../reference';
import type { MeasureUnit, PrepareViews } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';

/** The deadlines of a petition run by the calendar that holds today. */
export function measuredPetitionsBy(reference: Reference): MeasuredSubject<KnownPetition> {
  return {
    idOf: PETITIONS.idOf,
    unitsOf: PETITIONS.unitsOf,
    wakeAt: (view, at) => petitionWakeAt(view, at, (unit) => reference.calendarOf(unit, localDayOf(at))),
  };
}

/** Measures by the calendars that hold for the units of a petition on the period's last day. */
export function measurePetitionsBy(reference: Reference): MeasureUnit<KnownPetition> {
  return (views, unit, period, evaluatedAt) =>
    petitionMeasures(views, unit, period, evaluatedAt, (holder) => reference.calendarOf(holder, period.lastDay));
}

export function preparePetitionsBy(reference: Reference): PrepareViews<KnownPetition> {
  const measureUnit = measurePetitionsBy(reference);
  return (views) => {
    const petitions = [...views];
    return (unit, period, evaluatedAt) => measureUnit(petitions, unit, period, evaluatedAt);
  };
}
