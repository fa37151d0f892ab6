import { setTimeout as pause } from 'node:timers/promises';
import { readTopic, startOwnKafka, startOwnMongo, until, type Server } from '@index766/testing-integration';
import type { Away, RunningServiceInOutage, ServiceInOutage } from './service-in-outage';

/**
 * How long broker and database stay away. The usual time is longer than a member's session lasts and shorter than
 * patience has to be; OUTAGE_SECONDS=30 is the outage that operators are promised to see nothing of afterwards.
 */
const OUTAGE_SECONDS = Number(process.env['OUTAGE_SECONDS'] ?? 8);
const INPUTS = 5;
const RECOVERS_WITHIN_MS = 60_000;

/**
 * What has to hold while database, broker or both are away and after they are back: the service lives and says that it is
 * not ready, nothing is skipped, nothing is taken twice, nothing is set aside, and it goes on without a hand.
 */
export function describeOutages(service: ServiceInOutage): void {
  describe(`outages: ${service.name}`, () => {
    let servers: { readonly kafka: Server; readonly mongo: Server };
    let running: RunningServiceInOutage;
    let given = 0;
    beforeAll(async () => {
      servers = { kafka: await startOwnKafka(), mongo: await startOwnMongo() };
      running = await service.start(servers);
    }, 180_000);
    afterAll(async () => {
      await running.stop();
      await Promise.all([servers.kafka.stop(), servers.mongo.stop()]);
    });

    const serverOf = (away: Away) => (away === 'database' ? servers.mongo : servers.kafka);
    /** An input that is not acknowledged is given again, as its source does. */
    const give = async (count: number) => {
      for (const last = given + count; given < last; ) {
        const next = given + 1;
        await until(() => running.give(next).then(() => true), { what: `input ${next} to be taken`, timeoutMs: RECOVERS_WITHIN_MS, everyMs: 100 });
        given = next;
      }
    };
    const untilAllArrived = () =>
      until(async () => {
        const arrived = await running.arrived();
        const missing = numbersTo(given).filter((number) => !arrived.has(number));
        return missing.length === 0 || Promise.reject(new Error(`missing: ${missing.join()}`));
      }, { what: 'every input to arrive', timeoutMs: RECOVERS_WITHIN_MS, everyMs: 100 });

    it.each([
      ['the database', ['database']], ['the broker', ['broker']], ['both', ['broker', 'database']],
    ] as const)(`with %s away for ${OUTAGE_SECONDS} s: alive, not ready; nothing skipped, set aside or taken twice; goes on by itself`, async (what, away) => {
      await give(INPUTS);
      await untilAllArrived();

      await Promise.all(away.map((each) => serverOf(each).kill()));
      const over = pause(OUTAGE_SECONDS * 1_000);
      const canGive = !away.some((each) => each === service.inputNeeds);
      if (canGive) await give(INPUTS);
      await until(async () => (await running.health('ready')) === 503, { what: 'the service to be not ready', timeoutMs: 30_000 });
      if (away.some((each) => each === 'database')) await thenIsPutOff(running);
      await over;
      expect(await running.health('live')).toBe(200);
      expect(await running.health('ready')).toBe(503);

      await Promise.all(away.map((each) => serverOf(each).restart()));
      const backAt = performance.now();
      await give(INPUTS);
      await untilAllArrived();
      await until(async () => (await running.health('ready')) === 200, { what: 'the service to be ready', timeoutMs: RECOVERS_WITHIN_MS });
      const seconds = ((performance.now() - backAt) / 1_000).toFixed(1);
      process.stdout.write(`${service.name}: ${what} away for ${OUTAGE_SECONDS} s, everything arrived and ready ${seconds} s after the return\n`);

      expect([...(await running.arrived())].sort(([a], [b]) => a - b)).toEqual(numbersTo(given).map((number) => [number, 1]));
      for (const topic of service.deadLetterTopics) expect(await readTopic(topic, { brokers: [servers.kafka.address] })).toEqual([]);
    }, OUTAGE_SECONDS * 1_000 + 4 * RECOVERS_WITHIN_MS);
  });
}

/** RFC 9110: come back after so many seconds. */
async function thenIsPutOff(running: RunningServiceInOutage): Promise<void> {
  const answer = await running.ask();
  expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('content-type')]).toEqual([
    503, expect.stringMatching(/^[1-9]\d*$/), expect.stringContaining('application/problem+json'),
  ]);
  expect(await answer.json()).toMatchObject({ status: 503, code: 'SERVICE.DATABASE_AWAY' });
}

function numbersTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
