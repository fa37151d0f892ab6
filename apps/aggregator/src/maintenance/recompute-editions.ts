import { editionsKeysOf } from '@index766/contracts-aggregator';
import type { UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import { claimOf, seriesOf, type ComputeEdition, type PublishedEdition } from '../editions';

export interface RecomputeEditionsOptions {
  readonly province: UnitCode;
  /** By name; absent: every period. */
  readonly period: string | undefined;
  readonly number: number | undefined;
}

export interface RecomputedEdition {
  readonly edition: PublishedEdition;
  /** Null: it comes out byte for byte as it was published. */
  readonly difference: string | null;
}

/** Published editions in the order of periods and numbers. */
export async function chosenEditions(
  decisions: Pick<Decisions, 'findWith'>, { province, period, number }: RecomputeEditionsOptions,
): Promise<readonly PublishedEdition[]> {
  return [...(await decisions.findWith(editionsKeysOf(province))).values()]
    .flatMap((history) => seriesOf(history).editions)
    .filter(({ published }) => (period === undefined || published.period === period) && (number === undefined || published.number === number));
}

/** Computes editions again, as known at their K, and compares manifests: with them every hash of every document. */
export async function recomputeEditions(
  decisions: Pick<Decisions, 'findWith'>, computeEdition: Pick<ComputeEdition, 'contentOf'>, options: RecomputeEditionsOptions,
): Promise<readonly RecomputedEdition[]> {
  const recomputed: RecomputedEdition[] = [];
  for (const edition of await chosenEditions(decisions, options)) {
    const content = await computeEdition.contentOf(claimOf(edition));
    const difference = !content.ok ? content.error.code : content.value.manifest === edition.published.manifest ? null : differingIn(content.value.manifest, edition);
    recomputed.push({ edition, difference });
  }
  return recomputed;
}

/** Names what has another hash, so that somebody can look there. */
function differingIn(manifest: string, { published }: PublishedEdition): string {
  const [now, then] = [unitsIn(manifest), unitsIn(published.manifest)];
  const units = [...new Set([...now.keys(), ...then.keys()])].filter((unit) => now.get(unit) !== then.get(unit)).sort();
  return units.length === 0 ? 'rankings, changes or the head' : units.join(' ');
}

function unitsIn(manifest: string): ReadonlyMap<string, string> {
  const { units } = JSON.parse(manifest) as { units: readonly { unit: string; index: string; lateOfficers: string }[] };
  return new Map(units.map(({ unit, index, lateOfficers }) => [unit, `${index} ${lateOfficers}`]));
}
