import {
  flowsOf, holderIn, judgeAt, processingMilliseconds, type DossierView, type Flows, type Judgement, type Span,
} from '@index766/dossier-life';
import { compareText, type Instant, type UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';
import { NO_MEASURES, type CountName, type Measures, type Pair } from './measures';

const MILLISECONDS_PER_SECOND = 1000;

/**
 * What a unit's dossiers say about its progress in a period at T: 2.1, 2.2 (in all and per procedure), how dossiers
 * flowed, what became of them (index-766.md §4, lifecycle.md §4). At T a dossier counts for the unit that holds it;
 * "received" counts for the unit that received it.
 *
 * @param views every dossier that the unit holds or ever held, each once; others change nothing.
 * @param at T: the period's end, or as-of while it runs.
 * @param calendar the unit's.
 */
export function progressMeasures(
  views: Iterable<DossierView>, unit: UnitCode, period: Span, at: Instant, calendar: WorkingCalendar,
): Measures {
  const touched = [...views].filter(({ holders }) => holders.some((holder) => holder.unit === unit));
  const onTime = { numerator: 0, denominator: 0 };
  const processing = { numerator: 0, denominator: 0 };
  const byProcedure = new Map<string, { numerator: number; denominator: number }>();
  const counts: Record<CountName, number> = { ...NO_MEASURES.counts, ...flowCounts(flowsOf(touched, period, at).get(unit)) };
  for (const view of touched) {
    if (holderIn(view, period, at) !== unit) continue;
    const judgement = judgeAt(view, period, at);
    if (!judgement.belongs) continue;
    onTime.denominator += 1;
    if (judgement.onTime) onTime.numerator += 1;
    counts[outcomeOf(judgement)] += 1;
    const seconds = judgement.endedInPeriod ? processingSeconds(view, calendar) : null;
    if (seconds === null) continue;
    addTo(processing, seconds);
    if (view.procedure === null) continue;
    const ofProcedure = byProcedure.get(view.procedure) ?? { numerator: 0, denominator: 0 };
    byProcedure.set(view.procedure, ofProcedure);
    addTo(ofProcedure, seconds);
  }
  return {
    pairs: { 'on-time': onTime, 'processing-time': processing },
    counts,
    processingTimeByProcedure: Object.fromEntries([...byProcedure].sort(([a], [b]) => compareText(a, b))),
  };
}

function outcomeOf({ state, onTime, undetermined }: Judgement): CountName {
  if (undetermined) return state === 'ended' ? 'undetermined-ended' : 'undetermined-open';
  switch (state) {
    case 'ended':
      return onTime ? 'ended-on-time' : 'ended-late';
    case 'waiting':
      return onTime ? 'waiting-on-time' : 'waiting-late';
    default:
      return onTime ? 'open-within-term' : 'open-overdue';
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

/** Whole seconds of a dossier's processing; null for one that was withdrawn, stopped or is open. */
function processingSeconds(view: DossierView, calendar: WorkingCalendar): number | null {
  const milliseconds = processingMilliseconds(view, calendar);
  return milliseconds === null ? null : Math.round(milliseconds / MILLISECONDS_PER_SECOND);
}

function addTo(pair: { -readonly [Part in keyof Pair]: Pair[Part] }, seconds: number): void {
  pair.numerator += seconds;
  pair.denominator += 1;
}
