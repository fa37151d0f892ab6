import { markTopic, unitsTouchedV1 } from '@index766/contracts-aggregator';
import { officerDescribedV1, officerTopic } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import type { TopicContract } from '@index766/contracts-envelope';
import { NO_MEASURES } from '@index766/index-766';
import { addDays, formatLocalDay, instantOf, periodContaining } from '@index766/kernel';
import { databaseName, openDatabase, type OpenDatabase } from '@index766/testing-integration';
import { CATALOG_POISON, describePoison, poisonTopic } from '@index766/testing-suites';

import { LedgerBatchHandler } from '../ledger';
import type { FoundLedger } from '../ledger/adapters/ledger.document';
import { livePeriods } from '../measures';
import { ReferenceBatchHandler } from '../reference';
import { MarkBatchHandler } from '../scores';
import { runAggregator } from './running-aggregator';
import { storedSequences } from './stored-sequences';

const DATABASE = databaseName(__filename);
const KINDS = new Map([['catalog.public.unit.v1', 'unit'], ['catalog.public.procedure.v1', 'procedure'], ['catalog.public.calendar.v1', 'calendar'], [officerTopic.name, 'officer']]);
/** A partition that nobody owns: nobody replaces what lies there. */
const NOBODYS_PARTITION = 99;

const rootOf = (number: number) => `H${100 + number}`;
const unitOf = (root: string, sequence: number) => `${root}.${sequence}`;
const pseudonymOf = (number: number) => String(number).padStart(32, '0');

describePoison({
  name: 'aggregator',
  holesMetric: { name: 'index_open_holes', topics: [dossierTopic] },
  groups: [
    {
      group: 'aggregator.ledger',
      handler: LedgerBatchHandler.prototype,
      topics: [poisonTopic(dossierTopic, {
        contract: dossierFactContracts['dossier-finished'], keeps: 'all', content: () => ({}),
        key: (number) => `H44.114-20261005-${String(number).padStart(4, '0')}`,
      })],
    },
    {
      group: 'aggregator.reference',
      handler: ReferenceBatchHandler.prototype,
      topics: [...CATALOG_POISON, poisonTopic(officerTopic, {
        contract: officerDescribedV1, keeps: 'newest', key: pseudonymOf,
        content: (pseudonym, sequence) => ({ ...officerDescribedV1.example, pseudonym, name: `Cán bộ ${sequence}` }),
      })],
    },
    {
      group: 'aggregator.scores',
      handler: MarkBatchHandler.prototype,
      // A mark says what to look at: the n-th of a root has the n-th unit merged. A repeated one merges once more.
      topics: [poisonTopic(markTopic, {
        contract: unitsTouchedV1, keeps: 'all', hasOwnContent: false, key: rootOf,
        content: (root, sequence) => ({ units: [unitOf(root, sequence)] }),
      })],
    },
  ],
  start: async () => {
    const database = await openDatabase(DATABASE);
    await givenUnitsToMerge(database);
    const aggregator = await runAggregator(DATABASE);
    return {
      brokers: aggregator.brokers,
      applied: async (topic, key) => sequencesIn(topic, await stored(database, topic, key)),
      stored: (topic, key) => stored(database, topic, key),
      metrics: async () => (await aggregator.get('/metrics')).text(),
      isReady: async () => (await aggregator.get('/health/ready')).status === 200,
      stop: async () => {
        await aggregator.stop();
        await database.close();
      },
    };
  },
});

type Stored = { readonly facts?: readonly number[]; readonly document?: object; readonly content?: { readonly versions: readonly { readonly sequence: number }[] }; readonly merged?: readonly number[] };

async function stored({ db }: OpenDatabase, topic: TopicContract, key: string): Promise<Stored> {
  if (topic === dossierTopic) {
    const document = await db.collection<FoundLedger & { _id: string }>('ledger').findOne({ _id: key });
    return document ? { document, facts: storedSequences(document, topic.name) } : {};
  }
  if (topic !== markTopic) return (await db.collection<Stored & { _id: string }>('reference').findOne({ _id: `${KINDS.get(topic.name)}:${key}` })) ?? {};
  const merged = await db.collection<{ unit: string }>('scores').distinct('unit', { unit: { $in: [1, 2, 3, 4, 5].map((sequence) => unitOf(key, sequence)) } });
  return { merged: merged.map((unit) => Number(unit.split('.')[1])).sort() };
}

function sequencesIn(topic: TopicContract, { facts, content, merged }: Stored): readonly number[] {
  if (topic === markTopic) return merged ?? [];
  return topic === dossierTopic ? facts ?? [] : content?.versions.map(({ sequence }) => sequence) ?? [];
}

/**
 * Provinces with five units each, that have measures but no scores yet. They were closed at the end of last month: a period
 * that is still kept up to date has them, and nobody merges them by himself, as the members do with the units of today.
 */
async function givenUnitsToMerge({ db }: OpenDatabase): Promise<void> {
  const now = instantOf(Date.now());
  const periods = Object.fromEntries(livePeriods(now, 35).map(({ name }) => [name, { evaluatedAt: now, measures: NO_MEASURES }]));
  const roots = Array.from({ length: 40 }, (_, index) => rootOf(index + 1));
  const closedOn = formatLocalDay(addDays(periodContaining('month', now).firstDay, -1));
  const unit = (code: string, level: string, parent: string | null) => ({
    _id: `unit:${code}`, rev: 1, changedAt: new Date(now),
    content: { kind: 'unit', versions: [{ key: code, sequence: 1, recordedAt: new Date(0), data: { code, version: 1, name: code, level, parent, validFrom: '2025-07-01', ...(parent === null ? {} : { validTo: closedOn }) } }] },
  });
  const units = roots.flatMap((root) => [1, 2, 3, 4, 5].map((sequence) => ({ root, code: unitOf(root, sequence) })));
  await db.collection<{ _id: string }>('reference').insertMany([...roots.map((root) => unit(root, 'PROVINCE', null)), ...units.map(({ root, code }) => unit(code, 'COMMUNE', root))]);
  await db.collection<{ _id: string }>('partial_measures').insertMany(units.map(({ code }) => ({ _id: `${code}|cases|${NOBODYS_PARTITION}`, rev: 1, unit: code, source: 'cases', partition: NOBODYS_PARTITION, periods: JSON.stringify(periods) })));
}
