import { NO_MEASURES } from '@index766/index-766';
import type { UnitCode } from '@index766/kernel';

import type { MeasureViews } from './measure-unit';
import { PartitionViews } from './partition-views';

interface Held {
  readonly id: string;
  readonly units: readonly string[];
}
const heldBy = (id: string, ...units: string[]): Held => ({ id, units });
const counting: MeasureViews<Held, number, number> = {
  ready: (views) => [...views].length,
  join: (pieces) => pieces.reduce((sum, held) => sum + held, 0),
  measures: (denominator) => ({ ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'on-time': { numerator: 0, denominator } } }),
};
const partitionViews = () => new PartitionViews<Held>({ idOf: ({ id }) => id, unitsOf: ({ units }) => new Set(units as UnitCode[]), isOver: () => false }, counting);
const put = (views: PartitionViews<Held>, view: Held) => views.put({ view, rev: 1 });
const idsOf = (views: PartitionViews<Held>, unit: string) => [...views.ofUnit(unit as UnitCode)].map(({ id }) => id);

describe('the views of a partition', () => {
  it('are found under every unit that holds or held them', () => {
    const views = partitionViews();
    put(views, heldBy('A', 'H44.1', 'H44.2'));
    put(views, heldBy('B', 'H44.2'));

    expect(idsOf(views, 'H44.1')).toEqual(['A']);
    expect(idsOf(views, 'H44.2')).toEqual(['A', 'B']);
    expect(views.size).toBe(2);
  });

  it('replace the one before and touch the units of both', () => {
    const views = partitionViews();
    put(views, heldBy('A', 'H44.1'));

    const touched = put(views, heldBy('A', 'H44.2'));

    expect([...touched]).toEqual(['H44.1', 'H44.2']);
    expect(idsOf(views, 'H44.1')).toEqual([]);
    expect(views.size).toBe(1);
  });

  it('are taken out of every unit when they are not among those to be kept', () => {
    const views = partitionViews();
    put(views, heldBy('A', 'H44.1', 'H44.2'));
    put(views, heldBy('B', 'H44.2'));

    views.keepOnly(new Set(['B']));

    expect([idsOf(views, 'H44.1'), idsOf(views, 'H44.2'), views.size, views.find('A')]).toEqual([[], ['B'], 1, undefined]);
  });
});
