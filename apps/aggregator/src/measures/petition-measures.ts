import { firstSince, NO_MEASURES, petitionMeasures } from '@index766/index-766';
import { localDayOf } from '@index766/kernel';
import { petitionWakeAt } from '@index766/petition-life';

import { PETITIONS, type KnownPetition } from '../ledger';
import type { Reference } from '../reference';
import type { MeasureUnit, MeasureViews } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';

/** The deadlines of a petition run by the calendar that holds today. */
export function measuredPetitionsBy(reference: Reference): MeasuredSubject<KnownPetition> {
  return {
    idOf: PETITIONS.idOf,
    unitsOf: PETITIONS.unitsOf,
    isOver: ({ answeredAt, refusedAt }) => answeredAt !== null || refusedAt !== null,
    wakeAt: (view, at) => petitionWakeAt(view, at, (unit) => reference.calendarOf(unit, localDayOf(at))),
  };
}

/** Measures by the calendars that hold for the units of a petition on the period's last day. */
export function measurePetitionsBy(reference: Reference): MeasureUnit<KnownPetition> {
  return (views, unit, period, evaluatedAt) =>
    petitionMeasures(views, unit, period, evaluatedAt, (holder) => reference.calendarOf(holder, period.lastDay));
}

/** In the order of their receipt. */
interface ReceivedPetitions {
  readonly petitions: readonly KnownPetition[];
  readonly receipts: Float64Array;
}

/** Only those of a period are looked at for it, however many there are besides. */
export function measureReceivedBy(reference: Reference): MeasureViews<KnownPetition, ReceivedPetitions, readonly ReceivedPetitions[]> {
  const measureUnit = measurePetitionsBy(reference);
  return {
    ready: (views) => {
      const petitions = [...views].sort((a, b) => receiptOf(a) - receiptOf(b));
      return { petitions, receipts: Float64Array.from(petitions, receiptOf) };
    },
    join: (pieces) => pieces,
    measures: (pieces, unit, period, evaluatedAt) => {
      const received = pieces.flatMap(({ petitions, receipts }) => petitions.slice(firstSince(receipts, period.start), firstSince(receipts, period.end)));
      return received.length === 0 ? NO_MEASURES : measureUnit(received, unit, period, evaluatedAt);
    },
  };
}

/** Of one that was not received (yet), which counts in no period: after all others. */
function receiptOf({ receivedAt }: KnownPetition): number {
  return receivedAt ?? Number.POSITIVE_INFINITY;
}
