import { HEALTHY, Health, unhealthy } from './health';

test('is up while every probe is', async () => {
  const health = new Health();
  health.addReadiness({ name: 'mongo', check: () => HEALTHY });
  expect(await health.ready()).toEqual({ status: 'up', probes: { mongo: { healthy: true, reasons: [] } } });
});

test('is down with the reasons of the probes that are not', async () => {
  const health = new Health();
  health.addReadiness({ name: 'mongo', check: () => HEALTHY });
  health.addReadiness({ name: 'kafka', check: () => Promise.resolve(unhealthy('no broker answers')) });
  expect(await health.ready()).toEqual({
    status: 'down',
    probes: { mongo: HEALTHY, kafka: { healthy: false, reasons: ['no broker answers'] } },
  });
});

test('a probe that fails or does not answer is a reason, not an error', async () => {
  const health = new Health(20);
  health.addReadiness({ name: 'broken', check: () => Promise.reject(new TypeError('MARKER')) });
  health.addReadiness({ name: 'throwing', check: () => { throw new RangeError('MARKER'); } });
  health.addReadiness({ name: 'silent', check: () => new Promise(() => undefined) });
  expect(await health.ready()).toEqual({
    status: 'down',
    probes: {
      broken: unhealthy('the probe failed: TypeError'),
      throwing: unhealthy('the probe failed: RangeError'),
      silent: unhealthy('no answer within 20 ms'),
    },
  });
});

test('readiness does not touch liveness, nor the other way', async () => {
  const health = new Health();
  health.addReadiness({ name: 'mongo', check: () => unhealthy('away') });
  expect((await health.live()).status).toBe('up');
  health.addLiveness({ name: 'consumer', check: () => unhealthy('dead') });
  expect((await health.live()).probes).toEqual({ consumer: unhealthy('dead') });
});

test('an application that stops is alive and not ready', async () => {
  const health = new Health();
  health.beginStopping();
  expect((await health.live()).status).toBe('up');
  expect(await health.ready()).toMatchObject({ status: 'down', probes: { application: { reasons: ['the application is stopping'] } } });
});

test('two probes of one name are a bug', () => {
  const health = new Health();
  health.addLiveness({ name: 'a', check: () => HEALTHY });
  expect(() => health.addLiveness({ name: 'a', check: () => HEALTHY })).toThrow('a probe a already');
});
