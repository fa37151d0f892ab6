import { canonicalText, compareText, ok, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { EditionFigures, EditionParts, Visibility } from '../editions';

interface ListedDossiers {
  readonly officers: readonly { readonly dossiers: readonly { readonly dossier: string }[] }[];
  readonly unassigned: readonly { readonly dossiers: readonly { readonly dossier: string }[] }[];
}

/**
 * Figures for an account that may not read what the catalog knows of officers: absences, merges and ambiguous names move late
 * dossiers from one officer to another or to none. A list that comes out otherwise is taken as it was published, if it has
 * the same late dossiers: these follow from what everybody may read.
 */
export class ListsAsPublished implements Pick<EditionFigures, 'partsOf' | 'causesOf'> {
  private readonly taken = new Set<string>();

  /** @param published the list of each unit, parsed */
  constructor(private readonly figures: Pick<EditionFigures, 'partsOf' | 'causesOf'>, private readonly published: ReadonlyMap<string, object>) {}

  /** Units whose lists were taken as they were published. */
  get units(): readonly string[] {
    return [...this.taken].sort(compareText);
  }

  async partsOf(province: UnitCode, period: Period, visibility: Visibility): Promise<Result<EditionParts>> {
    const parts = await this.figures.partsOf(province, period, visibility);
    if (!parts.ok) return parts;
    const units = parts.value.units.map((content) => {
      const published = this.published.get(content.unit);
      if (published === undefined || canonicalText(published) === canonicalText(content.lateOfficers) || !haveSameDossiers(published, content.lateOfficers)) return content;
      this.taken.add(content.unit);
      return { ...content, lateOfficers: published };
    });
    return ok({ ...parts.value, units });
  }

  causesOf(province: UnitCode, period: Period, before: Visibility, after: Visibility): ReturnType<EditionFigures['causesOf']> {
    return this.figures.causesOf(province, period, before, after);
  }
}

function haveSameDossiers(a: object, b: object): boolean {
  return canonicalText(dossiersIn(a)) === canonicalText(dossiersIn(b));
}

/** Both are documents of our own making. */
function dossiersIn(list: object): readonly string[] {
  const { officers, unassigned } = list as ListedDossiers;
  return [...new Set([...officers, ...unassigned].flatMap(({ dossiers }) => dossiers.map(({ dossier }) => dossier)))].sort(compareText);
}
