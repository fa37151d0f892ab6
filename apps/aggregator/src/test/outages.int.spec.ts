import { unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import { databaseName, openDatabase, sendRecords, until } from '@index766/testing-integration';
import { describeOutages, poisonTopic } from '@index766/testing-suites';

import type { FoundLedger } from '../ledger/adapters/ledger.document';
import { runAggregator } from './running-aggregator';
import { storedSequences } from './stored-sequences';

const PREFIX = 'H44.114-20261005-';
const provinces = poisonTopic(unitTopic, {
  contract: unitVersionedV1, keeps: 'all', key: () => 'H44',
  content: (code, version) => ({ code, version, name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' }),
});
const dossiers = poisonTopic(dossierTopic, {
  contract: dossierFactContracts['dossier-finished'], keeps: 'all', content: () => ({}), key: (number) => `${PREFIX}${String(number).padStart(4, '0')}`,
});

describeOutages({
  name: 'aggregator',
  inputNeeds: 'broker',
  deadLetterTopics: [`${dossierTopic.name}.aggregator.ledger.dlt`, 'aggregator.internal.mark.v1.aggregator.scores.dlt', `${unitTopic.name}.aggregator.reference.dlt`],
  start: async ({ kafka, mongo }, limits) => {
    const name = databaseName(__filename);
    const aggregator = await runAggregator(name, { MONGO_URI: mongo.address, ...limits }, kafka);
    const database = await openDatabase(name, mongo.address);
    const ask = () => aggregator.get('/v1/units/H44/scores/2026-10');
    await sendRecords(unitTopic.name, [provinces.record('H44', 1)], aggregator.brokers);
    await until(async () => (await ask()).status === 200, { what: 'the province' });
    return {
      ask,
      give: (number) => sendRecords(dossierTopic.name, [dossiers.record(dossiers.key(number), 1)], aggregator.brokers),
      arrived: async () => {
        const documents = await database.db.collection<FoundLedger & { _id: string }>('ledger').find().toArray();
        return new Map(documents.map((document) => [Number(document._id.slice(PREFIX.length)), storedSequences(document, dossierTopic.name).length]));
      },
      health: async (probe) => (await aggregator.get(`/health/${probe}`)).status,
      metrics: async () => (await aggregator.get('/metrics')).text(),
      stop: async () => {
        await aggregator.stop();
        await database.close();
      },
    };
  },
});
