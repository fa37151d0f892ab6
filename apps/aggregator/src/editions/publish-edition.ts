import { editionsKey, type EditionPublished } from '@index766/contracts-aggregator';
import { formatInstant, ok, refused, type Result } from '@index766/kernel';

import type { Decisions, TakeDecision } from '../decisions';
import { ComputeEdition } from './compute-edition';
import { documentsOf, readManifest, type EditionContent } from './edition-content';
import type { EditionFigures } from './edition-figures';
import { decidePublication, seriesOf, type PublishedEdition } from './edition-history';
import type { EditionSeal } from './edition-seal';
import { claimId, type EditionClaim, type EditionStore } from './edition-store';

export interface PublishEditionOptions {
  readonly store: EditionStore;
  readonly decisions: Pick<Decisions, 'findMany'>;
  readonly takeDecision: Pick<TakeDecision, 'execute'>;
  /** Of the generation that serves. */
  readonly figures: () => Pick<EditionFigures, 'partsOf' | 'causesOf'>;
  readonly seal: EditionSeal;
  /** Tells the topics of an edition that is published; may be called again for the same one. */
  readonly announce: (edition: PublishedEdition, texts: ReadonlyMap<string, string>) => Promise<void>;
  /** Tells the index as it stands by the figures of an edition, as what it is: official, amended or retracted. */
  readonly announceFigures: (edition: PublishedEdition, texts: ReadonlyMap<string, string>) => Promise<void>;
}

/**
 * Publishes the edition of a claim: its documents first, then one decision with the manifest, which is the publication, then
 * the topics. Every step may be done again, by whichever member: what is written follows from the claim alone.
 */
export class PublishEdition {
  private readonly computeEdition: ComputeEdition;

  constructor(private readonly options: PublishEditionOptions) {
    this.computeEdition = new ComputeEdition({ ...options, hashOf: options.seal.hashOf });
  }

  /** Refuses EDITION.NO_SIGNING_KEY, EDITION.NO_PROVINCE, DEFINITION.NONE; when it rejects, the claim stays open. */
  async execute(claim: EditionClaim): Promise<Result<PublishedEdition>> {
    const { store } = this.options;
    const numbered = async () => (await this.editionsOf(claim)).find(({ published }) => published.number === claim.number);
    if (await numbered() === undefined) {
      const published = await this.publish(claim);
      if (!published.ok) return published;
    }
    const edition = await numbered();
    if (edition === undefined) throw new Error('EDITION.LOST: an edition was decided and is not among the decisions');
    await this.options.announce(edition, await store.findDocuments(documentsOf(readManifest(edition.published.manifest))));
    await this.tellFigures(claim);
    await store.finish(claim);
    return ok(edition);
  }

  /**
   * Tells the index as it stands by the last edition of a period, which may not be the one that somebody works on any more; again
   * if another one took its place or it was taken back while it was told: what is told last counts.
   */
  async tellFigures(series: Pick<EditionClaim, 'province' | 'period'>): Promise<void> {
    for (let told: PublishedEdition | undefined; ; ) {
      const last = (await this.editionsOf(series)).at(-1);
      if (last === undefined || (last.published.number === told?.published.number && (last.retracted === null) === (told.retracted === null))) return;
      const { units } = readManifest(last.published.manifest);
      await this.options.announceFigures(last, await this.options.store.findDocuments(units.map(({ index }) => index)));
      told = last;
    }
  }

  /** The content of an edition that is claimed, without publishing anything. Refuses EDITION.NO_PROVINCE, DEFINITION.NONE. */
  contentOf(claim: EditionClaim): Promise<Result<EditionContent>> {
    return this.computeEdition.contentOf(claim);
  }

  private async editionsOf(series: Pick<EditionClaim, 'province' | 'period'>): Promise<readonly PublishedEdition[]> {
    const key = editionsKey(series);
    return seriesOf((await this.options.decisions.findMany([key])).get(key) ?? []).editions;
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
}
