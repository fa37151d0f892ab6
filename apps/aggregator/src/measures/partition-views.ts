import type { DossierView } from '@index766/dossier-life';
import type { DossierId, UnitCode } from '@index766/kernel';

/**
 * The views of one partition in memory, by unit. A unit has every dossier that it holds or ever held, as a transferred
 * one still counts where it was received.
 */
export class PartitionViews {
  private readonly byDossier = new Map<DossierId, DossierView>();
  private readonly byUnit = new Map<UnitCode, Map<DossierId, DossierView>>();

  /** Takes a view in the place of the one before; returns the units that either of them belongs to. */
  put(view: DossierView): ReadonlySet<UnitCode> {
    const touched = new Set<UnitCode>();
    for (const unit of unitsOf(this.byDossier.get(view.dossier))) {
      this.byUnit.get(unit)?.delete(view.dossier);
      touched.add(unit);
    }
    this.byDossier.set(view.dossier, view);
    for (const unit of unitsOf(view)) {
      const views = this.byUnit.get(unit) ?? new Map<DossierId, DossierView>();
      views.set(view.dossier, view);
      this.byUnit.set(unit, views);
      touched.add(unit);
    }
    return touched;
  }

  find(dossier: DossierId): DossierView | undefined {
    return this.byDossier.get(dossier);
  }

  ofUnit(unit: UnitCode): Iterable<DossierView> {
    return this.byUnit.get(unit)?.values() ?? [];
  }

  countOf(unit: UnitCode): number {
    return this.byUnit.get(unit)?.size ?? 0;
  }

  units(): Iterable<UnitCode> {
    return this.byUnit.keys();
  }

  get size(): number {
    return this.byDossier.size;
  }
}

export function unitsOf(view: DossierView | undefined): ReadonlySet<UnitCode> {
  return new Set((view?.holders ?? []).map(({ unit }) => unit));
}
