import type { Instant, UnitCode } from '@index766/kernel';
import { FencedDocuments, type IndexDeclaration, type MongoDatabase } from '@index766/platform-mongo';

import type { TopicHoles } from '../holes';
import type { FactsOfEntry, FencedEntry, Ledger, StoredView, ViewsPage } from '../ledger';
import type { LedgerSubject } from '../ledger-subject';
import { LedgerDocuments, reconstituteLedgerEntry, storedFacts, type FoundLedger } from './ledger.document';

const VIEWS_PER_PAGE = 1_000;
/** Documents carry up to a thousand facts: a page of these stays within a few megabytes. */
const FACTS_PER_PAGE = 500;

type LedgerDocument = FoundLedger & { readonly _id: string; readonly rev: number };

export function ledgerIndexes({ collection }: Pick<LedgerSubject<unknown>, 'collection'>): readonly IndexDeclaration[] {
  return [
    { collection, name: 'partition_id', keys: { partition: 1, _id: 1 }, query: 'the views of a partition, page by page, when a member takes it over' },
    { collection, name: 'holes', keys: { 'holes.topic': 1 }, sparse: true, query: 'the entries with holes of a partition when a member takes it over' },
    { collection, name: 'units_id', keys: { units: 1, _id: 1 }, query: 'the views of some units, in partitions that another member owns; all facts of a unit, page by page' },
  ];
}

export class MongoLedger<View> implements Ledger<View> {
  private readonly documents: FencedDocuments<FoundLedger>;
  private readonly mapping: LedgerDocuments<View>;

  constructor(
    private readonly database: MongoDatabase,
    private readonly subject: LedgerSubject<View>,
  ) {
    this.documents = new FencedDocuments(database, subject.collection);
    this.mapping = new LedgerDocuments(subject);
  }

  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, FencedEntry<View>>> {
    const found = await this.documents.findMany(ids);
    return new Map([...found].map(([id, { rev, content }]) =>
      [id, { rev, partition: content.partition, entry: reconstituteLedgerEntry(id, this.mapping.fromStored(id, content)) }]));
  }

  saveMany(entries: readonly FencedEntry<View>[]): Promise<ReadonlySet<string>> {
    return this.documents.replaceMany(entries.map(({ entry, rev, partition }) =>
      ({ id: entry.id, rev, content: this.mapping.toStored(this.mapping.toContent(entry, partition)) })));
  }

  async *viewsOfPartition(partition: number, isKnown?: (id: string, rev: number) => boolean): AsyncIterable<ViewsPage<View>> {
    for (let after = ''; ; ) {
      const page = await this.collection()
        .find({ partition, _id: { $gt: after } }, isKnown === undefined ? this.viewsOnly() : this.revisionsOnly())
        .sort({ partition: 1, _id: 1 })
        .limit(VIEWS_PER_PAGE)
        .toArray();
      const known = page.filter(({ _id, rev }) => isKnown?.(_id, rev) === true).map(({ _id }) => _id);
      yield { known, stored: await this.storedIn(isKnown === undefined ? page : await this.viewsBut(page, new Set(known))) };
      const last = page.at(-1);
      if (last === undefined || page.length < VIEWS_PER_PAGE) return;
      after = last._id;
    }
  }

  async holesOfPartition(partition: number): Promise<readonly (readonly [string, readonly TopicHoles[]])[]> {
    const found = await this.collection()
      .find({ 'holes.topic': { $gt: '' }, partition }, { projection: { holes: 1 }, maxTimeMS: this.database.commandTimeoutMs })
      .toArray();
    return found.map(({ _id, holes }) => [_id, holes ?? []]);
  }

  async viewsOfUnits(units: readonly UnitCode[], except: readonly number[]): Promise<readonly View[]> {
    const found = await this.collection()
      .find({ units: { $in: [...units] }, partition: { $nin: [...except] } }, this.viewsOnly())
      .toArray();
    return (await this.storedIn(found)).map(({ view }) => view);
  }

  async *factsOfUnit(unit: UnitCode): AsyncIterable<FactsOfEntry> {
    // A unit may have years of dossiers: one command over all of them would end at the limit that holds for every command.
    for (let after = ''; ; ) {
      const page = await this.collection()
        .find({ units: unit, _id: { $gt: after } }, { projection: { facts: 1, units: 1 }, maxTimeMS: this.database.commandTimeoutMs })
        .sort({ _id: 1 })
        .limit(FACTS_PER_PAGE)
        .toArray();
      for (const { _id, facts, units } of page) yield { id: _id, units, facts: storedFacts({ facts }) };
      const last = page.at(-1);
      if (last === undefined || page.length < FACTS_PER_PAGE) return;
      after = last._id;
    }
  }

  async unitsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await this.documents.findMany(ids, ['units']);
    return new Map([...found].map(([id, { content: { units } }]) => [id, units]));
  }

  async factsWithHoles(): Promise<readonly FactsOfEntry[]> {
    const found = await this.collection()
      .find({ 'holes.topic': { $gt: '' } }, { projection: { facts: 1, units: 1 }, maxTimeMS: this.database.commandTimeoutMs })
      .toArray();
    return found.map(({ _id, facts, units }) => ({ id: _id, units, facts: storedFacts({ facts }) }));
  }

  async viewsKnownBy(unit: UnitCode, knownBy: Instant): Promise<readonly View[]> {
    const views: View[] = [];
    for await (const { id, facts } of this.factsOfUnit(unit)) {
      const known = facts.filter(({ knownAt }) => knownAt <= knownBy);
      if (known.length > 0) views.push(this.subject.fold(id, known.map(({ fact }) => fact)));
    }
    return views;
  }

  /** Of documents that an earlier version wrote the facts are read too: their views are folded anew. */
  private async storedIn(found: readonly LedgerDocument[]): Promise<readonly StoredView<View>[]> {
    const views = found.map((document) => ({ id: document._id, rev: document.rev, view: this.mapping.findView(document) }));
    const ofAnotherForm = views.filter(({ view }) => view === undefined).map(({ id }) => id);
    const entries = ofAnotherForm.length === 0 ? new Map<string, FencedEntry<View>>() : await this.findMany(ofAnotherForm);
    return views.flatMap(({ id, rev, view }): StoredView<View>[] => {
      if (view !== undefined) return [{ view, rev }];
      const folded = entries.get(id);
      return folded === undefined ? [] : [{ view: folded.entry.view, rev: folded.rev }];
    });
  }

  /** The documents of a page without those that are known, with their views. */
  private async viewsBut(page: readonly LedgerDocument[], known: ReadonlySet<string>): Promise<readonly LedgerDocument[]> {
    const ids = page.map(({ _id }) => _id).filter((id) => !known.has(id));
    return ids.length === 0 ? [] : this.collection().find({ _id: { $in: ids } }, this.viewsOnly()).toArray();
  }

  private collection() {
    return this.database.collection<LedgerDocument>(this.subject.collection);
  }

  private viewsOnly() {
    return { projection: { view: 1, form: 1, rev: 1 }, maxTimeMS: this.database.commandTimeoutMs };
  }

  private revisionsOnly() {
    return { projection: { rev: 1 }, maxTimeMS: this.database.commandTimeoutMs };
  }
}
