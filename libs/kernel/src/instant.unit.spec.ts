import fc from 'fast-check';
import { formatInstant, instantOf, parseInstant } from './instant';

const FIRST = Date.UTC(100, 0, 1);
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST, max: LAST }).map(instantOf), (instant) => {
      expect(parseInstant(formatInstant(instant))).toBe(instant);
    }),
    { seed: 766, numRuns: 1_000 },
  );
});

test('the same instant in other forms', () => {
  const instant = Date.UTC(2026, 9, 5, 1, 30);
  for (const text of [
    '2026-10-05T01:30:00Z', '2026-10-05T01:30:00.0Z', '2026-10-05T01:30:00.000Z', '2026-10-05T08:30:00+07:00',
    '2026-10-04T20:00:00.00-05:30',
  ]) {
    expect([text, parseInstant(text)]).toEqual([text, instant]);
  }
});

test('days are those of the calendar', () => {
  const isDay = (day: string): boolean[] =>
    [`${day}T00:00:00.000Z`, `${day}T00:00:00Z`].map((text) => parseInstant(text) !== undefined);
  for (const day of ['2024-02-29', '2000-02-29', '2026-12-31', '2026-04-30', '2026-02-28']) {
    expect([day, isDay(day)]).toEqual([day, [true, true]]);
  }
  for (const day of ['2026-02-29', '1900-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '0050-01-01']) {
    expect([day, isDay(day)]).toEqual([day, [false, false]]);
  }
});

test.each([
  '', '2026', '2026-10-05', '2026-10-05T01:30:00', '2026-10-05 01:30:00Z', '2026-10-05T24:00:00Z', '2026-10-05T01:60:00Z',
  '2026-10-05T01:30:60.000Z', '2026-10-05T01:30:00.0000Z', '2026-10-05T1a:30:00.000Z', '2026/10/05T01:30:00.000Z',
  '2026-10-05t01:30:00.000z', '2026-10-05T01:30:00.-12Z', '２026-10-05T01:30:00.00Z', ' 2026-10-05T01:30:00Z',
])('%p is no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});
