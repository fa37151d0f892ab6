import { openDatabase } from '@index766/testing-integration';
import { expectFiguresOf, expectRecordsOf } from './test/as-undisturbed';
import { Installation } from './test/installation';
import { Loading } from './test/loading';
import { operate } from './test/operator';
import { FACT_TOPICS, PRODUCERS, SERVICES, type ServiceName } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';

const undisturbed = loadedSystem();
describe('a load during which each service is killed once and started again', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.startApart({ name: 'restarts', secrets: undisturbed.secrets });
    const loading = await Loading.start(installation.access);
    for (const [place, name] of SERVICES.entries()) {
      await loading.letGo((place + 1) / (SERVICES.length + 1));
      if (!loading.isUnderway()) throw new Error(`nothing was under way when ${name} was to be killed`);
      await installation.kill(name);
      // What comes next is sent to a service that is not there yet.
      await Promise.all([installation.startAgain(name), loading.paused()]);
    }
    await loading.finished();
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it('gives the same scores and late-officer lists as one without any death', () => expectFiguresOf(undisturbed, installation.access));

  it.each(FACT_TOPICS)('leaves every record of $name there, once by its id, without a gap in any key', (topic) => expectRecordsOf(undisturbed, installation.access, topic));

  it.each(PRODUCERS)('leaves nothing in the outboxes of %s', async (service) => {
    expect(await mostDocumentsOf(service, { 'outbox.0': { $exists: true } })).toBe(0);
  });

  it.each(PRODUCERS.filter(recordsTheSample))('has %s record something of the load', async (service) => {
    expect(await mostDocumentsOf(service, { outbox: { $exists: true } })).toBeGreaterThan(0);
  });

  /** Of the collection of a service that has most documents of this kind. */
  async function mostDocumentsOf(service: ServiceName, filter: object): Promise<number> {
    const database = await openDatabase(installation.access.databases[service]);
    try {
      const collections = await database.db.collections();
      return Math.max(...await Promise.all(collections.map((collection) => collection.countDocuments(filter))));
    } finally {
      await database.close();
    }
  }
});

/** The sample of the system specs has neither ratings nor petitions: nothing of it comes to feedback. */
function recordsTheSample(service: ServiceName): boolean {
  return service !== 'feedback';
}
