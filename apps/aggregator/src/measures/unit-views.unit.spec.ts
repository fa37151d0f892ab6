import { codeSets, NO_MEASURES, sumMeasures, type Measures } from '@index766/index-766';
import { parsePeriod, type Instant, type Period, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';

import type { MeasureViews } from './measure-unit';
import { UnitViews } from './unit-views';

const UNIT = 'H44.114' as UnitCode;
const PERIOD = (parsePeriod('2026-10') as { value: Period }).value;
const AT = PERIOD.end;

/** A view that gives its number and its procedure. */
interface Given {
  readonly number: number;
  readonly procedure: string;
  readonly isOver: boolean;
}
const isOver = (view: Given) => view.isOver;
/** Of 0 nothing counts. */
const measuresOf = ({ number, procedure }: Omit<Given, 'isOver'>): Measures => (number === 0 ? NO_MEASURES : {
  ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'on-time': { numerator: number, denominator: 1 } }, sets: codeSets({ 'received-online': [procedure] }),
});
const together: MeasureViews<Given, readonly Given[], readonly Given[]> = {
  ready: (views) => [...views],
  join: (pieces) => pieces.flat(),
  measures: (all) => {
    const counted = all.filter(({ number }) => number > 0);
    return counted.length === 0 ? NO_MEASURES : sumMeasures([NO_MEASURES, ...counted.map(measuresOf)]);
  },
};
/** The same, telling what is made ready together. */
const telling = (tell: (chunk: readonly Given[]) => void): typeof together => ({
  ...together,
  ready: (views) => {
    const all = [...views];
    tell(all);
    return all;
  },
});
const shown = (views: UnitViews<Given>) => views.measures(UNIT, PERIOD, AT);

describe('the views of a unit', () => {
  it('say the same in chunks as all at once, whatever came, changed and went', () => {
    const change = fc.record({
      id: fc.integer({ min: 0, max: 1_500 }).map(String), goes: fc.boolean(),
      view: fc.record({ number: fc.nat(9), procedure: fc.constantFrom('1.000001', '1.000002', '1.000003'), isOver: fc.boolean() }),
    });
    fc.assert(fc.property(fc.array(fc.array(change, { maxLength: 1_500 }), { minLength: 1, maxLength: 3 }), (rounds) => {
      const views = new UnitViews(together, isOver);
      const held = new Map<string, Given>();
      for (const round of rounds) {
        for (const { id, goes, view } of round) {
          if (goes) views.delete(id);
          else views.put(id, view);
          if (goes) held.delete(id);
          else held.set(id, view);
        }
        expect(shown(views)).toEqual(together.measures([...held.values()], UNIT, PERIOD, AT));
      }
      expect([views.size, [...views.all()].length]).toEqual([held.size, held.size]);
    }), { seed: 766, numRuns: 50 });
  });

  it('makes ready anew what stands together with a changed view, and nothing else', () => {
    const prepared: number[] = [];
    const views = new UnitViews<Given>(telling(({ length }) => prepared.push(length)), isOver);
    for (let id = 0; id < 2_000; id += 1) views.put(String(id), { number: 1, procedure: '1.000001', isOver: true });
    shown(views);
    expect(prepared.reduce((sum, held) => sum + held, 0)).toBe(2_000);
    prepared.length = 0;

    views.put('500', { number: 2, procedure: '1.000001', isOver: true });

    expect([shown(views).pairs['on-time'], prepared.length]).toEqual([{ numerator: 2_001, denominator: 2_000 }, 1]);
    expect(prepared[0]).toBeLessThan(1_000);
  });

  it('keep what is over apart: one that stays open does not have it looked at again', () => {
    const prepared: boolean[][] = [];
    const views = new UnitViews<Given>(telling((chunk) => prepared.push(chunk.map((view) => view.isOver))), isOver);
    for (let id = 0; id < 2_000; id += 1) views.put(String(id), { number: 1, procedure: '1.000001', isOver: id % 100 !== 0 });
    shown(views);
    expect(prepared.filter((chunk) => new Set(chunk).size > 1)).toEqual([]);
    prepared.length = 0;

    views.put('100', { number: 2, procedure: '1.000001', isOver: false });
    expect([shown(views).pairs['on-time'].numerator, prepared.map((chunk) => chunk.length)]).toEqual([2_001, [20]]);
    prepared.length = 0;

    views.put('100', { number: 2, procedure: '1.000001', isOver: true });
    expect([shown(views).pairs['on-time'], views.size, prepared.map((chunk) => chunk.includes(false))]).toEqual([{ numerator: 2_001, denominator: 2_000 }, 2_000, [false, true]]);
  });

  it('are measured at the instant that is asked for, as often as it is asked', () => {
    const countingBelow: typeof together = {
      ...together, measures: (all, _unit, _period, evaluatedAt) => measuresOf({ number: all.filter(({ number }) => number < evaluatedAt).length, procedure: '1.000001' }),
    };
    const views = new UnitViews<Given>(countingBelow, isOver);
    views.put('A', { number: 5, procedure: '1.000001', isOver: false });
    const countedAt = (at: number) => views.measures(UNIT, PERIOD, at as Instant).pairs['on-time'].numerator;

    expect([countedAt(5), countedAt(6), countedAt(5)]).toEqual([0, 1, 0]);
  });
});
