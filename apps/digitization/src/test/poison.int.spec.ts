import { unitTopic } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic, intakeTopic, snapshotAcceptedV1 } from '@index766/contracts-dossiers';
import type { TopicContract } from '@index766/contracts-envelope';
import { ReferenceBatchHandler } from '@index766/platform-reference';
import { databaseName } from '@index766/testing-integration';
import { CATALOG_POISON, describePoison, poisonTopic } from '@index766/testing-suites';
import { IntakeBatchHandler } from '../consumers/intake.batch-handler';
import { RunningDigitization } from './running-digitization';

const codeOf = (day: string) => (number: number) => `H44.114-202610${day}-${String(number).padStart(4, '0')}`;

interface Memory {
  readonly intake: Readonly<Record<string, string>>;
  readonly units: readonly { readonly sequence: number }[];
}

describePoison({
  name: 'digitization',
  groups: [
    {
      group: 'digitization.intake',
      handler: IntakeBatchHandler.prototype,
      topics: [
        poisonTopic(intakeTopic, {
          contract: snapshotAcceptedV1, keeps: 'all', key: codeOf('05'),
          content: (_, sequence) => ({ ...snapshotAcceptedV1.example, status: sequence }),
        }),
        poisonTopic(dossierTopic, {
          contract: dossierFactContracts['dossier-transferred'], keeps: 'all', key: codeOf('06'),
          content: (_, sequence) => ({ unit: `H44.${sequence}` }),
        }),
      ],
    },
    { group: 'digitization.reference', handler: ReferenceBatchHandler.prototype, topics: CATALOG_POISON.filter(({ topic }) => topic === unitTopic) },
  ],
  start: async () => {
    const digitization = await RunningDigitization.start(databaseName(__filename));
    const copies = digitization.documents.db.collection<{ _id: string; content?: { versions: readonly { sequence: number }[] } }>('reference');
    const documents = digitization.documents.db.collection<{ _id: string; memory: string }>('documents');
    const stored = (topic: TopicContract, key: string) => (topic === unitTopic ? copies.findOne({ _id: `unit:${key}` }) : documents.findOne({ _id: key }));
    const memoryOf = async (key: string): Promise<Memory> => {
      const document = await documents.findOne({ _id: key });
      return document === null ? { intake: {}, units: [] } : JSON.parse(document.memory) as Memory;
    };
    return {
      brokers: digitization.brokers,
      applied: async (topic, key) => {
        if (topic === unitTopic) return (await copies.findOne({ _id: `unit:${key}` }))?.content?.versions.map(({ sequence }) => sequence) ?? [];
        const { intake, units } = await memoryOf(key);
        return topic === intakeTopic ? Object.keys(intake).map(Number) : units.map(({ sequence }) => sequence);
      },
      stored,
      metrics: async () => (await digitization.get('/metrics')).text(),
      isReady: async () => (await digitization.get('/health/ready')).status === 200,
      stop: () => digitization.stop(),
    };
  },
});
