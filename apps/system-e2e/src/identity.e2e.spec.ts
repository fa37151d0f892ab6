import { indicatorOf, scoresOf, type ScoreAnswer } from './test/answers';
import { MONTH, PROVINCE, UNITS, WEEKS, daysOfMonth } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';

const system = loadedSystem();
const DAYS = daysOfMonth();

/** Scores of every unit, by period. */
let scores: ReadonlyMap<string, ReadonlyMap<string, ScoreAnswer>>;
beforeAll(async () => {
  const read = new Map<string, ReadonlyMap<string, ScoreAnswer>>();
  for (const period of [MONTH, ...WEEKS, ...DAYS]) read.set(period, await scoresOf(system, period));
  scores = read;
}, LOADED_WITHIN_MS);

function scoreOf(unit: string, period: string): ScoreAnswer {
  const score = scores.get(period)?.get(unit);
  if (score === undefined) throw new Error(`no score of ${unit} in ${period}`);
  return score;
}

const countOf = (unit: string, period: string, name: string): number => {
  const count = scoreOf(unit, period).counts[name];
  if (count === undefined) throw new Error(`no count ${name}`);
  return count;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe.each([PROVINCE, ...UNITS])('the dossiers of %s', (unit) => {
  it.each([MONTH, ...WEEKS, ...DAYS])('in %s are in hand, come and go so that nothing is left over', (period) => {
    const count = (name: string) => countOf(unit, period, name);

    expect(count('in-hand-at-start') + count('received') + count('transferred-in'))
      .toBe(count('ended') + count('transferred-out') + count('in-hand-at-end'));
    expect(count('received-online') + count('received-in-person') + count('received-postal')).toBe(count('received'));
  });

  it('are in hand at the end of each day as at the start of the next', () => {
    const ends = DAYS.slice(0, -1).map((day) => countOf(unit, day, 'in-hand-at-end'));
    const starts = DAYS.slice(1).map((day) => countOf(unit, day, 'in-hand-at-start'));
    expect(ends).toEqual(starts);
  });

  it.each(['received', 'ended', 'transferred-in', 'transferred-out'])('that were %s in the month are those of its days', (name) => {
    expect(sum(DAYS.map((day) => countOf(unit, day, name)))).toBe(countOf(unit, MONTH, name));
  });
});

describe('the province', () => {
  it.each([MONTH, ...WEEKS, ...DAYS])('in %s is the sum of its units', (period) => {
    const whole = scoreOf(PROVINCE, period);
    const parts = UNITS.map((unit) => scoreOf(unit, period));

    for (const id of ['2.1', '2.2']) {
      const { numerator, denominator } = indicatorOf(whole, id);
      expect({ id, numerator, denominator }).toEqual({
        id,
        numerator: sum(parts.map((part) => indicatorOf(part, id).numerator ?? 0)),
        denominator: sum(parts.map((part) => indicatorOf(part, id).denominator ?? 0)),
      });
    }
    for (const [name, count] of Object.entries(whole.counts)) {
      expect([name, count]).toEqual([name, sum(parts.map(({ counts }) => counts[name] ?? 0))]);
    }
  });

  it('has dossiers in hand that came and went, so that the sums say something', () => {
    for (const name of ['received', 'ended', 'in-hand-at-start', 'in-hand-at-end']) expect(countOf(PROVINCE, MONTH, name)).toBeGreaterThan(0);
  });
});
