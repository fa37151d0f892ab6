import type { UnitCode } from '@index766/kernel';

import type { MeasuredSubject } from './measured-subject';

/**
 * The views of one partition in memory, by unit. A unit has everything that it holds or ever held, as a transferred
 * dossier still counts where it was received.
 */
export class PartitionViews<View> {
  private readonly byId = new Map<string, View>();
  private readonly byUnit = new Map<UnitCode, Map<string, View>>();

  constructor(private readonly subject: Pick<MeasuredSubject<View>, 'idOf' | 'unitsOf'>) {}

  /** Takes a view in the place of the one before; returns the units that either of them belongs to. */
  put(view: View): ReadonlySet<UnitCode> {
    const id = this.subject.idOf(view);
    const touched = new Set<UnitCode>();
    const before = this.byId.get(id);
    for (const unit of before === undefined ? [] : this.subject.unitsOf(before)) {
      this.byUnit.get(unit)?.delete(id);
      touched.add(unit);
    }
    this.byId.set(id, view);
    for (const unit of this.subject.unitsOf(view)) {
      const views = this.byUnit.get(unit) ?? new Map<string, View>();
      views.set(id, view);
      this.byUnit.set(unit, views);
      touched.add(unit);
    }
    return touched;
  }

  find(id: string): View | undefined {
    return this.byId.get(id);
  }

  ofUnit(unit: UnitCode): Iterable<View> {
    return this.byUnit.get(unit)?.values() ?? [];
  }

  all(): Iterable<View> {
    return this.byId.values();
  }

  countOf(unit: UnitCode): number {
    return this.byUnit.get(unit)?.size ?? 0;
  }

  units(): Iterable<UnitCode> {
    return this.byUnit.keys();
  }

  get size(): number {
    return this.byId.size;
  }
}
