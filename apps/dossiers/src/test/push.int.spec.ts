import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { databaseName, readTopic, until, type RawRecord } from '@index766/testing-integration';
import { hoSo, tienTrinh } from './push-elements';
import { RunningDossiers } from './running-dossiers';

let dossiers: RunningDossiers;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename));
}, 60_000);
afterAll(() => dossiers.stop());

const recordsOf = async (topic: string, dossier: string): Promise<readonly RawRecord[]> =>
  (await readTopic(topic, { brokers: dossiers.brokers })).filter(({ key }) => key === dossier);

describe('a push', () => {
  it('brings the facts of its dossiers to their topic', async () => {
    const MaHoSo = 'H44.114-20261005-0001';
    expect(await dossiers.push([hoSo({ MaHoSo })])).toEqual({ error_code: '0', message: 'Đã tiếp nhận 1 (all 1 accepted)' });

    const records = await until(async () => {
      const found = await recordsOf(dossierTopic.name, MaHoSo);
      return found.length === 3 && found;
    }, { what: 'three facts' });
    expect(records.map(({ headers }) => headers['ce_type'])).toEqual([
      'dossiers.dossier-registered.v1', 'dossiers.dossier-received.v1', 'dossiers.due-date-set.v1',
    ]);
  });
});
