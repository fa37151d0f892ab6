import { sumMeasures } from '@index766/index-766';
import { instantOf, parsePeriod, type Instant, type PetitionId, type UnitCode } from '@index766/kernel';
import { UNKNOWN_PETITION } from '@index766/petition-life';
import fc from 'fast-check';

import type { KnownPetition } from '../ledger';
import { Reference, type ReferenceRecords } from '../reference';
import { measurePetitionsBy, measureReceivedBy } from './petition-measures';

const UNIT = 'H44.114' as UnitCode;
const HOUR = 3_600_000;
const reference = new Reference({ revision: 1, units: () => [], calendars: () => [] } as Partial<ReferenceRecords> as ReferenceRecords);
const periods = ['2026-W41', '2026-10', '2026-Q3', '2026'].map((name) => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
});
const OCTOBER = periods[1]?.start ?? 0;

/** Around October 2026; null: it was not received (yet). */
const instants = fc.option(fc.integer({ min: -2_000, max: 2_000 }).map((hour): Instant => instantOf(OCTOBER + hour * HOUR)), { freq: 8 });
const petitions = fc.array(fc.record({ receivedAt: instants, answered: fc.integer({ min: 0, max: 900 }), class: fc.constantFrom('rules', 'conduct', 'other') }), { maxLength: 12 })
  .map((all) => all.map(({ receivedAt, answered, ...each }, index): KnownPetition => ({
    ...UNKNOWN_PETITION, ...each, petition: `P${index}` as PetitionId, receivedAt, holders: receivedAt === null ? [] : [{ unit: UNIT, from: receivedAt }],
    answeredAt: receivedAt === null || answered > 600 ? null : instantOf(receivedAt + answered * HOUR),
  })));

describe('prepared petitions', () => {
  it('say the same of every period at every T as all of them looked at one by one', () => {
    fc.assert(fc.property(petitions, fc.constantFrom(...periods), fc.integer({ min: -24, max: 10_000 }), (views, period, hour) => {
      const at = instantOf(period.start + hour * HOUR);
      const measuring = measureReceivedBy(reference);
      const prepared = measuring.measures(measuring.join([views.slice(0, 3), views.slice(3)].map((piece) => measuring.ready(piece))), UNIT, period, at);
      expect(sumMeasures([prepared, prepared])).toEqual(sumMeasures(Array.from({ length: 2 }, () => measurePetitionsBy(reference)(views, UNIT, period, at))));
    }), { seed: 766, numRuns: 300 });
  });
});
