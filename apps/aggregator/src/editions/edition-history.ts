import { editionPublishedV1, editionRetractedV1, editionsKey, exclusionWaivedV1, type EditionPublished, type EditionRetracted, type ExclusionWaived } from '@index766/contracts-aggregator';
import { ok, refused, type Instant, type Result } from '@index766/kernel';

import type { Decision, DecisionHistory } from '../decisions';

/** An edition as it was published, and what became of it. */
export interface PublishedEdition {
  readonly published: EditionPublished;
  readonly publishedAt: Instant;
  readonly retracted: { readonly word: EditionRetracted; readonly at: Instant } | null;
}

export interface Waiver {
  readonly waived: ExclusionWaived;
  readonly at: Instant;
}

/** All that was decided about the editions of a province and period. */
export interface EditionSeries {
  /** By their numbers: 1, 2, 3 … */
  readonly editions: readonly PublishedEdition[];
  readonly waivers: readonly Waiver[];
}

export const NO_EDITIONS: EditionSeries = { editions: [], waivers: [] };

export function seriesOf(history: DecisionHistory): EditionSeries {
  const editions: PublishedEdition[] = [];
  const waivers: Waiver[] = [];
  for (const decision of history) {
    if (decision.type === editionPublishedV1.type) {
      editions.push({ published: decision.data, publishedAt: decision.recordedAt, retracted: null });
    } else if (decision.type === editionRetractedV1.type) {
      const at = editions.findIndex(({ published }) => published.number === decision.data.number);
      const edition = editions[at];
      if (edition !== undefined) editions[at] = { ...edition, retracted: { word: decision.data, at: decision.recordedAt } };
    } else if (decision.type === exclusionWaivedV1.type) {
      waivers.push({ waived: decision.data, at: decision.recordedAt });
    }
  }
  return { editions, waivers };
}

/** The edition that counts: the last one, unless it was taken back; an earlier one does not come back. */
export function standingEdition({ editions }: EditionSeries): PublishedEdition | undefined {
  const last = editions.at(-1);
  return last === undefined || last.retracted !== null ? undefined : last;
}

/** Those of some provinces and periods that have an edition, taken back or not, as `H44@2026-W47`. */
export async function periodsWithEditions(
  decisions: { findMany(keys: readonly string[]): Promise<ReadonlyMap<string, DecisionHistory>> },
  asked: readonly { readonly province: string; readonly period: string }[],
): Promise<ReadonlySet<string>> {
  const histories = await decisions.findMany(asked.map(editionsKey));
  return new Set(asked.filter((each) => seriesOf(histories.get(editionsKey(each)) ?? []).editions.length > 0).map(({ province, period }) => `${province}@${period}`));
}

/**
 * Whether an edition may be published now. The same edition again says nothing new; another content under a number that
 * is taken is refused, so that there are never two of one number, nor two that are official.
 */
export function decidePublication(history: DecisionHistory, edition: EditionPublished): Result<readonly Decision[]> {
  const series = seriesOf(history);
  const same = series.editions.find(({ published: { number } }) => number === edition.number);
  if (same !== undefined) {
    return same.published.sha256 === edition.sha256 ? ok([]) : refused('EDITION.NUMBER_TAKEN', 'another edition has this number', 'number');
  }
  if (edition.number !== series.editions.length + 1) return refused('EDITION.NUMBER_TAKEN', 'editions are numbered without gaps', 'number');
  const standing = standingEdition(series);
  if (edition.state === 'official' && standing !== undefined) return refused('EDITION.PUBLISHED_ALREADY', 'the period has an edition that counts: it is amended, not published again');
  if (edition.state === 'amended' && standing === undefined) return refused('EDITION.NONE', 'there is no edition that counts to be amended');
  return ok([{ type: editionPublishedV1.type, data: edition }]);
}

/** Refuses EDITION.NONE for a number that there is not. Said again: nothing new. */
export function decideRetraction(history: DecisionHistory, word: EditionRetracted): Result<readonly Decision[]> {
  const edition = seriesOf(history).editions.find(({ published: { number } }) => number === word.number);
  if (edition === undefined) return refused('EDITION.NONE', 'the period has no edition of this number', 'number');
  return ok(edition.retracted === null ? [{ type: editionRetractedV1.type, data: word }] : []);
}

/** Said again: nothing new. */
export function decideWaiver(history: DecisionHistory, word: ExclusionWaived): Result<readonly Decision[]> {
  const known = seriesOf(history).waivers.some(({ waived: { kind, id } }) => kind === word.kind && id === word.id);
  return ok(known ? [] : [{ type: exclusionWaivedV1.type, data: word }]);
}
