import { calendarTopic, unitTopic } from '@index766/contracts-catalog';
import { dossierFeedbackTopic } from '@index766/contracts-feedback';
import { databaseName } from '@index766/testing-integration';
import { describeOutages } from '@index766/testing-suites';
import { RunningFeedback } from './running-feedback';

const PREFIX = 'H44.114-20261005-';

describeOutages({
  name: 'feedback',
  inputNeeds: 'database',
  deadLetterTopics: [unitTopic, calendarTopic].map(({ name }) => `${name}.feedback.reference.dlt`),
  start: async ({ kafka, mongo }, limits) => {
    const feedback = await RunningFeedback.start(databaseName(__filename), { MONGO_URI: mongo.address, WATERMARK_INTERVAL_MS: '1000', ...limits }, kafka);
    const report = async (number: number) => feedback.command(`/v1/dossiers/${PREFIX}${String(number).padStart(4, '0')}/record-rating`, {
      token: await feedback.tokenFor(['source']), body: { verdict: 4, occurredAt: '2026-10-05T03:00:00.000Z' }, headers: { 'Idempotency-Key': `rating-${number}` },
    });
    return {
      ask: report,
      give: async (number) => {
        const { status } = await report(number);
        if (status !== 200) throw new Error(`the report was answered with ${status}`);
      },
      arrived: async () => {
        // The relay may send a record again; a fact that was taken twice would have two ids.
        const facts = new Set((await feedback.records(dossierFeedbackTopic.name)).map(({ key, headers }) => `${key} ${headers['ce_id'] ?? ''}`));
        return [...facts].reduce((times, fact) => {
          const number = Number(fact.slice(PREFIX.length).split(' ')[0]);
          return times.set(number, (times.get(number) ?? 0) + 1);
        }, new Map<number, number>());
      },
      health: async (probe) => (await feedback.get(`/health/${probe}`)).status,
      metrics: async () => (await feedback.get('/metrics')).text(),
      stop: () => feedback.stop(),
    };
  },
});
