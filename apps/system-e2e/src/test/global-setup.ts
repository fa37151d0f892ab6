import { kafkaBrokers, startServersOfRun } from '@index766/testing-integration';
import { Installation } from './installation';
import { operate } from './operator';
import { rememberRun } from './running-system';
import { SAMPLE_ARGUMENTS } from './small-sample';
import { makeSecretFiles } from './secret-files';
import { announceLoadedSystem } from './system-access';

/** Jest's globalSetup: the servers of the run, and one system on them with the sample loaded and settled. */
export default async function startLoadedSystem(): Promise<void> {
  await startServersOfRun();
  const { secrets, folder } = makeSecretFiles();
  const [broker = ''] = kafkaBrokers();
  const installation = await Installation.start({ name: 'loaded', broker, secrets });
  rememberRun({ installation, secretsFolder: folder });
  await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS]);
  await operate(installation.access, ['settle']);
  announceLoadedSystem(installation.access);
}
