import { randomBytes } from 'node:crypto';
import { setRunSetting } from './run-settings';
import { rememberServers } from './running-servers';
import { chooseServerSource } from './servers/server-source';

/** Jest's globalSetup: one broker and one database for the whole run. */
export default async function startServers(): Promise<void> {
  // Its cleaner is one more image to fetch; the teardown stops what was started here.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const source = await chooseServerSource();
  const [kafka, mongo] = await Promise.all([source.startKafka(), source.startMongo()]);
  rememberServers([kafka, mongo]);
  setRunSetting('kafka', kafka.address);
  setRunSetting('mongo', mongo.address);
  setRunSetting('servers', source.kind);
  setRunSetting('run', randomBytes(4).toString('hex'));
}
