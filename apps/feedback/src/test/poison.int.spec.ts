import { calendarTopic, unitTopic } from '@index766/contracts-catalog';
import { ReferenceBatchHandler } from '@index766/platform-reference';
import { databaseName } from '@index766/testing-integration';
import { CATALOG_POISON, describePoison } from '@index766/testing-suites';
import { RunningFeedback } from './running-feedback';

const KINDS = new Map([[unitTopic.name, 'unit'], [calendarTopic.name, 'calendar']]);

describePoison({
  name: 'feedback',
  holesMetric: { name: 'reference_missing_versions', topics: [unitTopic, calendarTopic] },
  groups: [{ group: 'feedback.reference', handler: ReferenceBatchHandler.prototype, topics: CATALOG_POISON.filter(({ topic }) => KINDS.has(topic.name)) }],
  start: async () => {
    const feedback = await RunningFeedback.start(databaseName(__filename));
    const copies = feedback.documents.db.collection<{ _id: string; content?: { versions: readonly { sequence: number }[] } }>('reference');
    const stored = (topic: string, key: string) => copies.findOne({ _id: `${KINDS.get(topic)}:${key}` });
    return {
      brokers: feedback.brokers,
      applied: async ({ name }, key) => (await stored(name, key))?.content?.versions.map(({ sequence }) => sequence) ?? [],
      stored: ({ name }, key) => stored(name, key),
      metrics: async () => (await feedback.get('/metrics')).text(),
      isReady: async () => (await feedback.get('/health/ready')).status === 200,
      stop: () => feedback.stop(),
    };
  },
});
