import { readFileSync } from 'node:fs';
import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { isWatermark } from '@index766/contracts-envelope';
import { paymentTopic } from '@index766/contracts-payments';
import type { Push } from '@index766/sample';
import { openDatabase, readTopic, until } from '@index766/testing-integration';
import { describeClocks, knownAtByLog, readLog } from '@index766/testing-suites';
import { allFigures } from './test/answers';
import { clockFastBy } from './test/clock-skew';
import { assessFee } from './test/commands';
import { Installation } from './test/installation';
import { metricOf } from './test/metrics-of';
import { operate } from './test/operator';
import { sendPushes } from './test/send-pushes';
import type { ServiceProcess } from './test/service-process';
import { SAMPLE_ARGUMENTS, sampleCohorts } from './test/small-sample';
import { FACT_TOPICS, SERVICES, type ServiceName } from './test/services';
import { loadedSystem, type SystemAccess } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';

const undisturbed = loadedSystem();
const PARTITIONS = 12;
const FAST_MINUTES = 7;
const SLOW_MINUTES = 11;
/** What a member's measurement of the database's clock may be off by on a busy machine; far below what the clocks differ by. */
const MEASURED_WITHIN_MS = 60_000;
const SENT_BEFORE_STOP = 3;
/** The ledger has the facts of all services but what passes on parts of pushes. */
const LEDGER_TOPICS = FACT_TOPICS.filter(({ name }) => name !== intakeTopic.name);
const slotsOf = ({ name }: ServiceProcess) => `relay_leased_slots{relay="${name}"}`;
/** Fees that the desk assesses, of a few dossiers that come first. */
const DESK_FEE = 'DESK';
const ASSESSED = [...new Set(sampleCohorts()[0]?.pushes[0]?.data.map(({ MaHoSo }) => MaHoSo))].slice(0, 20);
/** A fact in its stored form, and places in it (`ledger.document.ts` of the aggregator). */
type StoredFact = readonly [sequence: number, kind: string, occurredAt: number, recordedAt: number, knownAt: number, ...unknown[]];
const SEQUENCE = 0;
const KNOWN_AT = 4;

/** The sample but for its last dossiers, as it comes from a source today: the service alone says when it recorded what. */
function pushesOfToday(): readonly Push[] {
  return sampleCohorts().slice(0, -1).flatMap(({ pushes }) => pushes).map((push) => ({ ...push, data: push.data.map((element) => withoutRecordedAt(element)) }));
}

/** Its last dossiers, as a replay that states when each fact was recorded. */
function replayedPushes(): readonly Push[] {
  return sampleCohorts().at(-1)?.pushes ?? [];
}

function withoutRecordedAt<Element extends object>(element: Element): Element {
  return Object.fromEntries(Object.entries(element).filter(([name]) => name !== 'recordedAt')) as Element;
}

