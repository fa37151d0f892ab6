import { countMeasures } from './counted-measures';
import { toDecimalText } from './fraction';
import { codeSets, NO_MEASURES, postalShareOf, type Measures } from './measures';
import { parsePlan } from './parse-plan';
import { planProgress, type PlanFigures } from './plan-progress';
import phuMyOf2024 from './plans/phu-my-2024.json';
import { findPlan, PLANS } from './plans';
import type { UnitCode } from '@index766/kernel';

const UNIT = 'H44.114' as UnitCode;
const pairs = (given: Partial<Measures['pairs']>): Measures => ({ ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, ...given } });
const figures = (measures: Measures = NO_MEASURES, reported: PlanFigures['reported'] = {}, reportedBefore: PlanFigures['reportedBefore'] = {}): PlanFigures =>
  ({ measures: countMeasures(measures), reported, reportedBefore });
/** One target of the plan of 2024 as `value verdict needed`, or why it is missing. */
const progress = (id: string, given: PlanFigures): string => {
  const plan = findPlan(UNIT, 2024);
  const found = plan && planProgress(plan, given).find(({ target }) => target.id === id);
  if (found === undefined) throw new Error(id);
  return found.state === 'missing' ? found.reason : `${toDecimalText(found.value, 4)} ${found.verdict} ${found.stillNeeded ?? '–'}`;
};
const changed = (change: (plan: { targets: Record<string, unknown>[] } & Record<string, unknown>) => void): unknown => {
  const copy: Parameters<typeof change>[0] = structuredClone(phuMyOf2024);
  change(copy);
  return copy;
};

describe('the plans that ship', () => {
  it('are Phú Mỹ’s of 2024 and the same targets for the sample of 2026', () => {
    expect(PLANS.map(({ id, unit, year }) => [id, unit, year])).toEqual([['phu-my-2024', UNIT, 2024], ['example-2026', UNIT, 2026]]);
    expect(findPlan(UNIT, 2026)?.targets).toEqual(findPlan(UNIT, 2024)?.targets);
    expect(findPlan(UNIT, 2025)).toBeUndefined();
  });

  it('have the thresholds of index-766.md §6', () => {
    expect(findPlan(UNIT, 2024)?.targets.map(({ id, threshold, comparison }) => `${id} ${comparison} ${toDecimalText(threshold, 2)}`)).toEqual([
      'II.1a at-least 0.85', 'II.1b at-least 0.30', 'II.2 at-least 0.60', 'II.5a at-least 0.60', 'II.5b at-least 0.55', 'II.6 at-least 1.00',
      'II.7 at-least 0.80', 'II.8 at-least 1.00', 'II.9a above 1.00', 'II.9b above 1.00',
    ]);
  });

  it.each<[string, string, unknown]>([
    ['with an unknown measure', 'targets[0].measure', changed((plan) => { plan.targets[0] = { ...plan.targets[0], measure: 'visitors' }; })],
    ['with a threshold of 0', 'targets[0].threshold', changed((plan) => { plan.targets[0] = { ...plan.targets[0], threshold: '0' }; })],
    ['with a target twice', 'targets', changed((plan) => { plan.targets[1] = plan.targets[0] ?? {}; })],
    ['without a unit', 'unit', changed((plan) => { plan['unit'] = '?'; })],
    ['without targets', 'targets', changed((plan) => { plan.targets = []; })],
  ])('could not be one %s', (_, path, raw) => {
    expect(parsePlan(raw)).toMatchObject({ ok: false, error: { code: 'PLAN.INVALID', path } });
  });
});

describe('a target', () => {
  it.each([
    [80, 100, '0.8000 met 0'], [79, 100, '0.7900 at-risk 1'], [72, 100, '0.7200 at-risk 8'], [71, 100, '0.7100 missed 9'], [1, 3, '0.3333 missed 2'], [0, 0, 'empty-denominator'],
  ])('of 80 %% with %i of %i is %s', (numerator, denominator, expected) => {
    expect(progress('II.7', figures(pairs({ 'received-online': { numerator, denominator } })))).toBe(expected);
  });

  it('of fees counts procedures that can be paid online, and their payments', () => {
    const sets = codeSets({ 'fee-procedures': ['A', 'B', 'C'], 'fee-payable-online': ['A', 'B'] });
    const paymentsByProcedure = { A: { numerator: 1, denominator: 2 }, B: { numerator: 0, denominator: 4 }, C: { numerator: 9, denominator: 9 } };
    const given = figures({ ...NO_MEASURES, sets, paymentsByProcedure });
    expect([progress('II.1a', given), progress('II.1b', given)]).toEqual(['0.6667 missed 1', '0.1667 missed 1']);
  });

  it('of services counts eligible procedures that are provided fully online', () => {
    expect(progress('II.6', figures({ ...NO_MEASURES, sets: codeSets({ 'eligible-for-full': ['A', 'B'], 'provided-in-full': ['B', 'C'] }) }))).toBe('0.5000 missed 1');
  });

  it('of results counts dossiers that were digitised, signed and archived', () => {
    expect(progress('II.8', figures(pairs({ 'resolved-in-full': { numerator: 9, denominator: 10 } })))).toBe('0.9000 at-risk 1');
  });

  it.each([
    ['II.2', { 'work-files-online': 6, 'work-files': 10 }, '0.6000 met 0'], ['II.2', { 'work-files': 10 }, 'not-reported'],
    ['II.5a', { 'valid-results-digitised': 59, 'valid-results': 100 }, '0.5900 at-risk 1'],
    ['II.5b', { 'commune-valid-results-digitised': 55, 'commune-valid-results': 100 }, '0.5500 met 0'], ['II.5b', {}, 'not-reported'],
  ])('%s takes the reported figures %j', (id, reported, expected) => {
    expect(progress(id, figures(NO_MEASURES, reported))).toBe(expected);
  });

  it.each([
    ['II.9a', { 'par-index': '88.1500' }, { 'par-index': '88.1499' }, '1.0000 met –'], ['II.9a', { 'par-index': '88.15' }, { 'par-index': '88.1500' }, '1.0000 at-risk –'],
    ['II.9b', { sipas: '70' }, { sipas: '90' }, '0.7778 missed –'], ['II.9b', { sipas: '70' }, {}, 'not-reported'], ['II.9b', { sipas: '70' }, { sipas: '0' }, 'empty-denominator'],
  ])('%s compares %j with %j of the year before', (id, reported, before, expected) => {
    expect(progress(id, figures(NO_MEASURES, reported, before))).toBe(expected);
  });
});

describe('the postal share', () => {
  it('is what was received by post, of what was received', () => {
    expect(postalShareOf({ counts: { ...NO_MEASURES.counts, received: 9, 'received-postal': 2 } })).toEqual({ numerator: 2, denominator: 9 });
  });
});
