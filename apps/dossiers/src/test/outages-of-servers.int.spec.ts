import { dossierTopic } from '@index766/contracts-dossiers';
import { databaseName } from '@index766/testing-integration';
import { describeOutages } from '@index766/testing-suites';
import { hoSo } from './push-elements';
import { RunningDossiers } from './running-dossiers';
import { recordsIn, typeOf } from './topic-reader';

const PREFIX = 'H44.114-20261005-';

describeOutages({
  name: 'dossiers',
  inputNeeds: 'database',
  deadLetterTopics: ['catalog.public.unit.v1', 'catalog.public.procedure.v1', 'catalog.public.calendar.v1'].map((topic) => `${topic}.dossiers.reference.dlt`),
  start: async ({ kafka, mongo }) => {
    const dossiers = await RunningDossiers.start(databaseName(__filename), {
      MONGO_URI: mongo.address, MONGO_SERVER_SELECTION_TIMEOUT_MS: '500', MONGO_COMMAND_TIMEOUT_MS: '2000', WATERMARK_INTERVAL_MS: '1000',
    }, kafka);
    const push = async (number: number) => dossiers.post('/v1/national-sync', {
      token: await dossiers.tokenFor(['source']),
      body: { service: 'DongBoHoSoMC', data: [hoSo({ MaHoSo: `${PREFIX}${String(number).padStart(4, '0')}` })] },
    });
    return {
      ask: () => push(9_999),
      give: async (number) => {
        const { status } = await push(number);
        if (status !== 200) throw new Error(`the push was answered with ${status}`);
      },
      arrived: async () => {
        const received = (await recordsIn(dossiers, dossierTopic.name)).filter((record) => typeOf(record) === 'dossier-received');
        // The relay may send a record again; a fact that was taken twice would have two ids.
        const ids = new Set(received.map(({ key, headers }) => `${key} ${headers['ce_id'] ?? ''}`));
        return [...ids].reduce((times, id) => {
          const number = Number(id.slice(PREFIX.length).split(' ')[0]);
          return times.set(number, (times.get(number) ?? 0) + 1);
        }, new Map<number, number>());
      },
      health: async (probe) => (await dossiers.get(`/health/${probe}`)).status,
      stop: () => dossiers.stop(),
    };
  },
});
