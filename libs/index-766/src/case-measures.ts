import { flowsOf, processingMilliseconds, type Flows, type Judgement, type Span } from '@index766/dossier-life';
import type { Instant, UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';
import { CASE_INDICATORS, COUNTED_CASE_MEASURES } from './case-indicators';
import { caseStanding, type CaseStanding, type HasResultDocument } from './case-standing';
import type { CaseView } from './case-view';
import { codesOf } from './code-order';
import {
  byProcedureOf, CASE_SETS, codeSets, NO_MEASURES, SUM_MEASURES, type CaseSetName, type CountName, type Measures, type Pair,
} from './measures';
import { recordOf } from './record-of';

const MILLISECONDS_PER_SECOND = 1000;

/** What holds for a unit at T and is not said by its cases. */
export interface CaseContext {
  readonly calendar: WorkingCalendar;
  readonly hasResultDocument: HasResultDocument;
}

type MutablePair = { -readonly [Part in keyof Pair]: Pair[Part] };

/**
 * What a unit's cases say of a period at T: every sum and every set of procedures that its indicators are made of
 * (index-766.md §4), how dossiers flowed, what became of them (lifecycle.md §4). At T a case counts for the unit that
 * holds it; "received" counts for the unit that received it.
 *
 * @param views every case that the unit holds or ever held, each once; others change nothing.
 * @param at T: the period's end, or as-of while it runs.
 */
export function caseMeasures(
  views: Iterable<CaseView>, unit: UnitCode, period: Span, at: Instant, { calendar, hasResultDocument }: CaseContext,
): Measures {
  const touched = [...views].filter(({ dossier }) => dossier.holders.some((holder) => holder.unit === unit));
  const tally = new CaseTally(unit);
  for (const view of touched) {
    const standing = caseStanding(view, period, at, hasResultDocument);
    tally.count(standing);
    if (standing.resolved && standing.holder === unit) tally.addProcessing(standing, processingSeconds(view, calendar));
  }
  const flows = flowsOf(touched.map(({ dossier }) => dossier), period, at).get(unit);
  return tally.measures(flowCounts(flows));
}

/** Adds up one unit's cases, each looked at once. */
class CaseTally {
  private readonly pairs: Record<string, MutablePair> = recordOf(SUM_MEASURES, () => ({ numerator: 0, denominator: 0 }));
  private readonly sets = recordOf(CASE_SETS, () => new Set<string>());
  private readonly counts: Record<CountName, number> = { ...NO_MEASURES.counts };
  private readonly processing = new Map<string, MutablePair>();
  private readonly payments = new Map<string, MutablePair>();

  constructor(private readonly unit: UnitCode) {}

  count(standing: CaseStanding): void {
    for (const name of COUNTED_CASE_MEASURES) {
      const { of, counts, flaws } = CASE_INDICATORS[name];
      if (standing[of] === this.unit && counts(standing)) addTo(this.pairs, name, 1 - flaws(standing).length, 1);
    }
    if (standing.receiver === this.unit && standing.online) this.note('received-online', standing);
    if (standing.holder === this.unit) this.countHeld(standing);
  }

  addProcessing({ procedure }: CaseStanding, seconds: number): void {
    addTo(this.pairs, 'processing-time', seconds, 1);
    if (procedure !== null) addToMap(this.processing, procedure, seconds, 1);
  }

  measures(flows: Partial<Record<CountName, number>>): Measures {
    return {
      pairs: this.pairs as Measures['pairs'],
      sets: codeSets(recordOf(CASE_SETS, (name) => codesOf(this.sets[name]))),
      counts: { ...this.counts, ...flows },
      processingTimeByProcedure: byProcedureOf(this.processing),
      paymentsByProcedure: byProcedureOf(this.payments),
    };
  }

  private countHeld(standing: CaseStanding): void {
    const { judgement, procedure, payments } = standing;
    // A payment counts in the period that it was made in, also on a dossier that ended before it.
    if (payments.online > 0) this.note('paid-online', standing);
    if (procedure !== null && payments.all > 0) addToMap(this.payments, procedure, payments.online, payments.all);
    if (!judgement.belongs) return;
    this.counts[outcomeOf(judgement)] += 1;
    if (standing.carriesFee) this.note('fee-carried', standing);
    if (standing.papers.populationData) this.note('population-data-used', standing);
  }

  private note(name: CaseSetName, { procedure }: CaseStanding): void {
    if (procedure !== null) this.sets[name].add(procedure);
  }
}

function addTo(pairs: Record<string, MutablePair>, name: string, numerator: number, denominator: number): void {
  const pair = pairs[name];
  if (pair === undefined) return;
  pair.numerator += numerator;
  pair.denominator += denominator;
}

function addToMap(pairs: Map<string, MutablePair>, key: string, numerator: number, denominator: number): void {
  const pair = pairs.get(key);
  if (pair === undefined) pairs.set(key, { numerator, denominator });
  else {
    pair.numerator += numerator;
    pair.denominator += denominator;
  }
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

function processingSeconds({ dossier }: CaseView, calendar: WorkingCalendar): number {
  return Math.round((processingMilliseconds(dossier, calendar) ?? 0) / MILLISECONDS_PER_SECOND);
}
