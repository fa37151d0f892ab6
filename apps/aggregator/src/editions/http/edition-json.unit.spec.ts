import { editionRows } from './edition-json';

/** A document with one group of one indicator. */
function documentOf(sum: object, indicator: object): string {
  const group = { group: 'CKMB', max: 18, attainable: 0, applicable: 18, completeness: 0, ...sum };
  const index = {
    points: 14, shown: '14.00', attainable: 50, applicable: 100, completeness: 0.5, insufficient: ['incomplete'],
    groups: [{ ...group, indicators: [{ indicator: '1.1', numerator: null, denominator: null, max: 6, ...indicator }] }],
  };
  return JSON.stringify({ unit: 'H44.1', name: 'Xã Một', level: 'COMMUNE', period: '2026-10', definition: 'qd766-2026', index });
}

const MISSING = { state: 'missing', reason: 'not-supplied', points: null };

describe('rows of a published document', () => {
  it('are those of indicators, groups and the total, each under its edition', () => {
    const rows = editionRows(documentOf({ points: 6, shown: '6.00', attainable: 6, completeness: 0.333333 }, { state: 'scored', reason: null, numerator: 1, denominator: 1, points: 6 }), 3);
    expect(rows.map(({ row, group, indicator, state, points, edition }) => [row, group, indicator, state, points, edition])).toEqual([
      ['indicator', 'CKMB', '1.1', 'scored', 6, 3], ['group', 'CKMB', null, 'scored', 6, 3], ['total', null, null, 'scored', 14, 3],
    ]);
    expect(rows[2]).toMatchObject({ max: 100, shown: '14.00', attainable: 50, completeness: 0.5, insufficient: 'incomplete' });
  });

  it.each([
    ['null', { state: 'missing', reason: 'no-figures', points: null, shown: null }],
    ['0, as it was published before there was anything to say', { points: 0, shown: '0.00' }],
  ])('have no points of a group without figures that stands there as %s', (_, sum) => {
    expect(editionRows(documentOf(sum, MISSING), 1)[1]).toMatchObject({ row: 'group', state: 'missing', reason: 'no-figures', points: null, shown: null });
  });
});