describe('services whose clocks differ by minutes, one of which is stopped for longer than the grace of the watermarks', () => {
  let installation: Installation;
  let startedAt: number;
  /** Pushes that the stopped member had taken when it was stopped, and those of the other one meanwhile. */
  const taken = { before: 0, ofAll: 0, meanwhile: 0 };
  const through = ({ name, url }: ServiceProcess): SystemAccess => ({ ...installation.access, urls: { ...installation.access.urls, [name]: url } });
  const twoMembersOf = (name: ServiceName): readonly [ServiceProcess, ServiceProcess] => {
    const [first, second] = installation.members(name);
    if (first === undefined || second === undefined) throw new Error(`two members of ${name} were started`);
    return [first, second];
  };
  const recordsOf = (topic: string) => readTopic(topic, { brokers: [installation.access.broker], timeoutMs: 60_000 });
  const watermarksPassed = async (instant: number) => {
    const logs = await Promise.all([dossierTopic, paymentTopic].map(async ({ name }) => readLog(await recordsOf(name))));
    return logs.every(({ watermarks }) => watermarks.size === PARTITIONS && [...watermarks.values()].every((each) => each > instant));
  };
  /** Fees that the desk assesses: payments says when, as it does not for what follows from a push. */
  const assessFees = async (member: ServiceProcess, fee: string) => {
    for (const dossier of ASSESSED) {
      await until(async () => (await assessFee(through(member), dossier, { key: fee, fee })).status === 200, { what: `${fee} to be assessed`, timeoutMs: 60_000 });
    }
  };
  const serveGeneration = (generation: number) => until(async () => {
    const served = await Promise.all(installation.members('aggregator').map((member) => metricOf(member, 'index_generation')));
    return served.every((each) => each === generation);
  }, { what: 'the change-over', timeoutMs: 60_000 });

  beforeAll(async () => {
    startedAt = Date.now();
    installation = await Installation.startApart({
      name: 'clocks', secrets: undisturbed.secrets, environment: { ...clockFastBy(FAST_MINUTES), WATERMARK_INTERVAL_MS: '1000' },
    });
    for (const name of SERVICES) await installation.join(name, clockFastBy(-SLOW_MINUTES));
    await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS, '--only', 'reference']);
    const [stopped, other] = twoMembersOf('dossiers');
    const [stoppedDesk, otherDesk] = twoMembersOf('payments');
    const pushes = pushesOfToday();
    const [first = [], second = [], last = []] = [0, 1, 2].map((third) => pushes.filter((_, place) => Math.floor((place * 3) / pushes.length) === third));
    await sendPushes(through(other), first);
    await assessFees(stoppedDesk, `${DESK_FEE}-1`);

    // In the middle of its pushes, of which one may be decided and not written, and of its relay's rounds.
    let disturbedSent = 0;
    const disturbed = sendPushes(through(stopped), second, () => {
      disturbedSent += 1;
      if (disturbedSent === SENT_BEFORE_STOP) setImmediate(() => stopped.freeze()); // the next one is on its way
    });
    await until(() => disturbedSent >= SENT_BEFORE_STOP, { what: 'the member to be at work' });
    stoppedDesk.freeze();
    installation.first('aggregator').freeze();
    const stoppedAt = Date.now();
    await sendPushes(through(other), last, () => { taken.meanwhile += 1; });
    for (const member of [other, otherDesk]) {
      await until(async () => (await metricOf(member, slotsOf(member))) === PARTITIONS, { what: `the other member of ${member.name} to hold all slots`, timeoutMs: 60_000 });
    }
    await assessFees(otherDesk, `${DESK_FEE}-2`);
    await until(() => watermarksPassed(stoppedAt), { what: 'watermarks past the stop', timeoutMs: 120_000, everyMs: 2_000 });
    Object.assign(taken, { before: disturbedSent, ofAll: second.length });
    stopped.thaw();
    stoppedDesk.thaw();
    installation.first('aggregator').thaw();
    await disturbed;
    await assessFees(stoppedDesk, `${DESK_FEE}-3`);
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it('stop one in the middle of its pushes, while the other goes on', () => {
    expect(taken.before).toBeLessThan(taken.ofAll);
    expect(taken.meanwhile).toBeGreaterThan(0);
  });

  it('have clocks that differ, and do not show it in what they record', async () => {
    const [fast, slow] = installation.members('dossiers').map(({ logFile }) => firstLogTime(logFile));
    const recorded = readLog(await recordsOf(dossierTopic.name)).facts.map(({ recordedAt }) => recordedAt as number);

    expect((fast ?? 0) - startedAt).toBeGreaterThan((FAST_MINUTES - 1) * 60_000);
    expect(slow).toBeLessThan(startedAt);
    expect(Math.max(...recorded)).toBeLessThan(Date.now() + MEASURED_WITHIN_MS);
    expect(Math.min(...recorded)).toBeGreaterThan(startedAt - MEASURED_WITHIN_MS);
  });

  describeClocks([
    ...[dossierTopic, intakeTopic, officerSeenTopic].map(({ name }) => ({ topic: name, partitions: PARTITIONS, read: () => recordsOf(name) })),
    {
      topic: paymentTopic.name, partitions: PARTITIONS,
      // What follows from a push has the instant of the push: the clock of payments has no part in it.
      read: async () => (await recordsOf(paymentTopic.name)).filter((record) => isWatermark(record) || record.value?.includes(`"${DESK_FEE}-`) === true),
    },
  ]);

  // Last: what it sends stands behind watermarks that it contradicts.
  describe('when a replay states instants that watermarks have passed', () => {
    beforeAll(async () => {
      await sendPushes(installation.access, replayedPushes());
      await operate(installation.access, ['settle']);
    }, LOADED_WITHIN_MS);

    it('take every fact for known when the log says so, and a rebuild finds the same', async () => {
      const facts = (await Promise.all(LEDGER_TOPICS.map(async ({ name }) => readLog(await recordsOf(name)).facts))).flat();
      const byLog = new Map(facts.map((fact) => [fact.id, knownAtByLog(fact) as number]));
      const before = await allFigures(installation.access);

      expect(facts.filter((fact) => fact.recordedAt < knownAtByLog(fact)).length).toBeGreaterThan(0);
      expect(await knownInLedger(installation.access)).toEqual(byLog);
      await operate(installation.access, ['rebuild']);
      expect(await knownInLedger(installation.access, 2)).toEqual(byLog);
      await serveGeneration(2);
      expect(await allFigures(installation.access)).toEqual(before);
    });

    it('give the same figures, whichever of them is asked', async () => {
      const [first, second] = installation.members('aggregator');
      const at = (url = '') => allFigures({ ...installation.access, urls: { ...installation.access.urls, aggregator: url } });

      expect(await at(second?.url)).toEqual(await at(first?.url));
    });
  });
});

/** When each fact counts as known, by the id of its record. */
async function knownInLedger({ databases, mongo }: SystemAccess, generation = 1): Promise<ReadonlyMap<string, number>> {
  const database = await openDatabase(`${databases.aggregator}${generation === 1 ? '' : `_g${generation}`}`, mongo);
  try {
    const entries = await database.db.collection<{ _id: string; facts: string }>('ledger').find().toArray();
    return new Map(entries.flatMap(({ _id, facts }) => Object.entries(JSON.parse(facts) as Readonly<Record<string, readonly StoredFact[]>>)
      .flatMap(([topic, stored]) => stored.map((fact) => [`${topic}/${_id}/${fact[SEQUENCE]}`, fact[KNOWN_AT]] as const))));
  } finally {
    await database.close();
  }
}

function firstLogTime(file: string): number {
  const [first = ''] = readFileSync(file, 'utf8').split('\n');
  return Date.parse((JSON.parse(first) as { time: string }).time);
}
