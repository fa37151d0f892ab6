import { editionsKey, type EditionPublished } from '@index766/contracts-aggregator';
import { formatInstant, ok, parsePeriod, refused, type Period, type Result } from '@index766/kernel';

import type { Decisions, TakeDecision } from '../decisions';
import { changesBetween } from './edition-changes';
import { documentsOf, editionContent, readManifest, type EditionContent, type EditionParts, type Manifest, type UnitPart } from './edition-content';
import type { EditionFigures } from './edition-figures';
import { decidePublication, seriesOf, type PublishedEdition } from './edition-history';
import type { EditionSeal } from './edition-seal';
import { claimId, type EditionClaim, type EditionStore } from './edition-store';
import { visibilityOf } from './manifest-visibility';

export interface PublishEditionOptions {
  readonly store: EditionStore;
  readonly decisions: Pick<Decisions, 'findMany'>;
  readonly takeDecision: Pick<TakeDecision, 'execute'>;
  /** Of the generation that serves. */
  readonly figures: () => Pick<EditionFigures, 'partsOf' | 'causesOf'>;
  readonly seal: EditionSeal;
  /** Tells the topics of an edition that is published; may be called again for the same one. */
  readonly announce: (edition: PublishedEdition, texts: ReadonlyMap<string, string>) => Promise<void>;
}

/**
 * Publishes the edition of a claim: its documents first, then one decision with the manifest, which is the publication, then
 * the topics. Every step may be done again, by whichever member: what is written follows from the claim alone.
 */
export class PublishEdition {
  constructor(private readonly options: PublishEditionOptions) {}

  /** Refuses EDITION.NO_SIGNING_KEY, EDITION.NO_PROVINCE, DEFINITION.NONE; when it rejects, the claim stays open. */
  async execute(claim: EditionClaim): Promise<Result<PublishedEdition>> {
    const { store, decisions } = this.options;
    const key = editionsKey(claim);
    const numbered = async () => seriesOf((await decisions.findMany([key])).get(key) ?? []).editions.find(({ published }) => published.number === claim.number);
    if (await numbered() === undefined) {
      const published = await this.publish(claim);
      if (!published.ok) return published;
    }
    const edition = await numbered();
    if (edition === undefined) throw new Error('EDITION.LOST: an edition was decided and is not among the decisions');
    await this.options.announce(edition, await store.findDocuments(documentsOf(readManifest(edition.published.manifest))));
    await store.finish(claim);
    return ok(edition);
  }

  /** The content of an edition that is claimed, without publishing anything. */
  async contentOf(claim: EditionClaim): Promise<Result<EditionContent>> {
    const { decisions } = this.options;
    const key = editionsKey(claim);
    const earlier = seriesOf((await decisions.findMany([key])).get(key) ?? []).editions.filter(({ published: { number } }) => number < claim.number);
    const amended = claim.state === 'amended' ? earlier.at(-1) : undefined;
    const period = periodOf(claim);
    const parts = await this.options.figures().partsOf(claim.province, period, claim.visibility);
    if (!parts.ok) return parts;
    const head = {
      ...claim, period,
      amends: amended === undefined ? null : { number: amended.published.number, sha256: amended.published.sha256 },
    };
    const changes = amended === undefined ? null : await this.changes(claim, parts.value, readManifest(amended.published.manifest));
    return ok(editionContent(head, parts.value, changes, this.options.seal.hashOf));
  }

  private async publish(claim: EditionClaim): Promise<Result<unknown>> {
    const { store, seal, takeDecision } = this.options;
    if (seal.key === null) return refused('EDITION.NO_SIGNING_KEY', 'this installation has no key to sign editions with');
    const content = await this.contentOf(claim);
    if (!content.ok) return content;
    await store.putDocuments(content.value.documents);
    const sha256 = seal.hashOf(content.value.manifest);
    const edition: EditionPublished = {
      province: claim.province, period: claim.period, number: claim.number, state: claim.state,
      knownBefore: formatInstant(claim.visibility.knownBefore),
      manifest: content.value.manifest, sha256, signature: seal.key.sign(sha256), keyId: seal.key.keyId,
      ...(claim.publishedBy === null ? {} : { publishedBy: claim.publishedBy }),
    };
    return takeDecision.execute({
      key: editionsKey(claim), decide: (history) => decidePublication(history, edition),
      idempotencyKey: `edition-${claimId(claim)}`, requestHash: sha256,
    });
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
  const { index, lateOfficers } = (document ?? {}) as Partial<Record<UnitPart, object>>;
  return index === undefined ? null : { index, lateOfficers };
}

function rankingsPart(document: object | null): object {
  return { rankings: (document as { readonly rankings?: object } | null)?.rankings ?? [] };
}

function periodOf({ period }: Pick<EditionClaim, 'period'>): Period {
  const parsed = parsePeriod(period);
  if (!parsed.ok) throw new RangeError('a claim names no period');
  return parsed.value;
}
