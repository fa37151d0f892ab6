import { canonicalText, compareText, formatInstant, type Period } from '@index766/kernel';

import { INTEGRITY_THRESHOLDS } from '../integrity';
import type { Exclusions, Visibility } from './visibility';

/** Counted up when documents say more or otherwise than before: 2 says the thresholds of integrity rules. */
const FORM = 2;

/** What has a document of its own in what is published of a unit. */
export const UNIT_PARTS = ['index', 'lateOfficers'] as const;
export type UnitPart = (typeof UNIT_PARTS)[number];

/** A value as it stands in a document: `undefined` fields are absent. */
export type DocumentValue = object;

/** What is published of one unit. */
export interface UnitContent {
  readonly unit: string;
  readonly name: string;
  readonly level: string;
  readonly parent: string | null;
  /** The index with every numerator, denominator, points and reason. */
  readonly index: DocumentValue;
  /** Pseudonyms alone. */
  readonly lateOfficers: DocumentValue;
  /** What integrity rules flag of what was recorded in the period, beside the index. */
  readonly integrity?: DocumentValue;
}

/** What is published of a province and period, as it was computed. */
export interface EditionParts {
  readonly definition: string;
  readonly calendar: { readonly id: string; readonly version: number };
  /** In any order. */
  readonly units: readonly UnitContent[];
  readonly rankings: DocumentValue;
}

/** Which edition it is. */
export interface EditionHead {
  readonly province: string;
  readonly period: Period;
  readonly number: number;
  readonly state: 'official' | 'amended';
  readonly visibility: Visibility;
  readonly amends: { readonly number: number; readonly sha256: string } | null;
  /** Of an edition that is computed again; absent: today's. */
  readonly form?: number;
}

/** Canonical texts by their hashes, and the manifest that names them all. */
export interface EditionContent {
  readonly documents: ReadonlyMap<string, string>;
  readonly manifest: string;
}

/** What a manifest says, read from its text. */
export interface Manifest {
  readonly form: number;
  readonly province: string;
  readonly period: string;
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  readonly edition: number;
  readonly state: 'official' | 'amended';
  readonly amends: { readonly number: number; readonly sha256: string } | null;
  readonly knownBefore: string;
  readonly catalogKnownBefore: string;
  readonly exclusions: {
    readonly subjects: readonly ExcludedText[];
    readonly producers: readonly (ExcludedText & { readonly before: string })[];
    readonly sources: readonly ExcludedText[];
  };
  readonly definition: string;
  readonly calendar: { readonly id: string; readonly version: number };
  /** By which the flags beside the index were raised. */
  readonly integrityThresholds?: typeof INTEGRITY_THRESHOLDS;
  /** Of each unit the hash of its index and of its list of late officers, which travel on topics of their own. */
  readonly units: readonly ({ readonly unit: string } & Readonly<Record<UnitPart, string>>)[];
  readonly rankings: string;
  /** Null: there is nothing before that it differs from. */
  readonly changes: string | null;
}

type ExcludedText = { readonly id: string; readonly reason: string; readonly document: string | null };

/**
 * The documents of an edition and its manifest, the same bytes for the same figures in whatever order they come. Documents
 * say nothing of the edition that they are in: what an amended edition leaves as it was has the same hash in both.
 *
 * @param changes against the edition that this one amends
 */
export function editionContent(
  head: EditionHead, parts: EditionParts, changes: DocumentValue | null, hashOf: (text: string) => string,
): EditionContent {
  const documents = new Map<string, string>();
  const put = (value: DocumentValue): string => {
    const text = canonicalText(value);
    const hash = hashOf(text);
    documents.set(hash, text);
    return hash;
  };
  const { period, form = FORM } = head;
  const about = { form, period: period.name, definition: parts.definition };
  const units = [...parts.units]
    .sort((a, b) => compareText(a.unit, b.unit))
    .map(({ lateOfficers, ...unit }) => ({
      unit: unit.unit, index: put({ ...about, ...unit }), lateOfficers: put({ ...about, unit: unit.unit, lateOfficers }),
    }));
  const manifest: Manifest = {
    form,
    province: head.province, period: period.name, kind: period.kind, start: formatInstant(period.start), end: formatInstant(period.end),
    edition: head.number, state: head.state, amends: head.amends,
    knownBefore: formatInstant(head.visibility.knownBefore), catalogKnownBefore: formatInstant(head.visibility.catalogKnownBefore),
    exclusions: exclusionsText(head.visibility.exclusions),
    definition: parts.definition, calendar: parts.calendar,
    ...(form < 2 ? {} : { integrityThresholds: INTEGRITY_THRESHOLDS }),
    units,
    rankings: put({ ...about, province: head.province, rankings: parts.rankings }),
    changes: changes === null ? null : put({ form, period: period.name, province: head.province, ...changes }),
  };
  return { documents, manifest: canonicalText(manifest) };
}

/** Takes what we published for what it is, without checking it again. */
export function readManifest(text: string): Manifest {
  return JSON.parse(text) as Manifest;
}

/** Every document that a manifest names. */
export function documentsOf({ units, rankings, changes }: Manifest): readonly string[] {
  return [...new Set([...units.flatMap((unit) => UNIT_PARTS.map((part) => unit[part])), rankings, ...(changes === null ? [] : [changes])])];
}

function exclusionsText({ subjects, producers, sources }: Exclusions): Manifest['exclusions'] {
  return { subjects, sources, producers: producers.map((each) => ({ ...each, before: formatInstant(each.before) })) };
}
