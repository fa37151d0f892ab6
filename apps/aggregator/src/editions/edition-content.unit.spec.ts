import { createHash } from 'node:crypto';
import { parsePeriod } from '@index766/kernel';
import fc from 'fast-check';

import { EditionWorld, at, unitContent } from '../test/edition-world';
import { changesBetween } from './edition-changes';
import { documentsOf, editionContent, readManifest, type EditionHead, type UnitContent } from './edition-content';
import { endedPeriods } from './edition-period';
import { visibilityOf } from './manifest-visibility';
import { NOTHING_EXCLUDED } from './visibility';

const SEED = 766;
const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function head(): EditionHead {
  const period = parsePeriod('2026-W47');
  if (!period.ok) throw new Error(period.error.code);
  const knownBefore = at('2026-11-23T08:59:00+07:00');
  const producers = [{ id: 'payments', before: at('2026-11-20T10:00:00+07:00'), reason: 'producer-down', document: null }];
  return {
    province: 'H44', period: period.value, number: 1, state: 'official', amends: null,
    visibility: { knownBefore, catalogKnownBefore: knownBefore, exclusions: { ...NOTHING_EXCLUDED, producers } },
  };
}

const units = fc.uniqueArray(fc.nat({ max: 999 }), { minLength: 1, maxLength: 30 })
  .chain((numbers) => fc.tuple(...numbers.map((number) => fc.nat({ max: 50 }).map((numerator) => unitContent(`H44.${number}`, numerator)))));

describe('the content of an edition', () => {
  it('is the same bytes in whatever order units and their fields come', () => {
    fc.assert(fc.property(units.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length }))), ([ordered, shuffled]) => {
      const parts = { ...new EditionWorld().parts(), units: ordered };
      const turned = shuffled.map((unit) => Object.fromEntries(Object.entries(unit).reverse()) as unknown as UnitContent);
      expect(editionContent(head(), { ...parts, units: turned }, null, hashOf)).toEqual(editionContent(head(), parts, null, hashOf));
    }), { seed: SEED, numRuns: 100 });
  });

  it('has every document under the hash of its text, and a manifest that names all of them and no other', () => {
    fc.assert(fc.property(units, (each) => {
      const { documents, manifest } = editionContent(head(), { ...new EditionWorld().parts(), units: each }, { units: [] }, hashOf);
      for (const [hash, text] of documents) expect(hashOf(text)).toBe(hash);
      expect([...documentsOf(readManifest(manifest))].sort()).toEqual([...documents.keys()].sort());
    }), { seed: SEED, numRuns: 50 });
  });

  it('says what it saw, so that it can be computed again', () => {
    const { manifest } = editionContent(head(), new EditionWorld().parts(), null, hashOf);
    expect(visibilityOf(readManifest(manifest))).toEqual(head().visibility);
  });

  it('says the thresholds of integrity rules, and of an edition of an earlier form nothing that it did not say', () => {
    const of = (form?: number) => readManifest(editionContent({ ...head(), ...(form === undefined ? {} : { form }) }, new EditionWorld().parts(), null, hashOf).manifest);
    expect(of()).toMatchObject({ form: 2, integrityThresholds: { bulkCorrections: 20, bulkShare: 0.1, bulkHours: 4, recreatedWithinDays: 30 } });
    expect(of(1)).toMatchObject({ form: 1 });
    expect(of(1)).not.toHaveProperty('integrityThresholds');
  });

  it('is canonical JSON: names sorted, no white space, numbers and texts as RFC 8785 writes them', () => {
    const unit = { ...unitContent('H44', 1), name: 'Tỉnh "Đồng\u0007"\u2028', index: { z: 1e21, b: -0, a: 333333333.3333333, '\u20ac': 4.5, '\r': 1e-27 } };
    const { documents } = editionContent(head(), { ...new EditionWorld().parts(), units: [unit] }, null, hashOf);
    const [text] = [...documents.values()].filter((each) => each.includes('"name"'));
    expect(text).toContain('"index":{"\\r":1e-27,"a":333333333.3333333,"b":0,"z":1e+21,"€":4.5},"level":"PROVINCE","name":"Tỉnh \\"Đồng\\u0007\\"\u2028"');
  });
});

describe('what an amended edition says otherwise', () => {
  it('is listed value by value, with how much', () => {
    const officer = { officer: 'a1', rank: 1, dossiers: [{ dossier: 'H44-1', unit: 'H44.1', daysLate: 1.5 }] };
    const before = { index: { groups: [{ group: 'TDGQ', indicators: [{ indicator: '2.1', numerator: 4, points: 3.1, reason: null }] }] }, officers: [officer] };
    const after = { index: { groups: [{ group: 'TDGQ', indicators: [{ indicator: '2.1', numerator: 3, points: 3.3, reason: 'x' }] }] }, officers: [] };
    expect(changesBetween(before, after)).toEqual([
      { what: 'index.groups.TDGQ.indicators.2.1.numerator', before: 4, after: 3, by: -1 },
      { what: 'index.groups.TDGQ.indicators.2.1.points', before: 3.1, after: 3.3, by: 0.2 },
      { what: 'index.groups.TDGQ.indicators.2.1.reason', before: null, after: 'x', by: null },
      { what: 'officers.a1.dossiers.H44-1.daysLate', before: 1.5, after: null, by: null },
      { what: 'officers.a1.dossiers.H44-1.dossier', before: 'H44-1', after: null, by: null },
      { what: 'officers.a1.dossiers.H44-1.unit', before: 'H44.1', after: null, by: null },
      { what: 'officers.a1.officer', before: 'a1', after: null, by: null },
      { what: 'officers.a1.rank', before: 1, after: null, by: null },
    ]);
  });

  it('is nothing between a document and itself, and turned round between two the other way', () => {
    fc.assert(fc.property(fc.object({ maxDepth: 3 }), fc.object({ maxDepth: 3 }), (one, other) => {
      expect(changesBetween(one, one)).toEqual([]);
      const turned = changesBetween(other, one).map(({ what, before, after }) => ({ what, before: after, after: before }));
      expect(changesBetween(one, other).map(({ what, before, after }) => ({ what, before, after }))).toEqual(turned);
    }), { seed: SEED, numRuns: 200 });
  });
});

describe('the periods that become official by themselves', () => {
  it('are those that ended lately, the earliest first', () => {
    expect(endedPeriods(at('2026-10-05T09:00:00+07:00'), 7).map(({ name }) => name)).toEqual(['2026-9M', '2026-Q3', '2026-09', '2026-W40']);
    expect(endedPeriods(at('2027-01-01T00:00:00+07:00'), 5).map(({ name }) => name)).toEqual(['2026-W52', '2026', '2026-Q4', '2026-12']);
    expect(endedPeriods(at('2026-07-01T09:00:00+07:00'), 3).map(({ name }) => name)).toEqual(['2026-W26', '2026-6M', '2026-Q2', '2026-06']);
  });
});
