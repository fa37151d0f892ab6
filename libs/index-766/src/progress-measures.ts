import {
  flowsOf, holderIn, judgeAt, processingMilliseconds, type DossierView, type Flows, type Judgement, type Span,
} from '@index766/dossier-life';
import { compareText, type Instant, type UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { COUNTS, addPairs, type CountName, type Measures, type Pair } from './measures';

const MILLISECONDS_PER_SECOND = 1_000;
const NOTHING: Pair = { numerator: 0, denominator: 0 };

/**
 * The measures of the progress group (2.1, 2.2) and the counts behind them, of one unit itself in a period at T.
 *
 * @param views of the dossiers that the unit holds or held; each at most once, in any order. Others change nothing.
 * @param at T: the period's end, or as-of while it runs.
 * @param calendar of the unit: turns instants into working time.
 */
export function progressMeasures(
  views: Iterable<DossierView>, unit: UnitCode, period: Span, at: Instant, calendar: WorkingCalendar,
): Measures {
  const all = [...views];
  const counts = { ...zeroCounts(), ...flowCounts(flowsOf(all, period, at).get(unit)) };
  let onTime = NOTHING;
  const times = new Map<string, Pair>();
  for (const view of all) {
    const judgement = judgeAt(view, period, at);
    // At T a dossier belongs to the unit that holds it at T (index-766.md §2).
    if (!judgement.belongs || holderIn(view, period, at) !== unit) continue;
    onTime = addPairs(onTime, { numerator: judgement.onTime ? 1 : 0, denominator: 1 });
    for (const outcome of outcomesOf(judgement)) counts[outcome] += 1;
    const milliseconds = judgement.endedInPeriod ? processingMilliseconds(view, calendar) : null;
    if (milliseconds === null) continue;
    const seconds = Math.round(milliseconds / MILLISECONDS_PER_SECOND);
    const procedure = view.procedure ?? '';
    times.set(procedure, addPairs(times.get(procedure) ?? NOTHING, { numerator: seconds, denominator: 1 }));
  }
  return {
    pairs: { 'on-time': onTime, 'processing-time': [...times.values()].reduce(addPairs, NOTHING) },
    counts,
    processingTimeByProcedure: Object.fromEntries([...times].sort(([a], [b]) => compareText(a, b))),
  };
}

function outcomesOf({ state, onTime, late, undetermined }: Judgement): readonly CountName[] {
  // An undetermined dossier is neither on time nor late; it is a defect of the data and counted as one.
  if (undetermined) return ['undetermined'];
  switch (state) {
    case 'ended':
      return [late ? 'ended-late' : 'ended-on-time'];
    case 'waiting':
      return [late ? 'waiting-late' : 'waiting-on-time'];
    case 'open':
      return [onTime ? 'open-within-term' : 'open-overdue'];
    case 'not-counted':
      return [];
  }
}

function flowCounts(flows: Flows | undefined): Partial<Record<CountName, number>> {
  if (flows === undefined) return {};
  return {
    'in-hand-at-start': flows.inHandAtStart,
    received: flows.received,
    'received-online': flows.receivedBy.online,
    'received-in-person': flows.receivedBy['in-person'],
    'received-postal': flows.receivedBy.postal,
    'transferred-in': flows.transferredIn,
    'transferred-out': flows.transferredOut,
    ended: flows.ended,
    'in-hand-at-end': flows.inHandAtEnd,
  };
}

function zeroCounts(): Record<CountName, number> {
  return Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<CountName, number>;
}
