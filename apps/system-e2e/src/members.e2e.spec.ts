import { dossierTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { until } from '@index766/testing-integration';
import { allFigures } from './test/answers';
import { expectRecordsOf } from './test/as-undisturbed';
import { putProcedure, receiveDossier } from './test/commands';
import { Installation } from './test/installation';
import { Loading } from './test/loading';
import { metricSum } from './test/metrics-of';
import { operate } from './test/operator';
import { sendPushes } from './test/send-pushes';
import { samplePushes, sampleReference } from './test/small-sample';
import { FACT_TOPICS, SERVICES, SERVICE_TRAITS, type ServiceName } from './test/services';
import { loadedSystem, type SystemAccess } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { factsIn, statementsById } from './test/topic-contents';

const undisturbed = loadedSystem();
const TOPICS = [...FACT_TOPICS, officerSeenTopic];
const PROCEDURE = procedureWithTerm();
const DOSSIER = 'H44.20-20261005-9999001';
const RECEIVED = { key: 'members-1', unit: 'H44.20', procedure: PROCEDURE.code, occurredAt: '2026-10-05T08:30:00+07:00' };
/** What the members of each service share out among them, by the series that each member shows of its part. */
const SHARED = SERVICES.flatMap((service) => {
  const { relaySlots, groups } = SERVICE_TRAITS[service];
  return [
    ...(relaySlots === undefined ? [] : [{ service, series: `relay_leased_slots{relay="${service}"}`, whole: relaySlots }]),
    ...Object.entries(groups).map(([group, whole]) => ({ service, series: `kafka_consumer_owned_partitions{group="${group}"}`, whole })),
  ];
});
/** Services of which nothing special is asked: their first member is killed and comes back beside the second. */
const OTHERS = SERVICES.filter((name) => !['catalog', 'dossiers', 'aggregator'].includes(name));

function procedureWithTerm() {
  const procedure = sampleReference().procedures.find(({ term }) => term?.kind === 'working-days');
  if (procedure === undefined) throw new Error('the sample has no procedure with a term of working days');
  return procedure;
}

describe('a load during which members of every service join and leave, in order and by kill -9', () => {
  let installation: Installation;
  /** The installation as somebody sees it who asks this member. */
  const through = (service: ServiceName, url: string): SystemAccess =>
    ({ ...installation.access, urls: { ...installation.access.urls, [service]: url } });

  beforeAll(async () => {
    installation = await Installation.startApart({ name: 'members', secrets: undisturbed.secrets });
    const loading = await Loading.start(installation.access);
    /** What changes while this part of the load is under way; the next part begins when it is done. */
    const during = async (share: number, change: () => Promise<readonly Promise<unknown>[]> | readonly Promise<unknown>[]) => {
      await loading.letGo(share);
      if (!loading.isUnderway()) throw new Error(`nothing was under way when the load had reached ${share}`);
      await Promise.all([...await change(), loading.paused()]);
    };
    await during(0.2, () => SERVICES.map((name) => installation.join(name)));
    await during(0.4, async () => {
      await Promise.all([...OTHERS.map((name) => installation.kill(name)), installation.kill('aggregator')]);
      const [, second] = installation.members('dossiers');
      if (second === undefined) throw new Error('no second member of dossiers');
      return [second.terminate(), installation.join('aggregator')];
    });
    await during(0.6, async () => {
      await installation.kill('dossiers'); // the load waits for the one that it speaks to
      return [
        installation.startAgain('dossiers'), installation.join('dossiers'), installation.first('catalog').terminate(),
        ...OTHERS.map((name) => installation.startAgain(name)),
      ];
    });
    await during(0.8, async () => {
      const [second] = installation.members('aggregator');
      await second?.kill();
      return [installation.startAgain('aggregator'), installation.startAgain('catalog')];
    });
    await loading.finished();
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it('leaves two members of every service, each of them ready', async () => {
    expect(SERVICES.map((name) => [name, installation.members(name).length])).toEqual(SERVICES.map((name) => [name, 2]));
    for (const member of SERVICES.flatMap((name) => installation.members(name))) await member.untilReady();
  });

  it('gives the figures of a load by one member each, byte for byte, from every member', async () => {
    const figures = await allFigures(undisturbed);
    for (const { url } of installation.members('aggregator')) {
      expect(await allFigures(through('aggregator', url))).toEqual(figures);
    }
  });

  it.each(FACT_TOPICS)('leaves every record of $name there, once by its id, without a gap in any key', (topic) => expectRecordsOf(undisturbed, installation.access, topic));

  it.each(SHARED)('shares out $series among the members, each part to one of them', async ({ service, series, whole }) => {
    const owned = () => metricSum(installation.members(service), series);
    await until(async () => (await owned()) === whole, { what: series, timeoutMs: 30_000 });
    expect(await owned()).toBe(whole);
  });

  it('records nothing new when another member gets the same pushes', async () => {
    const ids = async () => Promise.all(TOPICS.map(async (topic) => statementsById(await factsIn(installation.access, topic)).size));
    const before = await ids();

    const [, second] = installation.members('dossiers');
    await sendPushes(through('dossiers', second?.url ?? ''), samplePushes());
    await operate(installation.access, ['settle']);

    expect(await ids()).toEqual(before);
  });

  it('answers a command that is repeated at another member as the first time', async () => {
    const answers = [];
    const [first, second] = installation.members('dossiers');
    for (const member of [first, second, first]) answers.push(await receiveDossier(through('dossiers', member?.url ?? ''), DOSSIER, RECEIVED));

    expect(answers[0]).toMatchObject({ status: 200, body: { facts: [{ kind: 'dossier-received' }, { kind: 'due-date-set' }] } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('sets a due date anew once after a term changed, whichever member does it', async () => {
    const amount = PROCEDURE.term === null ? 1 : PROCEDURE.term.amount + 3;
    await putProcedure(installation.access, { ...PROCEDURE, term: { kind: 'working-days', amount } });

    const dueDates = async () => (await factsIn(installation.access, dossierTopic))
      .filter(({ key, headers }) => key === DOSSIER && headers['ce_type'] === 'dossiers.due-date-set.v1');
    await until(async () => (await dueDates()).length > 1, { what: 'the due date set anew', timeoutMs: 30_000 });
    await operate(installation.access, ['settle']);

    expect(statementsById(await dueDates()).size).toBe(2);
  });
});
