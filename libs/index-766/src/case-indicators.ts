import type { CaseStanding } from './case-standing';
import type { CaseMeasureName } from './measures';

/** Why a case that is in a denominator is not in the numerator. */
export type CaseFlaw =
  | 'not-pushed' | 'late' | 'undetermined' | 'not-online' | 'not-paid-online' | 'dissatisfied' | 'no-electronic-result'
  | 'not-digitised' | 'not-reused' | 'personal-store-not-used' | 'no-population-data' | 'not-signed-and-archived';

/** How one measure counts cases: the same table makes the numbers and the lists behind them. */
export interface CaseIndicator {
  /** Whose case it is: the unit that received it in the period, or the one that holds it at T. */
  readonly of: 'receiver' | 'holder';
  /** In the denominator. */
  readonly counts: (standing: CaseStanding) => boolean;
  /** What keeps a case of the denominator out of the numerator, each taking one off it; none: it is in. */
  readonly flaws: (standing: CaseStanding) => readonly CaseFlaw[];
}

/** `processing-time` sums working time; it has no list. */
export type CountedCaseMeasure = Exclude<CaseMeasureName, 'processing-time'>;

/** The indicators that count cases (index-766.md §4) and plan target II.8 (§6). */
export const CASE_INDICATORS: Readonly<Record<CountedCaseMeasure, CaseIndicator>> = {
  'dossiers-synchronised': { of: 'receiver', counts: received, flaws: ({ pushed }) => flawUnless(pushed, 'not-pushed') },
  'received-online': { of: 'receiver', counts: received, flaws: ({ online }) => flawUnless(online, 'not-online') },
  'on-time': { of: 'holder', counts: inHand, flaws: notOnTime },
  'dossiers-paid-online': {
    of: 'holder',
    counts: ({ judgement, money }) => judgement.belongs && money.hasFinancialObligation,
    flaws: ({ money }) => flawUnless(money.onlinePaid, 'not-paid-online'),
  },
  // A dossier that is both counts twice.
  'dossiers-satisfied': {
    of: 'holder', counts: inHand, flaws: (standing) => [...notOnTime(standing), ...flawUnless(!standing.dissatisfied, 'dissatisfied')],
  },
  'electronic-results': { of: 'holder', counts: inHand, flaws: ({ hasResult }) => flawUnless(hasResult, 'no-electronic-result') },
  'dossiers-digitised': {
    of: 'holder', counts: inHand,
    flaws: ({ papers, hasResult }) => (papers.digitised ? flawUnless(hasResult, 'no-electronic-result') : NOT_DIGITISED),
  },
  'components-reused': { of: 'holder', counts: inHand, flaws: ({ papers }) => flawUnless(papers.reused, 'not-reused') },
  'personal-store-used': {
    of: 'holder', counts: inHand, flaws: ({ papers }) => flawUnless(papers.personalStore, 'personal-store-not-used'),
  },
  'population-data-used': {
    of: 'holder', counts: inHand, flaws: ({ papers }) => flawUnless(papers.populationData, 'no-population-data'),
  },
  'resolved-in-full': {
    of: 'holder',
    counts: ({ resolved }) => resolved,
    flaws: ({ papers }) => flawUnless(papers.signedAndArchived, 'not-signed-and-archived'),
  },
};

export const COUNTED_CASE_MEASURES = Object.keys(CASE_INDICATORS) as readonly CountedCaseMeasure[];

const NONE: readonly CaseFlaw[] = [];
const NOT_DIGITISED: readonly CaseFlaw[] = ['not-digitised'];

function received({ judgement }: CaseStanding): boolean {
  return judgement.receivedInPeriod;
}

function inHand({ judgement }: CaseStanding): boolean {
  return judgement.belongs;
}

/** An ended dossier without due date and term is neither late nor in the numerator (lifecycle.md §4). */
function notOnTime({ judgement }: CaseStanding): readonly CaseFlaw[] {
  if (judgement.onTime) return NONE;
  return [judgement.undetermined ? 'undetermined' : 'late'];
}

function flawUnless(holds: boolean, flaw: CaseFlaw): readonly CaseFlaw[] {
  return holds ? NONE : [flaw];
}
