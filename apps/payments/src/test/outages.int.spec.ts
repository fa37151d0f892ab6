import { unitTopic } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import { databaseName, readTopic } from '@index766/testing-integration';
import { describeOutages } from '@index766/testing-suites';
import { intakeRecord } from './dossier-records';
import { RunningPayments } from './running-payments';

const PREFIX = 'H44.114-20261005-';
const dossierOf = (number: number) => `${PREFIX}${String(number).padStart(4, '0')}`;
/** Two fees and a payment. */
const FACTS_PER_PUSH = 3;

describeOutages({
  name: 'payments',
  inputNeeds: 'broker',
  deadLetterTopics: [
    ...[intakeTopic, dossierTopic].map(({ name }) => `${name}.payments.intake.dlt`), `${unitTopic.name}.payments.reference.dlt`,
  ],
  start: async ({ kafka, mongo }, limits) => {
    const payments = await RunningPayments.start(databaseName(__filename), { MONGO_URI: mongo.address, WATERMARK_INTERVAL_MS: '1000', ...limits }, kafka);
    return {
      ask: async () => payments.get(`/v1/dossiers/${dossierOf(1)}/payments`, await payments.tokenFor(['desk'])),
      give: (number) => payments.dossiers.send(intakeTopic, [intakeRecord(dossierOf(number), {
        sequence: 1, fees: [{ code: 'LP-01', amount: 8_000 }, { code: 'LP-02', amount: 500 }], paidOnline: 1,
      })]),
      arrived: async () => {
        // The relay may send a record again; a fact that was taken twice would have two ids.
        const facts = new Set((await readTopic(paymentTopic.name, { brokers: payments.brokers }))
          .filter(({ key }) => key.startsWith(PREFIX)).map(({ key, headers }) => `${key} ${headers['ce_id'] ?? ''}`));
        const counts = [...facts].reduce((times, fact) => {
          const number = Number(fact.slice(PREFIX.length).split(' ')[0]);
          return times.set(number, (times.get(number) ?? 0) + 1);
        }, new Map<number, number>());
        return new Map([...counts].filter(([, count]) => count >= FACTS_PER_PUSH).map(([number, count]) => [number, count / FACTS_PER_PUSH]));
      },
      health: async (probe) => (await payments.get(`/health/${probe}`)).status,
      metrics: async () => (await payments.get('/metrics')).text(),
      stop: () => payments.stop(),
    };
  },
});
