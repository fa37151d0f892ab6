import { parseInstant, parsePeriod, type Instant } from '@index766/kernel';

import { evaluationInstant, livePeriods } from './live-periods';

const at = (text: string) => parseInstant(text) as Instant;
const names = (now: string, endedDays: number) => livePeriods(at(now), endedDays).map(({ name }) => name);

describe('the periods that are kept up to date', () => {
  it('are the current ones when nothing ended is kept', () => {
    expect(names('2026-11-24T10:00:00+07:00', 0)).toEqual(['2026-W48', '2026-11', '2026-Q4', '2026-H2', '2026']);
  });

  it('include each ended week and month of the days before, once', () => {
    expect(names('2026-11-24T10:00:00+07:00', 24).slice(5).sort()).toEqual(['2026-10', '2026-W44', '2026-W45', '2026-W46', '2026-W47']);
  });

  it('turn over on Monday 00:00 in Viet Nam, wherever the server stands', () => {
    expect(names('2026-11-22T23:59:59.999+07:00', 0)[0]).toBe('2026-W47');
    expect(names('2026-11-23T00:00:00+07:00', 0)[0]).toBe('2026-W48');
  });
});

describe('the evaluation instant', () => {
  const october = parsePeriod('2026-10');
  if (!october.ok) throw new Error('no period');

  it('is the end of a period that is over', () => {
    expect(evaluationInstant(october.value, at('2026-11-24T10:00:00+07:00'))).toBe(october.value.end);
  });

  it('is the minute now beginning while the period runs', () => {
    expect(evaluationInstant(october.value, at('2026-10-07T10:00:00.001+07:00'))).toBe(at('2026-10-07T10:01:00+07:00'));
    expect(evaluationInstant(october.value, at('2026-10-07T10:00:00+07:00'))).toBe(at('2026-10-07T10:00:00+07:00'));
  });
});
