import { dossierTopic } from '@index766/contracts-dossiers';
import { deadLetterTopicOf } from '@index766/platform-kafka';
import { freePort, mongoUri, sendRecords, startToxiproxy, type ServerProcess } from '@index766/testing-integration';
import { Toxiproxy, type ICreateToxicBody, type Latency, type Proxy } from 'toxiproxy-node-client';
import { allFigures } from './test/answers';
import { Installation } from './test/installation';
import { Loading } from './test/loading';
import { operate } from './test/operator';
import { HOST } from './test/service-environment';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { factsIn } from './test/topic-contents';
import { SEEN_WITHIN_MS, WatchedAlerts } from './test/watched-alerts';

const SLOW: ICreateToxicBody<Latency> = { name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 900, jitter: 0 } };
const undisturbed = loadedSystem();
const LEDGER = 'aggregator.ledger';

describe('alerts of a Prometheus that scrapes running services', () => {
  let toxiproxy: ServerProcess<'proxy'>;
  let database: Proxy;
  let installation: Installation;
  let alerts: WatchedAlerts;
  let loading: Loading;

  beforeAll(async () => {
    toxiproxy = await startToxiproxy();
    const mongo = new URL(mongoUri());
    const listen = `${HOST}:${await freePort()}`;
    database = await new Toxiproxy(toxiproxy.address).createProxy({ name: 'database', listen, upstream: mongo.host });
    mongo.host = listen;
    installation = await Installation.startApart({ name: 'alerts', secrets: undisturbed.secrets, mongo: mongo.href });
    loading = await Loading.start(installation.access);
    await operate(installation.access, ['settle']);
    alerts = await WatchedAlerts.over(installation.access);
  }, LOADED_WITHIN_MS);
  afterAll(async () => {
    await alerts.stop();
    await installation.stop();
    await toxiproxy.stop();
  });

  it('ServiceDown: fires when a service was killed, and is over when it is back', async () => {
    expect(await alerts.isFiring('ServiceDown', { job: 'feedback' })).toBe(false);
    await installation.kill('feedback');
    await alerts.fires('ServiceDown', { job: 'feedback' });
    await installation.startAgain('feedback');
    await alerts.isOver('ServiceDown', { job: 'feedback' });
  }, 2 * SEEN_WITHIN_MS);

  it('DatabaseSlow: fires when answers of the database take most of a second, and is over when they do not; nothing that was pushed meanwhile is lost', async () => {
    expect(await alerts.isFiring('DatabaseSlow', { job: 'dossiers' })).toBe(false);
    await loading.letGo(0.4);
    const slow = await database.addToxic(SLOW);
    expect(loading.isUnderway()).toBe(true);
    await alerts.fires('DatabaseSlow', { job: 'dossiers' });
    await slow.remove();
    await loading.finished();
    await operate(installation.access, ['settle']);
    await alerts.isOver('DatabaseSlow', { job: 'dossiers' });

    expect(await allFigures(installation.access)).toEqual(await allFigures(undisturbed));
  }, LOADED_WITHIN_MS);

  it('DeadLettersGrowing: fires for a record that is no fact, by its cause', async () => {
    const labels = { group: LEDGER, topic: dossierTopic.name, cause: 'refused' };
    expect(await alerts.isFiring('DeadLettersGrowing', labels)).toBe(false);
    await sendRecords(dossierTopic.name, [{ key: 'H44.13-1', value: 'no fact' }], [installation.access.broker]);
    await alerts.fires('DeadLettersGrowing', labels);
    await alerts.isOver('DeadLettersGrowing', labels);
  }, 2 * SEEN_WITHIN_MS);

  it('DeadLettersOpen: still fires for it then, and is over when an operator has given it up', async () => {
    const labels = { group: LEDGER, topic: dossierTopic.name };
    await alerts.fires('DeadLettersOpen', labels);
    const said = await operate(installation.access, ['dlt', 'drop', deadLetterTopicOf(dossierTopic.name, LEDGER), '0', '--reason', 'sent by a spec']);
    expect(said).toContain('is given up');
    await alerts.isOver('DeadLettersOpen', labels);
  }, 2 * SEEN_WITHIN_MS);

  it('ConsumerStuck: fires while records wait for a database that is away, and is over by itself when it is back', async () => {
    const labels = { group: LEDGER, topic: dossierTopic.name };
    await alerts.isOver('ConsumerStuck', labels);
    expect(await alerts.isFiring('ConsumerStuck', labels)).toBe(false);
    const { listen, upstream } = database;
    await database.update({ enabled: false, listen, upstream });
    const [fact] = await factsIn(undisturbed, dossierTopic);
    if (fact === undefined) throw new Error('the loaded system has no facts');
    await sendRecords(dossierTopic.name, [fact], [installation.access.broker]);
    await alerts.fires('ConsumerStuck', labels);
    await database.update({ enabled: true, listen, upstream });
    await alerts.isOver('ConsumerStuck', labels);
  }, 3 * SEEN_WITHIN_MS);
});
