import { formatInstant, instantOf, parseInstant } from './instant';
import { parsePeriod, periodBefore, periodContaining } from './period';

const at = (text: string) => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
};
const period = (name: string) => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(`no period: ${name}`);
  return parsed.value;
};

describe('a period', () => {
  it.each([
    ['2026-W47', '2026-11-15T17:00:00.000Z', '2026-11-22T17:00:00.000Z'],
    ['2026-W01', '2025-12-28T17:00:00.000Z', '2026-01-04T17:00:00.000Z'],
    ['2026-W53', '2026-12-27T17:00:00.000Z', '2027-01-03T17:00:00.000Z'],
    ['2026-10', '2026-09-30T17:00:00.000Z', '2026-10-31T17:00:00.000Z'],
    ['2026-Q4', '2026-09-30T17:00:00.000Z', '2026-12-31T17:00:00.000Z'],
    ['2026-H2', '2026-06-30T17:00:00.000Z', '2026-12-31T17:00:00.000Z'],
    ['2026-6M', '2025-12-31T17:00:00.000Z', '2026-06-30T17:00:00.000Z'],
    ['2026-9M', '2025-12-31T17:00:00.000Z', '2026-09-30T17:00:00.000Z'],
    ['2026', '2025-12-31T17:00:00.000Z', '2026-12-31T17:00:00.000Z'],
    ['2026-10-01..2026-10-15', '2026-09-30T17:00:00.000Z', '2026-10-15T17:00:00.000Z'],
  ])('%s runs over whole local days', (name, start, end) => {
    expect([formatInstant(period(name).start), formatInstant(period(name).end)]).toEqual([start, end]);
    expect(period(name).name).toBe(name);
  });

  it.each(['2025-W53', '2026-W54', '2026-W00', '2026-13', '2026-Q5', '2026-10-15..2026-10-01', '2026-02-30..2026-03-01', '26', ''])(
    'refuses %p',
    (name) => expect(parsePeriod(name)).toMatchObject({ ok: false, error: { code: 'PERIOD.UNKNOWN' } }),
  );

  it('puts the last millisecond of Sunday into the old week and Monday 00:00 into the new one', () => {
    expect(periodContaining('week', at('2026-11-22T23:59:59.999+07:00')).name).toBe('2026-W47');
    expect(periodContaining('week', at('2026-11-23T00:00:00+07:00')).name).toBe('2026-W48');
  });

  it('knows that 2027 begins inside 2026-W53', () => {
    expect(periodContaining('week', at('2027-01-01T12:00:00+07:00')).name).toBe('2026-W53');
  });

  it.each([
    ['2026-W01', '2025-W52'], ['2027-W01', '2026-W53'], ['2026-01', '2025-12'], ['2026-Q1', '2025-Q4'], ['2026-H1', '2025-H2'],
    ['2026-6M', '2025-6M'], ['2026', '2025'], ['2026-10-01..2026-10-15', '2026-09-16..2026-09-30'],
  ])('before %s comes %s', (name, before) => expect(periodBefore(period(name)).name).toBe(before));
});

describe('an instant', () => {
  it.each([
    ['2026-10-01T00:00:00+07:00', '2026-09-30T17:00:00.000Z'], ['2026-10-01T00:00:00.5Z', '2026-10-01T00:00:00.500Z'],
  ])('reads %s', (text, utc) => expect(formatInstant(at(text))).toBe(utc));

  it.each(['2026-02-30T00:00:00Z', '2026-10-01', '2026', '2026-10-01T24:00:00Z', '2026-10-01T00:00:00', '2026-13-01T00:00:00Z'])(
    'refuses %p',
    (text) => expect(parseInstant(text)).toBeUndefined(),
  );

  it('is whole milliseconds', () => expect(() => instantOf(1.5)).toThrow(RangeError));
});
