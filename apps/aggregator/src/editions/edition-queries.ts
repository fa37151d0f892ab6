import { editionsKey, editionsKeysOf } from '@index766/contracts-aggregator';
import { ok, refused, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import { documentsOf, readManifest, type Manifest, type UnitPart } from './edition-content';
import { seriesOf, standingEdition, type EditionSeries, type PublishedEdition } from './edition-history';
import type { EditionStore } from './edition-store';

/** An edition with what it names. */
export interface ReadEdition {
  readonly edition: PublishedEdition;
  readonly manifest: Manifest;
  /** False: it was taken back, or a later one stands in its place. */
  readonly stands: boolean;
}

export interface EditionDocument extends ReadEdition {
  readonly sha256: string;
  /** Canonical JSON, byte for byte as it was hashed. */
  readonly text: string;
}

export type DocumentName = 'rankings' | 'changes' | { readonly unit: UnitCode; readonly part: UnitPart };

/** Reads editions by their manifests alone: what no manifest names is not published. */
export class EditionQueries {
  constructor(
    private readonly decisions: Pick<Decisions, 'findMany' | 'findWith'>,
    private readonly store: Pick<EditionStore, 'findDocuments'>,
  ) {}

  /** All editions of a province by period, in the order of their names. */
  async ofProvince(province: UnitCode): Promise<ReadonlyMap<string, EditionSeries>> {
    const beginning = editionsKeysOf(province);
    const found = await this.decisions.findWith(beginning);
    return new Map([...found].map(([key, history]) => [key.slice(beginning.length), seriesOf(history)] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Refuses EDITION.NONE. */
  async find(province: UnitCode, period: Period, number: number): Promise<Result<ReadEdition>> {
    const key = editionsKey({ province, period: period.name });
    const series = seriesOf((await this.decisions.findMany([key])).get(key) ?? []);
    const edition = series.editions.find(({ published }) => published.number === number);
    if (edition === undefined) return refused('EDITION.NONE', 'the period has no edition of this number', 'number');
    return ok({ edition, manifest: readManifest(edition.published.manifest), stands: standingEdition(series) === edition });
  }

  /** Refuses EDITION.NONE, EDITION.NO_DOCUMENT and, after a loss until it is computed again, EDITION.BEING_RESTORED. */
  async document(province: UnitCode, period: Period, number: number, name: DocumentName): Promise<Result<EditionDocument>> {
    const found = await this.find(province, period, number);
    if (!found.ok) return found;
    const { manifest } = found.value;
    const sha256 = typeof name === 'string' ? manifest[name] : manifest.units.find(({ unit }) => unit === name.unit)?.[name.part];
    if (sha256 === undefined || sha256 === null) return refused('EDITION.NO_DOCUMENT', 'the edition has no such document', typeof name === 'string' ? name : 'unit');
    const text = (await this.store.findDocuments([sha256])).get(sha256);
    return text === undefined ? beingRestored() : ok({ ...found.value, sha256, text });
  }

  /** Every unit's index, in the order of the manifest. Refuses as `document`. */
  async indices(province: UnitCode, period: Period, number: number): Promise<Result<readonly string[]>> {
    const found = await this.find(province, period, number);
    if (!found.ok) return found;
    const { manifest } = found.value;
    const texts = await this.store.findDocuments(documentsOf(manifest));
    const documents = manifest.units.flatMap(({ index }) => texts.get(index) ?? []);
    return documents.length < manifest.units.length ? beingRestored() : ok(documents);
  }
}

function beingRestored(): Result<never> {
  return refused('EDITION.BEING_RESTORED', 'the documents of the edition were lost here and are computed again; try later');
}
