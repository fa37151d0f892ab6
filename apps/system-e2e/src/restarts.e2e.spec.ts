import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { openDatabase } from '@index766/testing-integration';
import { allFigures } from './test/answers';
import { Installation } from './test/installation';
import { operate, startLoading } from './test/operator';
import { SAMPLE_ARGUMENTS } from './test/small-sample';
import { loadedSystem, type ServiceName } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { factsIn, keysWithGaps, statementsById } from './test/topic-contents';

const undisturbed = loadedSystem();
/** Each service dies once, when this part of the load was sent. */
const DEATHS: readonly { readonly service: ServiceName; readonly after: number }[] = [
  { service: 'dossiers', after: 0.1 }, { service: 'aggregator', after: 0.25 }, { service: 'catalog', after: 0.4 },
];

describe('a load during which each service is killed once and started again', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.startApart({ name: 'restarts', secrets: undisturbed.secrets });
    const loading = startLoading(installation.access, [...SAMPLE_ARGUMENTS, '--lanes', '1']);
    const restarts: Promise<void>[] = [];
    for (const { service, after } of DEATHS) {
      try {
        await loading.pausedAt(after);
        if (!loading.isRunning()) throw new Error(`the load was over before ${service} could be killed`);
        await installation.kill(service);
      } finally {
        // What comes next is sent to a service that is not there yet.
        loading.goOn();
      }
      restarts.push(installation.startAgain(service));
    }
    await Promise.all([...restarts, loading.finished()]);
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it('gives the same scores and late-officer lists as one without any death', async () => {
    expect(await allFigures(installation.access)).toEqual(await allFigures(undisturbed));
  });

  it.each([dossierTopic, intakeTopic])('leaves every record of $name there, once by its id, without a gap in any key', async (topic) => {
    const records = await factsIn(installation.access, topic);

    // A relay that dies between sending and noting it sends again: the copies have one id and say the same.
    expect(statementsById(records)).toEqual(statementsById(await factsIn(undisturbed, topic)));
    expect(keysWithGaps(records)).toEqual([]);
  });

  it.each(['dossiers', 'catalog'] as const)('leaves nothing in the outboxes of %s', async (service) => {
    const database = await openDatabase(installation.access.databases[service]);
    try {
      const collections = await database.db.collections();
      const countAll = (filter: object) => Promise.all(collections.map((collection) => collection.countDocuments(filter)));
      expect(Math.max(...await countAll({ outbox: { $exists: true } }))).toBeGreaterThan(0);
      expect(Math.max(...await countAll({ 'outbox.0': { $exists: true } }))).toBe(0);
    } finally {
      await database.close();
    }
  });
});
