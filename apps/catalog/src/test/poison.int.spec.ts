import { officerSeenTopic, officerSeenV1 } from '@index766/contracts-dossiers';
import { databaseName, openDatabase } from '@index766/testing-integration';
import { describePoison, poisonTopic } from '@index766/testing-suites';

import { OnOfficerSeen } from '../consumers/on-officer-seen.consumer';
import { OFFICERS } from '../persistence/mongo-officer-repository';
import { RunningCatalog } from './running-catalog';

const GROUP = 'catalog.officers';

describePoison({
  name: 'catalog',
  groups: [{
    group: GROUP,
    handler: OnOfficerSeen.prototype,
    topics: [poisonTopic(officerSeenTopic, {
      contract: officerSeenV1, keeps: 'newest', key: (number) => String(number).padStart(32, '0'),
      content: (_, sequence) => ({ ...officerSeenV1.example, title: `Công chức ${sequence}` }),
      otherContent: () => ({ ...officerSeenV1.example, title: 'Ai khác' }),
    })],
  }],
  start: async () => {
    const catalog = await RunningCatalog.start(__filename, { OFFICERS_GROUP: GROUP });
    const database = await openDatabase(databaseName(__filename));
    // What the relay does with a document is no part of what was taken in.
    const stored = (key: string) => database.db.collection<{ _id: string; lastSeen: number }>(OFFICERS)
      .findOne({ _id: key }, { projection: { lastSeen: 1, sighting: 1, unit: 1, records: 1 } });
    return {
      brokers: [catalog.kafka.address],
      applied: async (_, key) => [(await stored(key))?.lastSeen ?? []].flat(),
      stored: (_, key) => stored(key),
      metrics: async () => String((await catalog.get('/metrics')).body['text']),
      isReady: async () => (await catalog.get('/health/ready')).status === 200,
      stop: async () => {
        await catalog.close();
        await database.close();
      },
    };
  },
});
