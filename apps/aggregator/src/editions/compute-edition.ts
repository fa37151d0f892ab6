import { editionsKey } from '@index766/contracts-aggregator';
import { ok, parsePeriod, type Period, type Result } from '@index766/kernel';

import type { Decisions } from '../decisions';
import { changesBetween } from './edition-changes';
import { documentsOf, editionContent, readManifest, type EditionContent, type EditionParts, type Manifest, type UnitPart } from './edition-content';
import type { EditionFigures } from './edition-figures';
import { seriesOf } from './edition-history';
import type { EditionSeal } from './edition-seal';
import type { EditionClaim, EditionStore } from './edition-store';
import { visibilityOf } from './manifest-visibility';

export interface ComputeEditionOptions {
  /** Documents of the edition that an amended one differs from. */
  readonly store: Pick<EditionStore, 'findDocuments'>;
  readonly decisions: Pick<Decisions, 'findMany'>;
  /** Of the generation that serves. */
  readonly figures: () => Pick<EditionFigures, 'partsOf' | 'causesOf'>;
  readonly hashOf: EditionSeal['hashOf'];
}

/** The content of an edition: the same for the same claim, whenever and wherever it is computed. Publishes nothing. */
export class ComputeEdition {
  constructor(private readonly options: ComputeEditionOptions) {}

  /** Refuses EDITION.NO_PROVINCE and DEFINITION.NONE. */
  async contentOf(claim: EditionClaim): Promise<Result<EditionContent>> {
    const { decisions, figures, hashOf } = this.options;
    const key = editionsKey(claim);
    const earlier = seriesOf((await decisions.findMany([key])).get(key) ?? []).editions.filter(({ published: { number } }) => number < claim.number);
    const amended = claim.state === 'amended' ? earlier.at(-1) : undefined;
    const period = periodOf(claim);
    const parts = await figures().partsOf(claim.province, period, claim.visibility);
    if (!parts.ok) return parts;
    const head = {
      ...claim, period,
      amends: amended === undefined ? null : { number: amended.published.number, sha256: amended.published.sha256 },
    };
    const changes = amended === undefined ? null : await this.changes(claim, parts.value, readManifest(amended.published.manifest));
    return ok(editionContent(head, parts.value, changes, hashOf));
  }

  private async changes(claim: EditionClaim, parts: EditionParts, before: Manifest): Promise<object> {
    const causes = await this.options.figures().causesOf(claim.province, periodOf(claim), visibilityOf(before), claim.visibility);
    return { ...await changedUnits(this.options.store, parts, before), causes };
  }
}

/** What an edition says otherwise than the one before it, unit by unit; the rankings beside them. */
export async function changedUnits(
  store: Pick<EditionStore, 'findDocuments'>, parts: EditionParts, before: Manifest,
): Promise<{ readonly units: readonly object[]; readonly rankings: readonly object[] }> {
  const texts = await store.findDocuments(documentsOf(before));
  const documentAt = (hash: string) => JSON.parse(texts.get(hash) ?? 'null') as object | null;
  const old = new Map(before.units.map(({ unit, index, lateOfficers }) => [unit, { ...documentAt(lateOfficers), ...documentAt(index) }]));
  const now = new Map(parts.units.map((unit) => [unit.unit, unit]));
  const units = [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((unit) => {
    const changed = changesBetween(publishedPart(old.get(unit) ?? null), publishedPart(now.get(unit) ?? null));
    return changed.length === 0 ? [] : [{ unit, changed }];
  });
  return { units, rankings: changesBetween(rankingsPart(documentAt(before.rankings)), { rankings: parts.rankings }) };
}

function publishedPart(document: object | null): object | null {
  const { index, lateOfficers, integrity } = (document ?? {}) as Partial<Record<UnitPart | 'integrity', object>>;
  return index === undefined ? null : { index, lateOfficers, integrity };
}

function rankingsPart(document: object | null): object {
  return { rankings: (document as { readonly rankings?: object } | null)?.rankings ?? [] };
}

function periodOf({ period }: Pick<EditionClaim, 'period'>): Period {
  const parsed = parsePeriod(period);
  if (!parsed.ok) throw new RangeError('a claim names no period');
  return parsed.value;
}
