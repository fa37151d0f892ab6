import type { PortalFiguresImported } from '@index766/contracts-aggregator';
import {
  NO_MEASURES, codeSets, countMeasures, getDefinition, indicatorsOf, points, roundHalfUp, scoreOf, subtract, toDecimalText, type CountedMeasures,
  type Measures, type SumMeasureName,
} from '@index766/index-766';
import fc from 'fast-check';

import type { Explanation } from './explanation';
import { explanationText } from './explanation-texts';
import type { PortalFigure } from './portal-figures';
import { reconcile, type Reconciled, type ReconciledScore } from './reconcile';

const DEFINITION = getDefinition('qd766-2026');
const RUNS = { seed: 766, numRuns: 300 };
const DOSSIERS = 100;
const DOSSIER_MEASURES: readonly SumMeasureName[] = [
  'on-time', 'electronic-results', 'dossiers-digitised', 'components-reused', 'personal-store-used', 'population-data-used', 'dossiers-satisfied',
];
const OVER_DOSSIERS = new Set(['2.1', '4.1', '4.2', '4.3', '4.4', '4.5b', '5.4']);
const SUMS = indicatorsOf(DEFINITION).filter(({ kind, combination }) => kind === 'scored' && combination === 'sum');

/** A commune with a hundred dossiers, 80 of them well in every respect; `changes` of single pairs. */
function measured(changes: Partial<Measures['pairs']> = {}, sets: Partial<Measures['sets']> = {}): CountedMeasures {
  const pairs = Object.fromEntries(DOSSIER_MEASURES.map((name) => [name, { numerator: 80, denominator: DOSSIERS }])) as Partial<Measures['pairs']>;
  return countMeasures({ ...NO_MEASURES, sets: codeSets(sets), pairs: { ...NO_MEASURES.pairs, ...pairs, ...changes } });
}

function reconciled(measures: CountedMeasures, figures: readonly PortalFigure[], changes: Partial<PortalFiguresImported> = {}): ReconciledScore {
  const portal: PortalFiguresImported = {
    unit: 'H44.1', period: '2026-10', definition: DEFINITION.id, source: { document: '318/BC', readAt: '2026-11-03T02:00:00.000Z' },
    importedBy: 'specs', figures: [...figures], groups: [], ...changes,
  };
  return reconcile({ definition: DEFINITION, measures, score: scoreOf(DEFINITION, measures, 'COMMUNE') }, portal);
}

