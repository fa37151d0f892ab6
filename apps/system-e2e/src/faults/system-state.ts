import { openDatabase, type RawRecord } from '@index766/testing-integration';
import { allFigures, readText } from '../test/answers';
import { MONTH, PROVINCE } from '../test/small-sample';
import { FACT_TOPICS, KNOWLEDGE_TOPICS, PRODUCERS, SERVICES, SERVICE_TRAITS, TOLD_TOPICS, type KeptDocuments, type ServiceName } from '../test/services';
import type { SystemAccess } from '../test/system-access';
import { tokenFor } from '../test/tokens';
import { factsIn } from '../test/topic-contents';

/** Everything that a system has come to by its pushes; texts by what they are about, so that two of them can be compared. */
export interface SystemState {
  /** Facts of each topic as they lie there, copies too. */
  readonly records: ReadonlyMap<string, readonly RawRecord[]>;
  /** The aggregator's documents of dossiers and petitions: facts, holders, view. */
  readonly ledger: ReadonlyMap<string, string>;
  /** The documents of services by dossier or petition, by service and collection: facts, and what the next request is compared with. */
  readonly documents: ReadonlyMap<ServiceName, ReadonlyMap<string, ReadonlyMap<string, string>>>;
  /** Answers of the aggregator, by path. */
  readonly figures: ReadonlyMap<string, string>;
}

export async function readState(access: SystemAccess): Promise<SystemState> {
  const records = new Map<string, readonly RawRecord[]>();
  for (const topic of [...FACT_TOPICS, ...TOLD_TOPICS, ...KNOWLEDGE_TOPICS]) records.set(topic.name, await factsIn(access, topic));
  const documents = new Map<ServiceName, ReadonlyMap<string, ReadonlyMap<string, string>>>();
  for (const service of SERVICES) {
    const ofService = new Map<string, ReadonlyMap<string, string>>();
    for (const kept of SERVICE_TRAITS[service].documents ?? []) ofService.set(kept.collection, await documentsOf(access, service, kept));
    documents.set(service, ofService);
  }
  const ledgers = await Promise.all(['ledger', 'petitions'].map((collection) => documentsOf(access, 'aggregator', { collection, content: ledgerContent })));
  return {
    records,
    ledger: new Map(ledgers.flatMap((ledger) => [...ledger])),
    documents,
    figures: await readFigures(access),
  };
}

/** The figures as the public reads them, and the province's late officers as who may know their names does. */
export async function readFigures(access: SystemAccess): Promise<ReadonlyMap<string, string>> {
  const named = `/v1/units/${PROVINCE}/late-officers/${MONTH}`;
  const withNames = await readText(access, named, await tokenFor(access, 'officer-list'));
  return new Map([...Object.entries(await allFigures(access)), [`${named} with names`, withNames]]);
}

function ledgerContent({ partition, units, holes, facts, view }: Fields): Fields {
  return { partition, units, holes, view: JSON.parse(String(view)) as unknown, facts: withoutKnownAt(String(facts)) };
}

/** Place of the instant at which a fact came to be known, in the ledger's stored form of a fact. */
const KNOWN_AT = 4;

/** Facts by topic as the ledger stores them; when each came to be known differs from run to run. */
function withoutKnownAt(facts: string): unknown {
  const byTopic = JSON.parse(facts) as Readonly<Record<string, readonly (readonly unknown[])[]>>;
  return Object.fromEntries(Object.entries(byTopic).map(([topic, stored]) => [topic, stored.map((fact) => fact.filter((_, at) => at !== KNOWN_AT))]));
}

type Fields = Readonly<Record<string, unknown>>;

async function documentsOf(
  { databases, mongo }: SystemAccess, service: ServiceName, { collection, content }: KeptDocuments,
): Promise<ReadonlyMap<string, string>> {
  const database = await openDatabase(databases[service], mongo);
  try {
    const documents = await database.db.collection<Fields & { _id: string }>(collection).find().toArray();
    return new Map(documents.map((document) => [document._id, canonical(content(document))]));
  } finally {
    await database.close();
  }
}

/** JSON with sorted fields: what a database does with their order says nothing. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isPlain(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));
}

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Outboxes that still have something to send, by collection. */
export async function openOutboxes({ databases, mongo }: SystemAccess): Promise<readonly string[]> {
  const open: string[] = [];
  for (const service of PRODUCERS) {
    const database = await openDatabase(databases[service], mongo);
    try {
      for (const collection of await database.db.collections()) {
        const waiting = await collection.countDocuments({ 'outbox.0': { $exists: true } });
        if (waiting > 0) open.push(`${waiting} documents of ${service}.${collection.collectionName}`);
      }
    } finally {
      await database.close();
    }
  }
  return open;
}
