import { setTimeout as pause } from 'node:timers/promises';
import { readTopic, startOwnKafka, startOwnMongo, until, type Server } from '@index766/testing-integration';
import type { Away, RunningServiceInOutage, ServiceInOutage } from './service-in-outage';

/**
 * How long broker and database stay away. The usual time is longer than a member's session, a relay's lease and the limits
 * below last, so that all of them are crossed; OUTAGE_SECONDS=30 is the outage that operators are promised to see nothing
 * of afterwards, with the limits that the service has by default.
 */
const IS_LONG = process.env['OUTAGE_SECONDS'] !== undefined;
const OUTAGE_SECONDS = Number(process.env['OUTAGE_SECONDS'] ?? 6);
const RECOVERS_WITHIN_SECONDS = Number(process.env['OUTAGE_RECOVERS_WITHIN_SECONDS'] ?? 60);
const SHORT_LIMITS = { MONGO_SERVER_SELECTION_TIMEOUT_MS: '500', MONGO_COMMAND_TIMEOUT_MS: '2000', KAFKA_SEND_TIMEOUT_MS: '3000' };
const INPUTS = 5;
const PATIENCE_MS = 60_000;
const SENDS_GIVEN_UP = /^kafka_publish_failures_total\{reason="away"\} [1-9]/m;

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
      const [kafka, mongo] = await Promise.all([startOwnKafka(), startOwnMongo()]);
      servers = { kafka, mongo };
      running = await service.start(servers, IS_LONG ? {} : SHORT_LIMITS);
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
        await until(() => running.give(next).then(() => true), { what: `input ${next} to be taken`, timeoutMs: PATIENCE_MS, everyMs: 100 });
        given = next;
      }
    };
    const untilAllArrived = () =>
      until(async () => {
        const arrived = await running.arrived();
        const missing = numbersTo(given).filter((number) => !arrived.has(number));
        return missing.length === 0 || Promise.reject(new Error(`missing: ${missing.join()}`));
      }, { what: 'every input to arrive', timeoutMs: PATIENCE_MS, everyMs: 100 });

    const untilReady = () => until(async () => (await running.health('ready')) === 200, { what: 'the service to be ready', timeoutMs: PATIENCE_MS });

    it.each([
      ['the database', ['database']], ['the broker', ['broker']], ['both', ['broker', 'database']],
    ] as const)(`with %s away for ${OUTAGE_SECONDS} s: alive, not ready; nothing skipped, set aside or taken twice; goes on by itself`, async (what, away) => {
      await give(INPUTS);
      await untilAllArrived();

      await Promise.all(away.map((each) => serverOf(each).kill()));
      const over = pause(OUTAGE_SECONDS * 1_000);
      const lacks = (server: Away) => away.some((each) => each === server);
      const canGive = !lacks(service.inputNeeds);
      if (canGive) await give(INPUTS);
      await until(async () => (await running.health('ready')) === 503, { what: 'the service to be not ready', timeoutMs: 30_000 });
      if (lacks('database')) await thenIsPutOff(await running.ask(given + 1));
      if (canGive && lacks('broker') && !IS_LONG) await until(async () => SENDS_GIVEN_UP.test(await running.metrics()), { what: 'a send to be given up' });
      await over;
      expect(await running.health('live')).toBe(200);
      expect(await running.health('ready')).toBe(503);

      const starting = stopwatch();
      await Promise.all(away.map((each) => serverOf(each).restart()));
      const startTook = starting();
      const recovering = stopwatch();
      const ready = untilReady().then(recovering);
      await give(INPUTS);
      const taken = recovering();
      await untilAllArrived();
      const arrived = recovering();
      const readyFirst = await ready;
      await untilReady();
      const recovered = recovering();
      process.stdout.write(
        `${service.name}: ${what} away for ${OUTAGE_SECONDS} s; answers ${seconds(startTook)} after its start; then ready ${seconds(readyFirst)},`
        + ` inputs taken ${seconds(taken)}, all arrived ${seconds(arrived)}, recovered ${seconds(recovered)}\n`,
      );
      expect(recovered).toBeLessThan(RECOVERS_WITHIN_SECONDS);

      expect([...(await running.arrived())].sort(([a], [b]) => a - b)).toEqual(numbersTo(given).map((number) => [number, 1]));
      for (const topic of service.deadLetterTopics) expect(await readTopic(topic, { brokers: [servers.kafka.address] })).toEqual([]);
    }, OUTAGE_SECONDS * 1_000 + 5 * PATIENCE_MS);
  });
}

/** RFC 9110: come back after so many seconds. */
async function thenIsPutOff(answer: Response): Promise<void> {
  expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('content-type')]).toEqual([
    503, expect.stringMatching(/^[1-9]\d*$/), expect.stringContaining('application/problem+json'),
  ]);
  expect(await answer.json()).toMatchObject({ status: 503, code: 'SERVICE.DATABASE_AWAY' });
}

function numbersTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Answers the seconds since it was made. */
function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) / 1_000;
}

function seconds(time: number): string {
  return `${time.toFixed(1)} s`;
}
