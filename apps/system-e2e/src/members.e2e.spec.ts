import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { until } from '@index766/testing-integration';
import { allFigures } from './test/answers';
import { putProcedure, receiveDossier } from './test/commands';
import { Installation } from './test/installation';
import { metricSum } from './test/metrics-of';
import { operate, startLoading } from './test/operator';
import { sendPushes } from './test/send-pushes';
import { SAMPLE_ARGUMENTS, samplePushes, sampleReference } from './test/small-sample';
import { SERVICES, loadedSystem, type ServiceName, type SystemAccess } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { factsIn, keysWithGaps, statementsById } from './test/topic-contents';

const undisturbed = loadedSystem();
const DOSSIER_PARTITIONS = 12;
const TOPICS = [dossierTopic, intakeTopic, officerSeenTopic];
const PROCEDURE = procedureWithTerm();
const DOSSIER = 'H44.20-20261005-9999001';
const RECEIVED = { key: 'members-1', unit: 'H44.20', procedure: PROCEDURE.code, occurredAt: '2026-10-05T08:30:00+07:00' };
/** What the members of each service share out among them, by the series that each member shows of its part. */
const SHARED: readonly { readonly service: ServiceName; readonly series: string; readonly whole: number }[] = [
  { service: 'dossiers', series: 'relay_leased_slots{relay="dossiers"}', whole: DOSSIER_PARTITIONS },
  { service: 'catalog', series: 'relay_leased_slots{relay="catalog"}', whole: 1 },
  { service: 'aggregator', series: 'kafka_consumer_owned_partitions{group="aggregator.ledger"}', whole: DOSSIER_PARTITIONS },
  { service: 'aggregator', series: 'kafka_consumer_owned_partitions{group="aggregator.reference"}', whole: 1 },
  { service: 'dossiers', series: 'kafka_consumer_owned_partitions{group="dossiers.reference"}', whole: 1 },
  { service: 'catalog', series: 'kafka_consumer_owned_partitions{group="catalog.officers"}', whole: DOSSIER_PARTITIONS },
];

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
    const loading = startLoading(installation.access, [...SAMPLE_ARGUMENTS, '--lanes', '2']);
    const changes: Promise<unknown>[] = [];
    const at = async (share: number, change: () => Promise<readonly Promise<unknown>[]> | readonly Promise<unknown>[]) => {
      try {
        await loading.pausedAt(share);
        if (!loading.isRunning()) throw new Error(`the load was over before ${share} of it`);
        changes.push(...await change());
      } finally {
        loading.goOn();
      }
    };
    await at(0.05, () => SERVICES.map((name) => installation.join(name)));
    await at(0.3, async () => {
      await Promise.all(changes);
      await installation.kill('aggregator');
      const [, second] = installation.members('dossiers');
      if (second === undefined) throw new Error('no second member of dossiers');
      return [second.terminate(), installation.join('aggregator')];
    });
    await at(0.5, async () => {
      await installation.kill('dossiers'); // the load waits for the one that it speaks to
      return [installation.startAgain('dossiers'), installation.join('dossiers'), installation.first('catalog').terminate()];
    });
    await at(0.75, async () => {
      const [second] = installation.members('aggregator');
      await second?.kill();
      return [installation.startAgain('aggregator')];
    });
    await Promise.all([...changes, loading.finished()]);
    await installation.startAgain('catalog');
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it('leaves two members of every service, each of them ready', async () => {
    expect(SERVICES.map((name) => installation.members(name).length)).toEqual([2, 2, 2]);
    for (const member of SERVICES.flatMap((name) => installation.members(name))) await member.untilReady();
  });

  it('gives the figures of a load by one member each, byte for byte, from every member', async () => {
    const figures = await allFigures(undisturbed);
    for (const { url } of installation.members('aggregator')) {
      expect(await allFigures(through('aggregator', url))).toEqual(figures);
    }
  });

  it.each([dossierTopic, intakeTopic])('leaves every record of $name there, once by its id, without a gap in any key', async (topic) => {
    const records = await factsIn(installation.access, topic);

    expect(statementsById(records)).toEqual(statementsById(await factsIn(undisturbed, topic)));
    expect(keysWithGaps(records)).toEqual([]);
  });

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
