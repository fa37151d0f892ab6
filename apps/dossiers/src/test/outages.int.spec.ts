import { dossierTopic } from '@index766/contracts-dossiers';
import { databaseName } from '@index766/testing-integration';
import { describeOutages } from '@index766/testing-suites';
import { hoSo } from './push-elements';
import { RunningDossiers } from './running-dossiers';
import { recordsIn } from './topic-reader';

const PREFIX = 'H44.114-20261005-';
/** Registered, received, due date set. */
const FACTS_PER_PUSH = 3;

describeOutages({
  name: 'dossiers',
  inputNeeds: 'database',
  deadLetterTopics: ['catalog.public.unit.v1', 'catalog.public.procedure.v1', 'catalog.public.calendar.v1'].map((topic) => `${topic}.dossiers.reference.dlt`),
  start: async ({ kafka, mongo }, limits) => {
    const dossiers = await RunningDossiers.start(databaseName(__filename), { MONGO_URI: mongo.address, WATERMARK_INTERVAL_MS: '1000', ...limits }, kafka);
    const push = async (number: number) => dossiers.post('/v1/national-sync', {
      token: await dossiers.tokenFor(['source']),
      body: { service: 'DongBoHoSoMC', data: [hoSo({ MaHoSo: `${PREFIX}${String(number).padStart(4, '0')}` })] },
    });
    return {
      ask: push,
      give: async (number) => {
        const { status } = await push(number);
        if (status !== 200) throw new Error(`the push was answered with ${status}`);
      },
      arrived: async () => {
        // The relay may send a record again; a fact that was taken twice would have two ids.
        const facts = new Set((await recordsIn(dossiers, dossierTopic.name)).map(({ key, headers }) => `${key} ${headers['ce_id'] ?? ''}`));
        const counts = [...facts].reduce((times, fact) => {
          const number = Number(fact.slice(PREFIX.length).split(' ')[0]);
          return times.set(number, (times.get(number) ?? 0) + 1);
        }, new Map<number, number>());
        return new Map([...counts].filter(([, count]) => count >= FACTS_PER_PUSH).map(([number, count]) => [number, count / FACTS_PER_PUSH]));
      },
      health: async (probe) => (await dossiers.get(`/health/${probe}`)).status,
      metrics: async () => (await dossiers.get('/metrics')).text(),
      stop: () => dossiers.stop(),
    };
  },
});
