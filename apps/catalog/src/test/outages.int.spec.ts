import { unitTopic } from '@index766/contracts-catalog';
import { officerSeenTopic } from '@index766/contracts-dossiers';
import { readTopic } from '@index766/testing-integration';
import { describeOutages } from '@index766/testing-suites';

import { RunningCatalog } from './running-catalog';

const GROUP = 'catalog.officers';
const province = { name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' };

describeOutages({
  name: 'catalog',
  inputNeeds: 'database',
  deadLetterTopics: [`${officerSeenTopic.name}.${GROUP}.dlt`],
  start: async ({ kafka, mongo }, limits) => {
    const brokers = [kafka.address];
    const catalog = await RunningCatalog.start(__filename, { OFFICERS_GROUP: GROUP, MONGO_URI: mongo.address, ...limits }, kafka);
    const token = await catalog.token(['administrator'], '*');
    return {
      ask: () => fetch(`${catalog.running.url}/v1/units?limit=1`),
      give: async (number) => {
        const { status } = await catalog.send('PUT', `/v1/units/X${number}`, { token, body: province });
        if (status !== 200 && status !== 201) throw new Error(`the unit was answered with ${status}`);
      },
      arrived: async () => {
        const records = (await readTopic(unitTopic.name, { brokers })).filter(({ key }) => key.startsWith('X'));
        const ids = new Set(records.map(({ key, headers }) => `${key} ${headers['ce_id'] ?? ''}`));
        return [...ids].reduce((times, id) => {
          const number = Number(id.slice(1).split(' ')[0]);
          return times.set(number, (times.get(number) ?? 0) + 1);
        }, new Map<number, number>());
      },
      health: async (probe) => (await catalog.get(`/health/${probe}`)).status,
      metrics: async () => (await fetch(`${catalog.running.url}/metrics`)).text(),
      stop: () => catalog.close(),
    };
  },
});
