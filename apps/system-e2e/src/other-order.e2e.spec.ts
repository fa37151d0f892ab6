import { allFigures } from './test/answers';
import { Installation } from './test/installation';
import { operate } from './test/operator';
import { rearranged } from './test/rearranged-pushes';
import { sendPushes } from './test/send-pushes';
import { SAMPLE_ARGUMENTS, samplePushes } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';

const reference = loadedSystem();

describe('the same pushes in another order and other groups, to services in another time zone', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.startApart({ name: 'other-order', secrets: reference.secrets, zone: 'America/Los_Angeles' });
    await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS, '--only', 'reference']);
    // What people say of dossiers and of each other's petitions comes before the dossiers.
    await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS, '--only', 'feedback']);
    await sendPushes(installation.access, rearranged(samplePushes(), 2026));
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it('give the same scores and late-officer lists, byte for byte', async () => {
    expect(await allFigures(installation.access)).toEqual(await allFigures(reference));
  });
});
