import { computedUnit, publishedRow } from '../test/figures.builder';
import { compareUnit } from './compare-figures';

const verdictOf = (row: ReturnType<typeof publishedRow>, computed = computedUnit('H44.114', 589, 680, 17.323529)) => compareUnit([row], computed)[0]?.verdict;

describe('a published figure', () => {
  it('agrees if numerator and denominator are the same and the points are two rounded decimals apart', () => {
    expect(verdictOf(publishedRow('H44.114', '2.1', 589, 680, '17.32'))).toBe('agrees');
  });

  it.each([
    ['another numerator', publishedRow('H44.114', '2.1', 588, 680, '17.32')],
    ['another denominator', publishedRow('H44.114', '2.1', 589, 681, '17.32')],
    ['points too far away', publishedRow('H44.114', '2.1', 589, 680, '17.33')],
    ['no counts and points too far away', publishedRow('H44.114', '2.1', null, null, '17.40')],
  ])('differs by %s', (_, row) => expect(verdictOf(row)).toBe('differs'));

  it.each([['17.3283', 'agrees'], ['17.3287', 'differs']])('agrees up to 0.0051: %s %s', (points, verdict) => {
    expect(verdictOf(publishedRow('H44.114', '2.1', 589, 680, points))).toBe(verdict);
  });

  it('agrees without points where the portal printed none', () => {
    expect(verdictOf(publishedRow('H44.114', '2.1', 589, 680))).toBe('agrees');
    expect(verdictOf(publishedRow('H44.114', '1.1', 0, 0))).toBe('agrees');
  });

  it('differs where the portal printed points and there are none', () => {
    expect(verdictOf(publishedRow('H44.114', '1.1', 0, 0, '6'))).toBe('differs');
  });

  it('passes where nothing was published, or nothing is supplied yet', () => {
    expect(verdictOf(publishedRow('H44.114', '2.1', null, null))).toBe('not-compared');
    expect(verdictOf(publishedRow('H44.114', '1.4', 5, 5, '6'))).toBe('not-compared');
    expect(verdictOf(publishedRow('H44.114', '9.9', 5, 5, '6'))).toBe('not-compared');
  });

  it('that is absent passes and shows what was computed', () => {
    expect(compareUnit([], computedUnit('H44.114', 589, 680, 17.323529))).toEqual([{
      unit: 'H44.114', indicator: '2.1', verdict: 'not-compared', published: { numerator: null, denominator: null, points: null },
      computed: { numerator: 589, denominator: 680, points: '17.323529' },
    }]);
  });

  it('of a group has the tolerance of rounded parts, and is compared only if all its parts are supplied', () => {
    expect(verdictOf(publishedRow('H44.114', 'TDGQ', null, null, '17.338'))).toBe('agrees');
    expect(verdictOf(publishedRow('H44.114', 'TDGQ', null, null, '17.34'))).toBe('differs');
    expect(verdictOf(publishedRow('H44.114', 'CKMB', null, null, '6'))).toBe('not-compared');
  });
});
