import { changesBetween, documentsOf, readManifest, type EditionContent, type Manifest, type PublishedEdition } from '../editions';
import type { IssuedEdition } from './told-documents';

/** What the topics say of an edition that was published. */
export interface ToldEdition {
  readonly edition: PublishedEdition;
  /** Undefined: the topic of editions has not told it. */
  readonly issued: IssuedEdition | undefined;
  /** Texts of its documents by their hashes. */
  readonly texts: ReadonlyMap<string, string>;
}

const PARTS = { index: 'the index', lateOfficers: 'the list of late officers' } as const;

/** What is wrong with what the topics say of an edition, before anything is computed; null: nothing. */
export function problemOf({ edition: { published }, issued, texts }: ToldEdition, hashOf: (text: string) => string): string | null {
  if (hashOf(published.manifest) !== published.sha256) return 'the hash in the decision that published it is not that of its manifest';
  if (issued === undefined) return 'the topic of editions does not have it';
  if (issued.manifest !== published.manifest || issued.sha256 !== published.sha256) return 'the topic of editions has another manifest than the decision that published it';
  const missing = documentsOf(readManifest(published.manifest)).filter((hash) => !texts.has(hash)).length;
  return missing === 0 ? null : `${missing} of its documents are not whole on the topics`;
}

/** The first thing that was published otherwise than it comes out, in words; null: it comes out byte for byte. */
export function firstDifferenceOf({ edition: { published }, texts }: ToldEdition, { manifest, documents }: EditionContent): string | null {
  if (manifest === published.manifest) return null;
  const [then, now] = [readManifest(published.manifest), readManifest(manifest)];
  const between = (what: string, before: string | null | undefined, after: string | null | undefined): readonly string[] =>
    (before === after ? [] : [differenceIn(what, documentIn(texts, before), documentIn(documents, after))]);
  const ofUnits = unitsOf(then, now).flatMap((unit) => (['index', 'lateOfficers'] as const).flatMap((part) => {
    const hashIn = ({ units }: Manifest) => units.find((each) => each.unit === unit)?.[part];
    return between(`${PARTS[part]} of ${unit}`, hashIn(then), hashIn(now));
  }));
  const [first] = [...ofUnits, ...between('the rankings', then.rankings, now.rankings), ...between('the changes', then.changes, now.changes)];
  return first ?? differenceIn('the manifest', then, now);
}

function differenceIn(what: string, before: object | null, after: object | null): string {
  if (before === null) return `${what} was not published and comes out now`;
  if (after === null) return `${what} was published and does not come out`;
  const [first] = changesBetween(before, after);
  if (first === undefined) return `${what} has the same values in another form`;
  return `${what}: ${first.what} was published as ${JSON.stringify(first.before)} and comes out as ${JSON.stringify(first.after)}`;
}

function documentIn(texts: ReadonlyMap<string, string>, hash: string | null | undefined): object | null {
  const text = hash === null || hash === undefined ? undefined : texts.get(hash);
  return text === undefined ? null : JSON.parse(text) as object;
}

function unitsOf(...manifests: readonly Manifest[]): readonly string[] {
  return [...new Set(manifests.flatMap(({ units }) => units.map(({ unit }) => unit)))].sort();
}