function of({ indicators, groups, total }: ReconciledScore, id: string): Reconciled {
  const found = [...indicators, ...groups, total].find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

const codesOf = ({ explanations }: Reconciled): readonly string[] => explanations.map(({ code }) => code);

/** What the portal would print of these counts. */
function printed(id: string, numerator: number, denominator: number): PortalFigure {
  const indicator = indicatorsOf(DEFINITION).find((each) => each.id === id);
  const exact = indicator?.kind === 'scored' ? points(indicator.max, numerator, denominator, indicator.target, indicator.whenEmpty) : null;
  return { indicator: id, numerator, denominator, ...(exact === null ? {} : { points: toDecimalText(exact, 2) }) };
}

describe('a group without any figure here', () => {
  it.each([
    ['0.00', 'agrees', ['AGREES']], ['5.00', 'differs', ['NOT_MEASURED']],
  ])('beside %s of the portal, which prints 0 as the sum of nothing', (text, verdict, codes) => {
    const found = of(reconciled(measured(), [], { groups: [{ group: 'CKMB', points: text }] }), 'CKMB');
    expect([found.ours, found.gap.points, found.verdict, codesOf(found)]).toEqual([
      { numerator: null, denominator: null, points: null, reason: 'no-figures' }, null, verdict, codes,
    ]);
  });
});

describe('an indicator beside its published figure', () => {
  it.each<[string, string, PortalFigure, string, readonly string[]]>([
    ['the same', '2.1', printed('2.1', 80, 100), 'agrees', ['AGREES']],
    ['the same counts, without points', '2.1', { indicator: '2.1', numerator: 80, denominator: 100 }, 'agrees', ['AGREES']],
    ['points cut off instead of rounded', '3.3', { indicator: '3.3', numerator: 7, denominator: 45, points: '1.86' }, 'differs', ['POINTS_DO_NOT_FOLLOW']],
    ['points within the tolerance', '3.3', { indicator: '3.3', numerator: 7, denominator: 45, points: '1.87' }, 'agrees', ['AGREES']],
    ['points that are shown otherwise, within the tolerance', '2.1', { indicator: '2.1', numerator: 80, denominator: 100, points: '16.005' }, 'agrees', ['ROUNDING']],
    ['points that do not follow from its counts', '2.1', { indicator: '2.1', numerator: 80, denominator: 100, points: '18' }, 'differs', ['POINTS_DO_NOT_FOLLOW']],
    ['points alone', '2.1', { indicator: '2.1', points: '18' }, 'differs', ['POINTS_ALONE']],
    ['more dossiers', '2.1', printed('2.1', 83, 104), 'differs', ['MISSING_DOSSIERS']],
    ['fewer dossiers', '2.1', printed('2.1', 79, 98), 'differs', ['ADDITIONAL_DOSSIERS']],
    ['more dossiers, and more on time than these', '2.1', printed('2.1', 90, 104), 'differs', ['MISSING_DOSSIERS', 'OTHER_DEFINITION']],
    ['more dossiers, and fewer on time', '2.1', printed('2.1', 79, 104), 'differs', ['MISSING_DOSSIERS', 'OTHER_DEFINITION']],
    ['other numerators of the same dossiers', '2.1', printed('2.1', 70, 100), 'differs', ['OTHER_DEFINITION']],
    ['more petitions', '5.2', printed('5.2', 2, 3), 'differs', ['OTHER_POPULATION']],
    ['more procedures with fees', '3.5a', printed('3.5a', 1, 4), 'differs', ['OTHER_POPULATION']],
    ['what nobody supplies here', '1.1', printed('1.1', 3, 4), 'differs', ['NOT_MEASURED']],
    ['nothing of what nobody supplies', '1.1', { indicator: '1.1', numerator: 0, denominator: 0 }, 'agrees', ['AGREES']],
    ['points where nothing fell due here', '1.4', { indicator: '1.4', numerator: 0, denominator: 0, points: '6' }, 'differs', ['NOT_MEASURED', 'POINTS_DO_NOT_FOLLOW']],
    ['an empty row', '2.1', { indicator: '2.1' }, 'not-compared', ['NOT_MEASURED']],
    ['a time', '2.2', { indicator: '2.2', numerator: 900, denominator: 12 }, 'not-compared', ['NOT_MEASURED']],
  ])('%s', (_, id, figure, verdict, codes) => {
    const found = of(reconciled(measured({ 'received-online': { numerator: 7, denominator: 45 } }), [figure]), id);
    expect([found.verdict, codesOf(found)]).toEqual([verdict, codes]);
  });

  it('says which others over the dossiers of 2.1 lack as many', () => {
    const found = reconciled(measured(), [printed('2.1', 83, 104), printed('4.1', 80, 104), printed('4.3', 80, 104), printed('4.4', 80, 104)]);
    expect(of(found, '2.1').explanations).toEqual([{ code: 'MISSING_DOSSIERS', by: 4, also: ['4.1', '4.3', '4.4'] }]);
    expect(of(found, '3.3').explanations).toEqual([{ code: 'NOT_MEASURED', side: 'portal', reason: 'no-row', indicators: [] }]);
  });

  it('takes a denominator that is none of the definition for another definition, not for missing dossiers', () => {
    const found = reconciled(measured(), [printed('2.1', 80, 100), printed('4.1', 80, 110)]);
    expect(of(found, '4.1').explanations).toEqual([{ code: 'OTHER_DEFINITION', numeratorBy: null, relations: ['4.1 d = 2.1 d'] }]);
  });

  it('says that ours was reported', () => {
    const measures = measured({ 'dossiers-synchronised': { numerator: 9, denominator: 10 } }, { 'reporting-units': ['H44.1'] });
    expect(of(reconciled(measures, [printed('1.4', 8, 10)]), '1.4').explanations).toEqual([{ code: 'REPORTED_FIGURE', units: 1 }]);
  });
});

describe('a group and the total', () => {
  it.each<[string, string, readonly PortalFigure[], string, readonly string[]]>([
    ['the sum of agreeing rows', '16.00', [printed('2.1', 80, 100)], 'agrees', ['AGREES']],
    ['within the tolerance', '16.01', [printed('2.1', 80, 100)], 'agrees', ['ROUNDING']],
    ['of a row that differs', '18.00', [printed('2.1', 90, 100)], 'differs', ['DIFFERENT_INDICATORS']],
    ['not the sum of its rows', '18.00', [printed('2.1', 80, 100)], 'differs', ['POINTS_DO_NOT_FOLLOW']],
    ['without its rows', '18.00', [], 'differs', ['NOT_MEASURED']],
  ])('%s', (_, text, figures, verdict, codes) => {
    const found = of(reconciled(measured(), figures, { groups: [{ group: 'TDGQ', points: text }] }), 'TDGQ');
    expect([found.verdict, codesOf(found)]).toEqual([verdict, codes]);
  });

  it('is not compared where nothing was published', () => {
    expect(of(reconciled(measured(), []), 'TOTAL')).toMatchObject({ verdict: 'not-compared', gap: { points: null } });
    expect(reconciled(measured(), []).verdict).toBe('not-compared');
  });
});

describe('explanations', () => {
  const count = fc.integer({ min: 0, max: 60 });
  const pair = fc.tuple(count, count).map(([a, b]) => ({ numerator: Math.min(a, b), denominator: Math.max(a, b) }));
  const ours = fc.record(Object.fromEntries(SUMS.map(({ measure }) => [measure, pair])) as Record<SumMeasureName, typeof pair>);
  const theirs = fc.record(Object.fromEntries(SUMS.map(({ id }) => [id, fc.option(fc.oneof(pair, fc.constant('ours' as const)))])));
  const shift = fc.option(fc.integer({ min: -300, max: 300 }));

  const checkEach = (check: (found: Reconciled, all: ReconciledScore) => void): void => {
    fc.assert(fc.property(ours, theirs, shift, (pairs, published, shifted) => {
      const measures = measured(pairs);
      const figures = SUMS.flatMap(({ id, measure }): PortalFigure[] => {
        const said = published[id] ?? null;
        if (said === null) return [];
        const { numerator, denominator } = said === 'ours' ? pairs[measure as SumMeasureName] : said;
        const figure = printed(id, numerator, denominator);
        if (shifted === null || figure.points === undefined) return [figure];
        return [{ ...figure, points: (Math.max(0, Math.round(Number(figure.points) * 100) + shifted) / 100).toFixed(2) }];
      });
      const all = reconciled(measures, figures);
      for (const found of all.indicators) check(found, all);
    }), RUNS);
  };

  it('are there for every gap, and without a gap there is only that it agrees', () => {
    checkEach(({ gap, ours: here, theirs: there, explanations }) => {
      const isShownAlike = here.points === null || there.points === null || roundHalfUp(here.points, 2) === roundHalfUp(there.points, 2);
      const isSaid = there.reason === null && here.denominator !== null;
      const hasGap = gap.numerator !== 0 || gap.denominator !== 0 || !isShownAlike || (here.points === null && there.points !== null);
      if (!isSaid) return;
      expect(new Set(explanations.map(({ code }) => code === 'AGREES'))).toEqual(new Set([!hasGap]));
      expect(hasGap || explanations.length === 1).toBe(true);
    });
  });

  it('carry exactly what their numbers show', () => {
    const shows: { readonly [Code in Explanation['code']]?: (explanation: Extract<Explanation, { code: Code }>, found: Reconciled) => boolean } = {
      MISSING_DOSSIERS: ({ by }, { gap }) => gap.denominator === -by && by > 0,
      ADDITIONAL_DOSSIERS: ({ by }, { gap }) => gap.denominator === by && by > 0,
      OTHER_POPULATION: ({ by }, { gap, id }) => gap.denominator === by && id.startsWith('5.') && id !== '5.4',
      OTHER_DEFINITION: ({ numeratorBy, relations }, { gap }) => (numeratorBy === null ? relations.length > 0 : numeratorBy === gap.numerator && numeratorBy !== 0),
      POINTS_DO_NOT_FOLLOW: ({ followed, printed: said }) => followed === null || roundHalfUp(subtract(followed, said), 3) !== 0n,
      ROUNDING: (_, { gap }) => gap.numerator === 0 && gap.denominator === 0,
    };
    checkEach((found) => {
      for (const explanation of found.explanations) {
        const holds = shows[explanation.code] as ((explanation: Explanation, found: Reconciled) => boolean) | undefined;
        expect([found.id, explanation.code, holds?.(explanation, found) ?? true]).toEqual([found.id, explanation.code, true]);
      }
    });
  });

  it('name as common what has the same gap, each the other', () => {
    checkEach((found, { indicators }) => {
      for (const explanation of found.explanations) {
        if (explanation.code !== 'MISSING_DOSSIERS' && explanation.code !== 'ADDITIONAL_DOSSIERS') continue;
        const same = indicators.filter(({ id, gap }) => id !== found.id && OVER_DOSSIERS.has(id) && gap.denominator === found.gap.denominator);
        expect(explanation.also).toEqual(OVER_DOSSIERS.has(found.id) ? same.map(({ id }) => id) : []);
      }
    });
  });

  it('have words in both languages, with their numbers', () => {
    const text = explanationText({ code: 'MISSING_DOSSIERS', by: 7, also: ['4.1'] });
    expect([text.vi, text.en]).toEqual(['Hệ thống thiếu 7 hồ sơ so với Cổng (cũng thiếu ở 4.1)', '7 dossiers of the portal are missing here (the same number in 4.1)']);
    checkEach(({ explanations }) => {
      for (const each of explanations) expect(Object.values(explanationText(each)).every((words) => words !== '')).toBe(true);
    });
  });
});
