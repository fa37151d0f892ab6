import { unitTopic } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic, intakeTopic, snapshotAcceptedV1 } from '@index766/contracts-dossiers';
import { ReferenceBatchHandler } from '@index766/platform-reference';
import { databaseName } from '@index766/testing-integration';
import { CATALOG_POISON, describePoison, poisonTopic } from '@index766/testing-suites';
import { IntakeBatchHandler } from '../consumers/intake.batch-handler';
import { RunningPayments } from './running-payments';

/** Dossiers of one day have pushes, those of the other a life. */
const keyOn = (day: string) => (number: number) => `H44.114-${day}-${String(number).padStart(4, '0')}`;

interface Memory {
  readonly intake: Readonly<Record<string, string>>;
  readonly units: readonly { readonly sequence: number }[];
}

describePoison({
  name: 'payments',
  holesMetric: { name: 'reference_missing_versions', topics: [unitTopic] },
  groups: [
    { group: 'payments.reference', handler: ReferenceBatchHandler.prototype, topics: CATALOG_POISON.filter(({ topic }) => topic === unitTopic) },
    {
      group: 'payments.intake',
      handler: IntakeBatchHandler.prototype,
      topics: [
        poisonTopic(intakeTopic, {
          contract: snapshotAcceptedV1, keeps: 'all', key: keyOn('20261005'),
          content: (_, sequence) => ({
            payments: { occurredAt: '2026-10-05T01:30:00.000Z', timeBasis: 'inferred', fees: [{ code: `LP-0${sequence}`, amount: 8_000 }] },
          }),
        }),
        poisonTopic(dossierTopic, {
          contract: dossierFactContracts['dossier-transferred'], keeps: 'all', key: keyOn('20261006'),
          content: (_, sequence) => ({ unit: `H44.${sequence}` }),
        }),
      ],
    },
  ],
  start: async () => {
    const payments = await RunningPayments.start(databaseName(__filename));
    const { db } = payments.documents;
    const units = db.collection<{ _id: string; content?: { versions: readonly { sequence: number }[] } }>('reference');
    const dossiers = db.collection<{ _id: string; memory: string }>('payments');
    return {
      brokers: payments.brokers,
      applied: async (topic, key) => {
        if (topic === unitTopic) return (await units.findOne({ _id: `unit:${key}` }))?.content?.versions.map(({ sequence }) => sequence) ?? [];
        const { intake, units: placed } = JSON.parse((await dossiers.findOne({ _id: key }))?.memory ?? '{"intake":{},"units":[]}') as Memory;
        return topic === intakeTopic ? Object.keys(intake).map(Number) : placed.map(({ sequence }) => sequence);
      },
      stored: (topic, key) => (topic === unitTopic ? units.findOne({ _id: `unit:${key}` }) : dossiers.findOne({ _id: key })),
      metrics: async () => (await payments.get('/metrics')).text(),
      isReady: async () => (await payments.get('/health/ready')).status === 200,
      stop: () => payments.stop(),
    };
  },
});
