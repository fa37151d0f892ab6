import type { Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { StoredView } from '../ledger';
import type { MeasureViews } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';
import { UnitViews } from './unit-views';

/**
 * The views of one partition in memory, by unit. A unit has everything that it holds or ever held, as a transferred
 * dossier still counts where it was received.
 */
export class PartitionViews<View> {
  private readonly byId = new Map<string, StoredView<View>>();
  private readonly byUnit = new Map<UnitCode, UnitViews<View>>();

  constructor(
    private readonly subject: Pick<MeasuredSubject<View>, 'idOf' | 'unitsOf' | 'isOver'>,
    private readonly measuring: MeasureViews<View>,
  ) {}

  /** Takes a view in the place of the one before, if it is not of an earlier revision; returns the units that either of them belongs to. */
  put(stored: StoredView<View>): ReadonlySet<UnitCode> {
    const { view } = stored;
    const id = this.subject.idOf(view);
    if ((this.byId.get(id)?.rev ?? 0) > stored.rev) return this.unitsOf(id);
    const [former, units] = [this.unitsOf(id), this.subject.unitsOf(view)];
    for (const unit of former) if (!units.has(unit)) this.byUnit.get(unit)?.delete(id);
    for (const unit of units) this.viewsOf(unit).put(id, view);
    this.byId.set(id, stored);
    return new Set([...former, ...units]);
  }

  /** Takes out what is not among these. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.byId.keys()) {
      if (ids.has(id)) continue;
      for (const unit of this.unitsOf(id)) this.byUnit.get(unit)?.delete(id);
      this.byId.delete(id);
    }
  }

  find(id: string): StoredView<View> | undefined {
    return this.byId.get(id);
  }

  ofUnit(unit: UnitCode): Iterable<View> {
    return this.byUnit.get(unit)?.all() ?? [];
  }

  /** What a unit's views of this partition say of a period at T. */
  measures(unit: UnitCode, period: Period, evaluatedAt: Instant): Measures {
    return this.viewsOf(unit).measures(unit, period, evaluatedAt);
  }

  *all(): Iterable<View> {
    for (const { view } of this.byId.values()) yield view;
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

  private unitsOf(id: string): ReadonlySet<UnitCode> {
    const stored = this.byId.get(id);
    return stored === undefined ? new Set() : this.subject.unitsOf(stored.view);
  }

  private viewsOf(unit: UnitCode): UnitViews<View> {
    const known = this.byUnit.get(unit) ?? new UnitViews<View>(this.measuring, this.subject.isOver);
    this.byUnit.set(unit, known);
    return known;
  }
}
