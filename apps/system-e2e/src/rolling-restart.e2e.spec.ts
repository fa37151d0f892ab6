import { startOwnKafka, until, type Server } from '@index766/testing-integration';
import { expectFiguresOf, expectRecordsOf } from './test/as-undisturbed';
import { Installation } from './test/installation';
import { Loading } from './test/loading';
import { metricOf } from './test/metrics-of';
import { operate } from './test/operator';
import { FACT_TOPICS, SERVICES } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { SEEN_WITHIN_MS, WatchedAlerts } from './test/watched-alerts';

/** Parts of the load: one for each service, one for the broker, one for afterwards. */
const PARTS = SERVICES.length + 2;
/** What may fire while something is away, hurried as the rules are here; it has to be over by itself. */
const OF_ABSENCE = ['ServiceDown', 'BrokerAway', 'ConsumerStuck', 'ConsumerLagAge', 'CommitsFailing', 'OutboxOld', 'DatabaseSlow', 'NotReady'];
/** A request is given up as soon as that, and the next one tried: what takes minutes as shipped takes seconds here. */
const SEND_TIMEOUT_MS = '1000';

const undisturbed = loadedSystem();

describe('a load during which the services are restarted one after the other, and then the broker', () => {
  let kafka: Server;
  let installation: Installation;
  let alerts: WatchedAlerts;
  const ends: unknown[] = [];
  let turnedAway = 0;
  const pending = () => metricOf(installation.first('dossiers'), 'outbox_pending_entries{relay="dossiers"}');

  beforeAll(async () => {
    kafka = await startOwnKafka();
    installation = await Installation.start({
      name: 'rolling-restart', broker: kafka.address, secrets: undisturbed.secrets, environment: { KAFKA_SEND_TIMEOUT_MS: SEND_TIMEOUT_MS },
    });
    alerts = await WatchedAlerts.over(installation.access);
    const loading = await Loading.start(installation.access);
    for (const [place, name] of SERVICES.entries()) {
      await loading.letGo((place + 1) / PARTS);
      ends.push([name, loading.isUnderway(), await installation.first(name).terminate()]);
      if (name === 'dossiers') await until(() => loading.timesTurnedAway() > 0, { what: 'a push that nobody takes', timeoutMs: 60_000 });
      await Promise.all([installation.startAgain(name), loading.paused()]);
    }
    turnedAway = loading.timesTurnedAway();
    await loading.letGo((SERVICES.length + 1) / PARTS);
    await kafka.kill();
    await loading.paused();
    await until(async () => (await pending()) > 0, { what: 'records that wait for the broker', timeoutMs: 60_000 });
    await alerts.fires('BrokerAway', { job: 'dossiers' });
    await kafka.restart();
    await loading.finished();
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(async () => {
    await alerts.stop();
    await installation.stop();
    await kafka.stop();
  });

  it('ends each service in order, in the middle of the load', () => {
    expect(ends).toEqual(SERVICES.map((name) => [name, true, 0]));
  });

  it('has sources send again what nobody takes while dossiers restarts, and all of it is taken', () => {
    expect(turnedAway).toBeGreaterThan(0);
  });

  it('gives the same figures as a load without it', () => expectFiguresOf(undisturbed, installation.access));

  it.each(FACT_TOPICS)('leaves every record of $name there, once by its id, without a gap in any key', (topic) => expectRecordsOf(undisturbed, installation.access, topic));

  it.each(OF_ABSENCE)('leaves no alert: %s is over by itself', async (alert) => {
    await alerts.isOver(alert);
    expect(await alerts.isFiring(alert)).toBe(false);
  }, SEEN_WITHIN_MS);

  it('has an alert tell that the broker was away', async () => {
    expect(await alerts.fired()).toContain('BrokerAway');
  });

  it('has no alert tell of records that are missing or were set aside, at any time', async () => {
    const fired = await alerts.fired();

    expect(fired.filter((alert) => ['FactsMissing', 'DeadLettersGrowing'].includes(alert))).toEqual([]);
  });
});
