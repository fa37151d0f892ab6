import { formatInstant, instantOf } from '@index766/kernel';
import fc from 'fast-check';
import { parseSourceDue, parseSourceInstant } from './source-instant';

const textOf = (instant: number | undefined) => (instant === undefined ? undefined : formatInstant(instantOf(instant)));

describe('an instant of the national format', () => {
  it.each([
    ['yyyyMMddHHmmss', '20261005083000', '2026-10-05T01:30:00.000Z'],
    ['dd/MM/yyyy HH:mm:ss', '05/10/2026 08:30:00', '2026-10-05T01:30:00.000Z'],
    ['yyyy-MM-dd HH:mm:ss', '2026-10-05 08:30:00', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601 without an offset', '2026-10-05T08:30:00', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601 without seconds', '2026-10-05T08:30', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601 in UTC', '2026-10-05T01:30:00Z', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601 with an offset', '2026-10-05T10:30:00+09:00', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601 with a short offset', '2026-10-04T20:30:00-05', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601 with seven digits of a second', '2026-10-05T08:30:00.1239999', '2026-10-05T01:30:00.123Z'],
    ['ISO 8601 of a day alone', '2026-10-05', '2026-10-04T17:00:00.000Z'],
    ['ISO 8601, basic, of a day alone', '20261005', '2026-10-04T17:00:00.000Z'],
    ['ISO 8601, basic, without an offset', '20261005T083000', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601, basic, without seconds', '20261005T0830', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601, basic, in UTC', '20261005T083000Z', '2026-10-05T08:30:00.000Z'],
    ['ISO 8601, basic, with an offset', '20261005T103000+0900', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601, basic, with a short offset', '20261004T203000-05', '2026-10-05T01:30:00.000Z'],
    ['ISO 8601, basic, with a fraction', '20261005T083000.123+07:00', '2026-10-05T01:30:00.123Z'],
    ['the text of a timestamp of a database', '2026-10-05 08:30:00.0', '2026-10-05T01:30:00.000Z'],
    ['such a text with a fraction that is not 0', '2026-10-05 08:30:00.123456', '2026-10-05T01:30:00.123Z'],
    ['the leap day of a leap year', '29/02/2028 00:00:00', '2028-02-28T17:00:00.000Z'],
  ])('reads %s', (_form, text, instant) => {
    expect(textOf(parseSourceInstant(text))).toBe(instant);
  });

  it.each([
    ['a day that does not exist', '30/02/2026 08:30:00'],
    ['the leap day of an ordinary year', '2026-02-29 08:30:00'],
    ['month 13', '20261305083000'],
    ['hour 24', '2026-10-05 24:00:00'],
    ['minute 60', '2026-10-05T08:60:00'],
    ['an offset that no zone has', '2026-10-05T08:30:00+15:00'],
    ['a bare day with slashes', '05/10/2026'],
    ['a bare day that does not exist', '2026-02-30'],
    ['a bare day that does not exist, basic', '20260230'],
    ['a month alone', '2026-10'],
    ['a day with an offset and no time', '2026-10-05Z'],
    ['a day and the letter before a time', '2026-10-05T'],
    ['an hour alone', '2026-10-05T08'],
    ['a week of ISO 8601', '2026-W41-1'],
    ['a day of the year', '2026-278'],
    ['an extended day with a basic time', '2026-10-05T083000'],
    ['a basic day with an extended time', '20261005T08:30:00'],
    ['an offset behind digits alone', '20261005083000Z'],
    ['minute 60, basic', '20261005T086000Z'],
    ['an offset that no zone has, basic', '20261005T083000+1500'],
    ['half an offset', '20261005T083000+7'],
    ['a point without a fraction', '2026-10-05 08:30:00.'],
    ['more digits than nanoseconds', '2026-10-05 08:30:00.0000000000'],
    ['a fraction behind slashes', '05/10/2026 08:30:00.0'],
    ['the default day of the source\'s software', '0001-01-01'],
    ['day and month without zeros', '5/10/2026 8:30:00'],
    ['two digits of a year', '05/10/26 08:30:00'],
    ['the default date of the source\'s software', '0001-01-01T00:00:00'],
    ['words', 'hôm nay'],
    ['something behind the date', '2026-10-05 08:30:00 '],
  ])('refuses %s', (_case, text) => {
    expect(parseSourceInstant(text)).toBeUndefined();
  });

  it('reads the same instant from each of the four forms', () => {
    const seconds = fc.integer({ min: Date.UTC(1990, 0, 2) / 1000, max: Date.UTC(2099, 11, 30) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = instantOf(second * 1000);
        const [day = '', time = ''] = new Date(instant + 7 * 3_600_000).toISOString().slice(0, 19).split('T');
        const [year, month, date] = day.split('-');
        for (const text of [`${day}${time}`.replace(/\D/g, ''), `${date}/${month}/${year} ${time}`, `${day} ${time}`, `${day}T${time}`, `${day}T${time}+07:00`]) {
          expect(parseSourceInstant(text)).toBe(instant);
        }
      }),
      { seed: 766, numRuns: 300 },
    );
  });
});

describe('a due instant of the national format', () => {
  it.each([
    ['a time', '2026-10-12 11:30:00', '2026-10-12T04:30:00.000Z'],
    ['no time, ISO', '2026-10-12', '2026-10-12T17:00:00.000Z'],
    ['no time, with slashes', '12/10/2026', '2026-10-12T17:00:00.000Z'],
    ['no time, compact', '20261012', '2026-10-12T17:00:00.000Z'],
    ['00:00', '12/10/2026 00:00:00', '2026-10-12T17:00:00.000Z'],
    ['a time, basic', '20261012T113000', '2026-10-12T04:30:00.000Z'],
    ['00:00, basic', '20261012T000000', '2026-10-12T17:00:00.000Z'],
    ['00:00 and a fraction', '2026-10-12 00:00:00.0', '2026-10-12T17:00:00.000Z'],
    ['00:00 in another zone', '2026-10-11T17:00:00Z', '2026-10-12T17:00:00.000Z'],
  ])('stated with %s', (_case, text, due) => {
    expect(textOf(parseSourceDue(text))).toBe(due);
  });

  it('refuses a bare day that does not exist', () => {
    expect(['2026-02-30', '30/02/2026', '20260230', '0001-01-01'].map(parseSourceDue)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
