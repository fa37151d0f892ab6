import { findDefinition } from '@index766/index-766';
import { formatInstant, type Instant, type OfficerPseudonym } from '@index766/kernel';

import type { DecisionAnswer } from '../../decisions';
import type { OfficerNames } from '../../lateness';
import { FIGURE_COLUMNS, figureRows, type FiguresJson } from '../../scores';
import type { HeldBy } from '../closing-check';
import { waivable } from '../closing-check';
import { readManifest } from '../edition-content';
import { standingEdition, type EditionSeries, type PublishedEdition } from '../edition-history';
import type { PeriodStanding } from '../edition-keeper';
import type { EditionDocument, ReadEdition } from '../edition-queries';
import type { EditionClaim } from '../edition-store';
import { heldText } from './held-texts';

export type EditionState = 'provisional' | 'publishing' | 'official' | 'amended' | 'retracted';

export function editionsJson(province: string, series: ReadonlyMap<string, EditionSeries>) {
  return {
    province,
    periods: [...series].filter(([, { editions }]) => editions.length > 0)
      .map(([period, each]) => ({ period, state: stateOf(each, undefined), editions: each.editions.map(editionJson) })),
  };
}

export function standingJson(province: string, period: string, { series, publishing, heldBy }: PeriodStanding) {
  const state = stateOf(series, publishing);
  return {
    province, period, state,
    publishing: publishing === undefined ? null : { number: publishing.number, knownBefore: formatInstant(publishing.visibility.knownBefore) },
    /** Why it is not official; of a period with an edition that counts: what would hold back an amended one. */
    heldBy: heldBy.map(heldJson),
    waivers: series.waivers.map(({ waived: { kind, id, reason, document, waivedBy }, at }) =>
      ({ kind, id, reason, document: document ?? null, waivedBy, at: formatInstant(at) })),
    editions: series.editions.map(editionJson),
  };
}

export function manifestJson({ edition, manifest }: ReadEdition) {
  return { ...editionJson(edition), manifest, canonical: edition.published.manifest };
}

export function documentJson({ edition: { published }, sha256, text }: EditionDocument) {
  return {
    province: published.province, period: published.period, edition: published.number, sha256, document: JSON.parse(text) as object, canonical: text,
  };
}

/** The document as it was hashed, and beside it the names of the officers in it, for those who may see them. */
export function lateOfficersDocumentJson(document: EditionDocument, objectionsUntil: Instant, names: OfficerNames) {
  const { lateOfficers } = JSON.parse(document.text) as { readonly lateOfficers: { readonly officers: readonly { readonly officer: OfficerPseudonym }[] } };
  const known = lateOfficers.officers.flatMap(({ officer }) => {
    const found = names(officer);
    return found === undefined ? [] : [[officer, { name: found.name, title: found.title, division: found.division }] as const];
  });
  return { ...documentJson(document), objectionsUntil: formatInstant(objectionsUntil), names: Object.fromEntries(known) };
}

export function claimJson({ province, period, number, visibility }: EditionClaim) {
  return { province, period, number, state: 'publishing', knownBefore: formatInstant(visibility.knownBefore) };
}

export function decidedJson({ key, sequence, recordedAt, recorded }: DecisionAnswer) {
  return { key, sequence, recordedAt, recorded };
}

export const EDITION_COLUMNS = ['unit', 'name', 'level', 'period', 'edition', 'definition', ...FIGURE_COLUMNS] as const;

export type EditionRow = Readonly<Partial<Record<(typeof EDITION_COLUMNS)[number], string | number | null>>>;

interface IndexDocument {
  readonly unit: string;
  readonly name: string;
  readonly level: string;
  readonly period: string;
  readonly definition: string;
  readonly index: FiguresJson;
}

/** One row for each indicator, group and the total of a unit's document. */
export function editionRows(text: string, edition: number): readonly EditionRow[] {
  const { unit, name, level, period, definition, index } = JSON.parse(text) as IndexDocument;
  return figureRows(index, findDefinition(definition)?.max ?? null).map((row) => ({ unit, name, level, period, edition, definition, ...row }));
}

function stateOf(series: EditionSeries, publishing: EditionClaim | undefined): EditionState {
  const standing = standingEdition(series);
  if (standing !== undefined) return standing.published.state;
  if (publishing !== undefined) return 'publishing';
  return series.editions.length > 0 ? 'retracted' : 'provisional';
}

function editionJson({ published, publishedAt, retracted }: PublishedEdition) {
  const { number, state, knownBefore, sha256, signature, keyId, publishedBy } = published;
  return {
    number, state: retracted === null ? state : 'retracted', knownBefore, publishedAt: formatInstant(publishedAt), publishedBy: publishedBy ?? null,
    sha256, signature, keyId, units: readManifest(published.manifest).units.length,
    retracted: retracted === null ? null : {
      reason: retracted.word.reason, document: retracted.word.document ?? null, retractedBy: retracted.word.retractedBy, at: formatInstant(retracted.at),
    },
  };
}

function heldJson(held: HeldBy) {
  const about = waivable(held);
  return { kind: held.kind, ...detailOf(held), waivable: about, why: heldText(held) };
}

function detailOf(held: HeldBy) {
  switch (held.kind) {
    case 'period-runs':
      return { until: formatInstant(held.end) };
    case 'before-opening':
      return { until: formatInstant(held.opensAt) };
    case 'producer':
      return { producer: held.producer, passed: instantText(held.passed) };
    case 'source':
      return { source: held.source, heardAt: formatInstant(held.heardAt) };
    case 'hole':
      return { subject: held.subject, topic: held.topic, missing: held.missing };
    case 'settling':
      return { until: formatInstant(held.mendedAt) };
    case 'dead-letter':
      return { letter: held.letter, subject: held.subject };
    default:
      return {};
  }
}

function instantText(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
