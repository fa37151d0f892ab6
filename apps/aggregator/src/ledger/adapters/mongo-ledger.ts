import type { DossierView } from '@index766/dossier-life';
import type { DossierId, UnitCode } from '@index766/kernel';
import { FencedDocuments, type IndexDeclaration, type MongoDatabase } from '@index766/platform-mongo';

import type { TopicHoles } from '../holes';
import type { FencedEntry, Ledger } from '../ledger';
import {
  fromStoredLedger, fromStoredView, reconstituteLedgerEntry, toLedgerContent, toStoredLedger, type FoundLedger,
} from './ledger.document';

const COLLECTION = 'ledger';
const VIEWS_PER_PAGE = 1_000;

type LedgerDocument = FoundLedger & { readonly _id: string };

export const LEDGER_INDEXES: readonly IndexDeclaration[] = [
  { collection: COLLECTION, name: 'partition_id', keys: { partition: 1, _id: 1 }, query: 'the views of a partition, page by page, when a member takes it over' },
  { collection: COLLECTION, name: 'holes', keys: { 'holes.topic': 1 }, sparse: true, query: 'the dossiers with holes of a partition when a member takes it over' },
  { collection: COLLECTION, name: 'units', keys: { units: 1 }, query: 'the views of some units, in partitions that another member owns' },
];

export class MongoLedger implements Ledger {
  private readonly documents: FencedDocuments<FoundLedger>;

  constructor(private readonly database: MongoDatabase) {
    this.documents = new FencedDocuments(database, COLLECTION);
  }

  async findMany(dossiers: readonly string[]): Promise<ReadonlyMap<string, FencedEntry>> {
    const found = await this.documents.findMany(dossiers);
    return new Map([...found].map(([id, { rev, content }]) =>
      [id, { rev, partition: content.partition, entry: reconstituteLedgerEntry(id, fromStoredLedger(id, content)) }]));
  }

  saveMany(entries: readonly FencedEntry[]): Promise<ReadonlySet<string>> {
    return this.documents.replaceMany(entries.map(({ entry, rev, partition }) =>
      ({ id: entry.dossier, rev, content: toStoredLedger(toLedgerContent(entry, partition)) })));
  }

  async *viewsOfPartition(partition: number): AsyncIterable<readonly DossierView[]> {
    for (let after = ''; ; ) {
      const page = await this.collection()
        .find({ partition, _id: { $gt: after } }, this.viewsOnly())
        .sort({ partition: 1, _id: 1 })
        .limit(VIEWS_PER_PAGE)
        .toArray();
      yield page.map(({ view }) => fromStoredView(view));
      const last = page.at(-1);
      if (last === undefined || page.length < VIEWS_PER_PAGE) return;
      after = last._id;
    }
  }

  async holesOfPartition(partition: number): Promise<readonly (readonly [DossierId, readonly TopicHoles[]])[]> {
    const found = await this.collection()
      .find({ 'holes.topic': { $gt: '' }, partition }, { projection: { holes: 1 }, maxTimeMS: this.database.commandTimeoutMs })
      .toArray();
    return found.map(({ _id, holes }) => [_id as DossierId, holes ?? []]);
  }

  async viewsOfUnits(units: readonly UnitCode[], except: readonly number[]): Promise<readonly DossierView[]> {
    const found = await this.collection()
      .find({ units: { $in: [...units] }, partition: { $nin: [...except] } }, this.viewsOnly())
      .toArray();
    return found.map(({ view }) => fromStoredView(view));
  }

  private collection() {
    return this.database.collection<LedgerDocument>(COLLECTION);
  }

  private viewsOnly() {
    return { projection: { view: 1 }, maxTimeMS: this.database.commandTimeoutMs };
  }
}
