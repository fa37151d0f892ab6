import { instantOf, type Instant, type UnitCode } from '@index766/kernel';
import { FencedDocuments, type IndexDeclaration, type MongoDatabase } from '@index766/platform-mongo';

import { claimId, type EditionClaim, type EditionNumber, type EditionStore, type OpenTelling } from '../edition-store';
import { TELLINGS, type StoredTelling } from './mongo-tellings';

const CLAIMS = 'edition_claims';
const DOCUMENTS = 'edition_documents';
const CHECKS = 'edition_checks';
const RETRACTIONS = 'edition_retractions';

export const EDITION_INDEXES: readonly IndexDeclaration[] = [
  { collection: CLAIMS, name: 'open', keys: { open: 1 }, sparse: true, query: 'editions that are being published' },
];

interface StoredClaim {
  /** As JSON: it is read and written whole. */
  readonly claim: string;
  readonly leasedUntil: number;
  /** Absent when the edition is wholly published, so that the index over it has only what is open. */
  readonly open?: true;
}

interface StoredText {
  readonly text: string;
}

interface StoredCheck {
  readonly until: number;
}

interface StoredRetraction {
  readonly told: true;
}

/** Claims and documents of editions, beside the decisions: no rebuild takes them away. */
export class MongoEditions implements EditionStore {
  private readonly claims: FencedDocuments<StoredClaim>;
  private readonly texts: FencedDocuments<StoredText>;
  private readonly checks: FencedDocuments<StoredCheck>;
  private readonly retractions: FencedDocuments<StoredRetraction>;

  constructor(private readonly database: MongoDatabase) {
    this.claims = new FencedDocuments(database, CLAIMS);
    this.texts = new FencedDocuments(database, DOCUMENTS);
    this.checks = new FencedDocuments(database, CHECKS);
    this.retractions = new FencedDocuments(database, RETRACTIONS);
  }

  async claim(claim: EditionClaim): Promise<EditionClaim> {
    const id = claimId(claim);
    // A lost fence says that another claim of this number came first; which one is read.
    await this.claims.replaceMany([{ id, rev: 0, content: { claim: JSON.stringify(claim), leasedUntil: 0, open: true } }]);
    const stored = (await this.claims.findMany([id])).get(id);
    if (stored === undefined) throw new Error('EDITION.LOST: a claim vanished');
    return toClaim(stored.content);
  }

  async openClaims(): Promise<readonly EditionClaim[]> {
    const found = await this.database.collection<{ readonly _id: string } & StoredClaim>(CLAIMS)
      .find({ open: true }, { maxTimeMS: this.database.commandTimeoutMs }).sort({ _id: 1 }).toArray();
    return found.map(toClaim);
  }

  async lease(claim: EditionClaim, now: Instant, until: Instant): Promise<boolean> {
    const id = claimId(claim);
    const stored = (await this.claims.findMany([id])).get(id);
    if (stored?.content.open !== true || stored.content.leasedUntil > now) return false;
    return (await this.claims.replaceMany([{ ...stored, content: { ...stored.content, leasedUntil: until } }])).size === 0;
  }

  async finish(claim: EditionClaim): Promise<void> {
    const id = claimId(claim);
    for (;;) {
      const stored = (await this.claims.findMany([id])).get(id);
      if (stored?.content.open !== true) return;
      const { claim: text, leasedUntil } = stored.content;
      if ((await this.claims.replaceMany([{ id, rev: stored.rev, content: { claim: text, leasedUntil } }])).size === 0) return;
    }
  }

  async abandon(claim: EditionClaim): Promise<void> {
    // By its whole text: another member may have taken it away already, and somebody claimed the number anew.
    await this.database.collection<{ readonly _id: string } & StoredClaim>(CLAIMS)
      .deleteOne({ _id: claimId(claim), claim: JSON.stringify(claim) }, { maxTimeMS: this.database.commandTimeoutMs });
  }

  async putDocuments(documents: ReadonlyMap<string, string>): Promise<void> {
    const known = await this.texts.findMany([...documents.keys()], []);
    // What another member writes meanwhile is the same text: its name is its hash.
    await this.texts.replaceMany([...documents].filter(([hash]) => !known.has(hash)).map(([id, text]) => ({ id, rev: 0, content: { text } })));
  }

  async missingDocuments(hashes: readonly string[]): Promise<readonly string[]> {
    const known = await this.texts.findMany(hashes, []);
    return hashes.filter((hash) => !known.has(hash));
  }

  async findDocuments(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await this.texts.findMany(hashes);
    return new Map([...found].map(([hash, { content }]) => [hash, content.text]));
  }

  async checkedUntil(province: UnitCode, period: string): Promise<Instant | undefined> {
    const id = `${province}@${period}`;
    const until = (await this.checks.findMany([id])).get(id)?.content.until;
    return until === undefined ? undefined : instantOf(until);
  }

  async setChecked(province: UnitCode, period: string, until: Instant): Promise<void> {
    const id = `${province}@${period}`;
    const stored = (await this.checks.findMany([id])).get(id);
    // Who lost against another member need not repeat it: that one checked, too.
    await this.checks.replaceMany([{ id, rev: stored?.rev ?? 0, content: { until } }]);
  }

  async toldRetractions(editions: readonly EditionNumber[]): Promise<readonly EditionNumber[]> {
    const told = await this.retractions.findMany(editions.map(claimId), []);
    return editions.filter((each) => told.has(claimId(each)));
  }

  async openTellings(begunBy: Instant): Promise<readonly OpenTelling[]> {
    const found = await this.tellings()
      .find({ $or: [{ overtaken: true }, { begunAt: { $lte: begunBy } }] }, { maxTimeMS: this.database.commandTimeoutMs }).sort({ _id: 1 }).toArray();
    return found.map(({ _id: id, province, period }) => ({ id, province: province as UnitCode, period }));
  }

  async closeTelling({ id }: OpenTelling): Promise<void> {
    await this.tellings().deleteOne({ _id: id }, { maxTimeMS: this.database.commandTimeoutMs });
  }

  async setRetractionTold(edition: EditionNumber): Promise<void> {
    // Who loses against another member finds the same.
    await this.retractions.replaceMany([{ id: claimId(edition), rev: 0, content: { told: true } }]);
  }

  private tellings() {
    return this.database.collection<StoredTelling>(TELLINGS);
  }
}

function toClaim({ claim }: StoredClaim): EditionClaim {
  return JSON.parse(claim) as EditionClaim;
}
