import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dossierTopic } from '@index766/contracts-dossiers';
import { freePort, mongoUri, sendRecords, startPrometheus, startToxiproxy, until, type RunningPrometheus, type ServerProcess } from '@index766/testing-integration';
import { Toxiproxy, type ICreateToxicBody, type Latency, type Proxy } from 'toxiproxy-node-client';
import { Installation } from './test/installation';
import { operate } from './test/operator';
import { PrometheusApi } from './test/prometheus-api';
import { HOST } from './test/service-environment';
import { SAMPLE_ARGUMENTS } from './test/small-sample';
import { SERVICES } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { factsIn } from './test/topic-contents';
import { inWorkspace } from './test/workspace';

/** An alert fires at a second look; a group's lag is looked at every fifteen seconds. */
const SEEN_WITHIN_MS = 90_000;
const SLOW: ICreateToxicBody<Latency> = { name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 900, jitter: 0 } };
const LEDGER = 'aggregator.ledger';

/** The shipped rules with seconds for minutes and hours: what they look for is the same, they only do not wait so long. */
function hurriedRules(): string {
  return readFileSync(inWorkspace('infra', 'prometheus', 'alerts.yml'), 'utf8')
    .replace(/for: \d+[mh]/g, 'for: 2s')
    .replace(/\[\d+m\]/g, '[8s]');
}

describe('alerts of a Prometheus that scrapes running services', () => {
  let folder: string;
  let toxiproxy: ServerProcess<'proxy'>;
  let database: Proxy;
  let installation: Installation;
  let prometheus: RunningPrometheus;
  const firing = async (alert: string, labels: Readonly<Record<string, string>>): Promise<boolean> => {
    const matchers = Object.entries({ alertname: alert, alertstate: 'firing', ...labels }).map(([name, value]) => `${name}="${value}"`).join(', ');
    return (await new PrometheusApi(prometheus.url).query(`ALERTS{${matchers}}`)).length > 0;
  };
  const fires = (alert: string, labels: Readonly<Record<string, string>>) =>
    until(() => firing(alert, labels), { what: `${alert} to fire`, timeoutMs: SEEN_WITHIN_MS, everyMs: 250 });
  const isOver = (alert: string, labels: Readonly<Record<string, string>>) =>
    until(async () => !(await firing(alert, labels)), { what: `${alert} to be over`, timeoutMs: SEEN_WITHIN_MS, everyMs: 250 });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'index766-alerts-'));
    const rulesFile = path.join(folder, 'alerts.yml');
    writeFileSync(rulesFile, hurriedRules());
    toxiproxy = await startToxiproxy();
    const mongo = new URL(mongoUri());
    const listen = `${HOST}:${await freePort()}`;
    database = await new Toxiproxy(toxiproxy.address).createProxy({ name: 'database', listen, upstream: mongo.host });
    mongo.host = listen;
    installation = await Installation.startApart({ name: 'alerts', secrets: loadedSystem().secrets, mongo: mongo.href });
    await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS, '--only', 'reference']);
    await operate(installation.access, ['settle']);
    const targets = Object.fromEntries(SERVICES.map((name) => [name, new URL(installation.access.urls[name]).host]));
    prometheus = await startPrometheus({ targets, rulesFile });
    const api = new PrometheusApi(prometheus.url);
    await until(async () => (await api.query('count(up == 1)'))[0]?.value === SERVICES.length, { what: 'every service to be scraped', timeoutMs: 60_000 });
  }, LOADED_WITHIN_MS);
  afterAll(async () => {
    await prometheus.stop();
    await installation.stop();
    await toxiproxy.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('ServiceDown: fires when a service was killed, and is over when it is back', async () => {
    expect(await firing('ServiceDown', { job: 'feedback' })).toBe(false);
    await installation.kill('feedback');
    await fires('ServiceDown', { job: 'feedback' });
    await installation.startAgain('feedback');
    await isOver('ServiceDown', { job: 'feedback' });
  }, 2 * SEEN_WITHIN_MS);

  it('DatabaseSlow: fires when answers of the database take most of a second, and is over when they do not', async () => {
    expect(await firing('DatabaseSlow', { job: 'dossiers' })).toBe(false);
    const slow = await database.addToxic(SLOW);
    await fires('DatabaseSlow', { job: 'dossiers' });
    await slow.remove();
    await isOver('DatabaseSlow', { job: 'dossiers' });
  }, 2 * SEEN_WITHIN_MS);

  it('DeadLettersGrowing: fires for a record that is no fact, by its cause', async () => {
    const labels = { group: LEDGER, topic: dossierTopic.name, cause: 'refused' };
    expect(await firing('DeadLettersGrowing', labels)).toBe(false);
    await sendRecords(dossierTopic.name, [{ key: 'H44.13-1', value: 'no fact' }], [installation.access.broker]);
    await fires('DeadLettersGrowing', labels);
    await isOver('DeadLettersGrowing', labels);
  }, 2 * SEEN_WITHIN_MS);

  it('ConsumerStuck: fires while records wait for a database that is away, and is over by itself when it is back', async () => {
    const labels = { group: LEDGER, topic: dossierTopic.name };
    await isOver('ConsumerStuck', labels);
    expect(await firing('ConsumerStuck', labels)).toBe(false);
    const { listen, upstream } = database;
    await database.update({ enabled: false, listen, upstream });
    const [fact] = await factsIn(loadedSystem(), dossierTopic);
    if (fact === undefined) throw new Error('the loaded system has no facts');
    await sendRecords(dossierTopic.name, [fact], [installation.access.broker]);
    await fires('ConsumerStuck', labels);
    await database.update({ enabled: true, listen, upstream });
    await isOver('ConsumerStuck', labels);
  }, 3 * SEEN_WITHIN_MS);
});
