import type { DossierView } from '@index766/dossier-life';
import type { DossierId, Instant, UnitCode } from '@index766/kernel';

import { PartitionViews } from './partition-views';

const heldBy = (dossier: string, ...units: string[]) =>
  ({ dossier: dossier as DossierId, holders: units.map((unit) => ({ unit: unit as UnitCode, from: 0 as Instant })) }) as unknown as DossierView;
const dossiersOf = (views: PartitionViews, unit: string) => [...views.ofUnit(unit as UnitCode)].map(({ dossier }) => dossier);

describe('the views of a partition', () => {
  it('are found under every unit that holds or held the dossier', () => {
    const views = new PartitionViews();
    views.put(heldBy('A', 'H44.1', 'H44.2'));
    views.put(heldBy('B', 'H44.2'));

    expect(dossiersOf(views, 'H44.1')).toEqual(['A']);
    expect(dossiersOf(views, 'H44.2')).toEqual(['A', 'B']);
    expect(views.size).toBe(2);
  });

  it('replace the one before and touch the units of both', () => {
    const views = new PartitionViews();
    views.put(heldBy('A', 'H44.1'));

    const touched = views.put(heldBy('A', 'H44.2'));

    expect([...touched]).toEqual(['H44.1', 'H44.2']);
    expect(dossiersOf(views, 'H44.1')).toEqual([]);
    expect(views.size).toBe(1);
  });
});
