import { readFileSync } from 'node:fs';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import { setTopicConfig, until } from '@index766/testing-integration';
import { Installation } from './test/installation';
import { metricOf } from './test/metrics-of';
import { operate, tryOperate } from './test/operator';
import { sendPushes } from './test/send-pushes';
import { SAMPLE_ARGUMENTS, samplePushes } from './test/small-sample';
import { SERVICES } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';

const OLDEST = 'outbox_oldest_age_seconds{relay="dossiers"}';
/** Long enough that a service that works would have answered. */
const ANSWER_WITHIN_MS = 3_000;
/** Records: two watermarks of each of the topic's partitions. */
const UNREAD = 24;

interface Health {
  readonly status: number;
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

async function health(url: string, kind: 'live' | 'ready'): Promise<Health> {
  const response = await fetch(`${url}/health/${kind}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const { probes } = (await response.json()) as { probes: Readonly<Record<string, { healthy: boolean; reasons: readonly string[] }>> };
  const unhealthy = Object.entries(probes).filter(([, { healthy }]) => !healthy);
  return { status: response.status, reasons: Object.fromEntries(unhealthy.map(([name, { reasons }]) => [name, reasons])) };
}

describe('health of services that run as processes', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.startApart({
      name: 'health', secrets: loadedSystem().secrets, environment: { OUTBOX_ALARM_MS: '1000', WATERMARK_INTERVAL_MS: '1000' },
    });
    await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS, '--only', 'reference']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it.each(SERVICES)('%s is alive and ready when all is well', async (name) => {
    const { url } = installation.first(name);

    expect(await health(url, 'live')).toEqual({ status: 200, reasons: {} });
    expect(await health(url, 'ready')).toEqual({ status: 200, reasons: {} });
  });

  it.each(SERVICES)('%s does not answer while its event loop stands still, and is ready by itself when it goes on', async (name) => {
    const service = installation.first(name);
    service.freeze();
    try {
      await expect(health(service.url, 'live')).rejects.toThrow(/timeout/i);
    } finally {
      service.thaw();
    }

    await service.untilReady();
    expect(await health(service.url, 'live')).toEqual({ status: 200, reasons: {} });
  });

  it('is told to operators in plain words: all is well, or who does not answer and what to do', async () => {
    expect(await tryOperate(installation.access, ['doctor'])).toMatchObject({ code: 0, stdout: expect.not.stringContaining('✗') as string });
    const payments = installation.first('payments');
    payments.freeze();
    try {
      const { code, stdout } = await tryOperate(installation.access, ['doctor']);

      expect(code).toBe(1);
      expect(stdout).toContain(`✗ payments ${payments.url}\n`);
      expect(stdout).toMatch(/✗ payments .*\n {4}không trả lời: .*\n {4}→ khởi động dịch vụ/);
      expect(stdout).toContain('✓ catalog ');
    } finally {
      payments.thaw();
    }
    await payments.untilReady();
  });

  it('shows operators how far each group is behind: one whose service stands still more and more', async () => {
    const lagOf = async (group: string, topic: string) => {
      const [, records] = new RegExp(`^${group} +1 +${topic} +(\\d+)$`, 'm').exec(await operate(installation.access, ['lag'])) ?? [];
      return Number(records);
    };
    for (const group of ['payments.intake', 'digitization.intake', 'aggregator.ledger']) expect(await lagOf(group, dossierTopic.name)).toBeGreaterThanOrEqual(0);
    const payments = installation.first('payments');
    payments.freeze();
    try {
      const before = await lagOf('payments.intake', dossierTopic.name);
      // Watermarks alone, of every partition, more often than a service that works leaves them unread.
      await until(async () => await lagOf('payments.intake', dossierTopic.name) > before + UNREAD, { what: 'the group of a service that stands still to fall behind', timeoutMs: 60_000 });
    } finally {
      payments.thaw();
    }
    await payments.untilReady();
    await until(async () => await lagOf('payments.intake', dossierTopic.name) < UNREAD, { what: 'the group to catch up', timeoutMs: 60_000 });
  });

  it('shows operators up to when all of a topic is sent, once each partition was read', async () => {
    const watermarks = () => operate(installation.access, ['watermarks']);
    for (const { name } of [dossierTopic, paymentTopic, documentTopic]) {
      const told = new RegExp(`^${name} +12 +0 +\\d{4}-\\S+ +\\d+$`, 'm');
      await until(async () => told.test(await watermarks()), { what: `a watermark of every partition of ${name}`, timeoutMs: 60_000 });

      expect(await watermarks()).toMatch(told);
    }
  });

  it('tells of a record that waits too long although the broker answers, in readiness, metric and log, and is alive', async () => {
    const { url, logFile } = installation.first('dossiers');
    // The broker answers and refuses every record; who reads the topic is not disturbed.
    await setTopicConfig(intakeTopic.name, { 'max.message.bytes': '1' }, [installation.access.broker]);
    // Steps alone have nothing for the intake topic.
    await sendPushes(installation.access, samplePushes().filter(({ service }) => service === 'DongBoHoSoMC').slice(0, 1));

    await until(async () => /has waited in the outbox/.test(JSON.stringify((await health(url, 'ready')).reasons)), { what: 'readiness to tell', timeoutMs: 60_000 });
    expect(await health(url, 'ready')).toMatchObject({ status: 503, reasons: { 'relay:dossiers': expect.anything() as unknown } });
    expect((await health(url, 'live')).status).toBe(200);
    await until(async () => (await metricOf(installation.first('dossiers'), OLDEST)) > 1, { what: 'the metric to tell' });
    await until(() => readFileSync(logFile, 'utf8').includes('records wait in the outbox for too long'), { what: 'the log to tell' });

    await setTopicConfig(intakeTopic.name, {}, [installation.access.broker]);
    await installation.first('dossiers').untilReady();
    await until(async () => (await metricOf(installation.first('dossiers'), OLDEST)) === 0, { what: 'the records to leave', timeoutMs: 60_000 });
  });
});
