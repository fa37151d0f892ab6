import { until } from '@index766/testing-integration';
import { expectFiguresOf, expectRecordsOf } from './test/as-undisturbed';
import { Installation } from './test/installation';
import { Loading } from './test/loading';
import { metricOf } from './test/metrics-of';
import { operate } from './test/operator';
import { FACT_TOPICS, SERVICES } from './test/services';
import { SmallDisk } from './test/small-disk';
import { SupervisedBroker } from './test/supervised-broker';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { WatchedAlerts } from './test/watched-alerts';

const DISK_MEGABYTES = 64;
/** A send that fails is told when its time is over; the alert that counts them is hurried here. */
const SEND_TIMEOUT_MS = '1000';
/** Less than what is still to come, so that the broker itself meets the end of its disk in the middle of the load. */
const LEFT_BYTES = 128 * 1024;

const undisturbed = loadedSystem();

describe('a load during which the disk of the broker is full for a while', () => {
  let disk: SmallDisk;
  let broker: SupervisedBroker;
  let installation: Installation;
  let alerts: WatchedAlerts;
  const pending = () => metricOf(installation.first('dossiers'), 'outbox_pending_entries{relay="dossiers"}');
  const during = { ends: 0, pending: 0 };

  beforeAll(async () => {
    disk = await SmallDisk.make(DISK_MEGABYTES);
    broker = await SupervisedBroker.start(`${disk.folder}/kafka`);
    installation = await Installation.start({
      name: 'full-disk', broker: broker.address, secrets: undisturbed.secrets, environment: { KAFKA_SEND_TIMEOUT_MS: SEND_TIMEOUT_MS },
    });
    alerts = await WatchedAlerts.over(installation.access);
    const loading = await Loading.start(installation.access);
    await loading.letGo(0.3);
    disk.fill(LEFT_BYTES);
    await loading.letGo(0.9);
    await until(() => broker.ends > 0, { what: 'the broker to end', timeoutMs: 120_000 });
    await alerts.fires('BrokerAway', { job: 'dossiers' });
    await alerts.fires('OutboxOld', { job: 'dossiers', relay: 'dossiers' });
    // Sources are answered meanwhile: the database has what they send.
    await loading.paused();
    Object.assign(during, { ends: broker.ends, pending: await pending() });
    disk.makeRoom();
    await loading.finished();
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(async () => {
    await alerts.stop();
    await installation.stop();
    await broker.stop();
    await disk.remove();
  });

  it('ends the broker, and leaves what was pushed meanwhile in the outbox', () => {
    expect(during.ends).toBeGreaterThan(0);
    expect(during.pending).toBeGreaterThan(0);
  });

  it('is over by itself when there is room: the broker stays, every service is ready, the outbox is empty', async () => {
    for (const alert of ['BrokerAway', 'OutboxOld']) await alerts.isOver(alert);
    for (const name of SERVICES) await installation.first(name).untilReady();
    expect(await pending()).toBe(0);
  });

  it('gives the same figures as a load without it', () => expectFiguresOf(undisturbed, installation.access));

  it.each(FACT_TOPICS)('leaves every record of $name there, once by its id, without a gap in any key', (topic) => expectRecordsOf(undisturbed, installation.access, topic));

  it('tells of the broker and of what waits, and of nothing that would be lost or set aside', async () => {
    expect(await alerts.fired()).toEqual(expect.arrayContaining(['BrokerAway', 'OutboxOld']));
    expect(await alerts.fired()).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(FactsMissing|DeadLettersGrowing)$/)]));
  });
});
