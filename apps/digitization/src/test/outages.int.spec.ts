import { unitTopic } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { databaseName } from '@index766/testing-integration';
import { describeOutages } from '@index766/testing-suites';
import { RunningDigitization } from './running-digitization';

const PREFIX = 'H44.114-20261005-';
const codeOf = (number: number) => `${PREFIX}${String(number).padStart(4, '0')}`;

describeOutages({
  name: 'digitization',
  inputNeeds: 'broker',
  deadLetterTopics: [
    ...[intakeTopic, dossierTopic].map(({ name }) => `${name}.digitization.intake.dlt`), `${unitTopic.name}.digitization.reference.dlt`,
  ],
  start: async ({ kafka, mongo }, limits) => {
    const digitization = await RunningDigitization.start(databaseName(__filename), { MONGO_URI: mongo.address, WATERMARK_INTERVAL_MS: '1000', ...limits }, kafka);
    return {
      ask: async (number) => digitization.get(`/v1/dossiers/${codeOf(number)}/documents`, await digitization.tokenFor(['desk'])),
      give: (number) => digitization.dossiers.pass(codeOf(number), { sequence: 1, papers: { hasDigitisedComponents: true } }),
      arrived: async () => {
        // The relay may send a record again; a fact that was taken twice would have two ids.
        const facts = new Set((await digitization.records()).map(({ key, headers }) => `${key} ${headers['ce_id'] ?? ''}`));
        return [...facts].reduce((times, fact) => {
          const number = Number(fact.slice(PREFIX.length).split(' ')[0]);
          return times.set(number, (times.get(number) ?? 0) + 1);
        }, new Map<number, number>());
      },
      health: async (probe) => (await digitization.get(`/health/${probe}`)).status,
      metrics: async () => (await digitization.get('/metrics')).text(),
      stop: () => digitization.stop(),
    };
  },
});
