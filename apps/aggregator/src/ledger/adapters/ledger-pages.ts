import type { UnitCode } from '@index766/kernel';
import { FencedDocuments, type Fenced, type MongoDatabase } from '@index766/platform-mongo';

import type { LedgerSubject } from '../ledger-subject';
import { LedgerDocuments, type FoundLedger, type LedgerContent } from './ledger.document';

/** Documents carry up to a thousand facts: a page of these stays within a few megabytes. */
const DOCUMENTS_PER_PAGE = 500;

type LedgerRow = FoundLedger & { readonly _id: string; readonly rev: number };

/** What a ledger's documents say, for whoever compares or repairs them, or asks what was known when. */
export class LedgerPages<View> {
  private readonly documents: FencedDocuments<FoundLedger>;
  private readonly mapping: LedgerDocuments<View>;

  constructor(
    private readonly database: MongoDatabase,
    private readonly subject: LedgerSubject<View>,
  ) {
    this.documents = new FencedDocuments(database, subject.collection);
    this.mapping = new LedgerDocuments(subject);
  }

  /** All documents of a partition in the order of their ids, a page at a time; `unit`: only those that it holds or held. */
  async *ofPartition(partition: number, unit?: UnitCode): AsyncIterable<readonly Fenced<LedgerContent<View>>[]> {
    const collection = this.database.collection<LedgerRow>(this.subject.collection);
    for (let after = ''; ; ) {
      const page = await collection
        .find({ partition, _id: { $gt: after }, ...(unit === undefined ? {} : { units: unit }) }, { maxTimeMS: this.database.commandTimeoutMs })
        .sort({ partition: 1, _id: 1 })
        .limit(DOCUMENTS_PER_PAGE)
        .toArray();
      if (page.length > 0) yield page.map(({ _id, rev, ...content }) => ({ id: _id, rev, content: this.mapping.fromStored(_id, content) }));
      const last = page.at(-1);
      if (last === undefined || page.length < DOCUMENTS_PER_PAGE) return;
      after = last._id;
    }
  }

  /** Absent ones are absent. */
  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Fenced<LedgerContent<View>>>> {
    const found = await this.documents.findMany(ids);
    return new Map([...found].map(([id, { rev, content }]) => [id, { id, rev, content: this.mapping.fromStored(id, content) }]));
  }

  /** Answers the ids of those that another writer was faster with. */
  replaceMany(documents: readonly Fenced<LedgerContent<View>>[]): Promise<ReadonlySet<string>> {
    return this.documents.replaceMany(documents.map((document) => ({ ...document, content: this.mapping.toStored(document.content) })));
  }
}
