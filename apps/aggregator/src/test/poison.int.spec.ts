import { markTopic, unitsTouchedV1 } from '@index766/contracts-aggregator';
import { officerDescribedV1, officerTopic } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import type { TopicContract } from '@index766/contracts-envelope';
import { databaseName, openDatabase, type OpenDatabase } from '@index766/testing-integration';
import { CATALOG_POISON, describePoison, poisonTopic } from '@index766/testing-suites';

import { LedgerBatchHandler } from '../ledger';
import type { FoundLedger } from '../ledger/adapters/ledger.document';
import { ReferenceBatchHandler } from '../reference';
import { MarkBatchHandler, ScoreKeeper } from '../scores';
import { runAggregator } from './running-aggregator';
import { storedSequences } from './stored-sequences';

const DATABASE = databaseName(__filename);
const KINDS = new Map([['catalog.public.unit.v1', 'unit'], ['catalog.public.procedure.v1', 'procedure'], ['catalog.public.calendar.v1', 'calendar'], [officerTopic.name, 'officer']]);
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
      // A mark says what to look at: the n-th of a root names the n-th unit, of which nobody else knows. A repeated one merges once more.
      topics: [poisonTopic(markTopic, {
        contract: unitsTouchedV1, keeps: 'all', hasOwnContent: false, key: rootOf,
        content: (root, sequence) => ({ units: [unitOf(root, sequence)] }),
      })],
    },
  ],
  start: async () => {
    const database = await openDatabase(DATABASE);
    const merges = notedMerges();
    const aggregator = await runAggregator(DATABASE);
    return {
      brokers: aggregator.brokers,
      applied: async (topic, key) => sequencesIn(topic, await stored(database, merges, topic, key)),
      stored: (topic, key) => stored(database, merges, topic, key),
      metrics: async () => (await aggregator.get('/metrics')).text(),
      isReady: async () => (await aggregator.get('/health/ready')).status === 200,
      stop: async () => {
        await aggregator.stop();
        merges.end();
        await database.close();
      },
    };
  },
});

type Stored = { readonly facts?: readonly number[]; readonly document?: object; readonly content?: { readonly versions: readonly { readonly sequence: number }[] }; readonly merged?: readonly number[] };

async function stored({ db }: OpenDatabase, merges: NotedMerges, topic: TopicContract, key: string): Promise<Stored> {
  if (topic === dossierTopic) {
    const document = await db.collection<FoundLedger & { _id: string }>('ledger').findOne({ _id: key });
    return document ? { document, facts: storedSequences(document, topic.name) } : {};
  }
  if (topic !== markTopic) return (await db.collection<Stored & { _id: string }>('reference').findOne({ _id: `${KINDS.get(topic.name)}:${key}` })) ?? {};
  return { merged: [1, 2, 3, 4, 5].filter((sequence) => merges.units.has(unitOf(key, sequence))) };
}

function sequencesIn(topic: TopicContract, { facts, content, merged }: Stored): readonly number[] {
  if (topic === markTopic) return merged ?? [];
  return topic === dossierTopic ? facts ?? [] : content?.versions.map(({ sequence }) => sequence) ?? [];
}

interface NotedMerges {
  /** Every unit that a merge which succeeded was asked for. */
  readonly units: ReadonlySet<string>;
  end(): void;
}

/** A mark leaves nothing that is its own: all that members mark by themselves is merged into the same scores. So its merge is noted. */
function notedMerges(): NotedMerges {
  const units = new Set<string>();
  const merge = Object.getOwnPropertyDescriptor(ScoreKeeper.prototype, 'merge')?.value as ScoreKeeper['merge'];
  ScoreKeeper.prototype.merge = async function (this: ScoreKeeper, root, touched) {
    await merge.call(this, root, touched);
    for (const unit of touched) units.add(unit);
  };
  return { units, end: () => { ScoreKeeper.prototype.merge = merge; } };
}
