import { setTimeout as pause } from 'node:timers/promises';
import { dossierTopic } from '@index766/contracts-dossiers';
import { openDatabase, until, type OpenDatabase } from '@index766/testing-integration';
import { copyDatabase, putBack, type DatabaseCopy } from '@index766/testing-suites';
import { expectFiguresOf, expectRecordsOf } from './test/as-undisturbed';
import { Installation } from './test/installation';
import { Loading } from './test/loading';
import { operate } from './test/operator';
import { sendPushes } from './test/send-pushes';
import { FACT_TOPICS, SERVICE_TRAITS, type ServiceName } from './test/services';
import { samplePushes } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { factsIn, statementsById } from './test/topic-contents';

const undisturbed = loadedSystem();
/** Services whose documents are one for each dossier: their databases are put back. */
const RESTORED: readonly ServiceName[] = ['dossiers', 'payments'];
const LOST_AT_LEAST = 1_000;
/** A process that is started runs so long between two looks at what it has done. */
const SLICE_MS = 10;

describe('databases that are put back to copies from before the last thousand facts', () => {
  let installation: Installation;
  let databases: ReadonlyMap<ServiceName, OpenDatabase>;
  const copies = new Map<ServiceName, DatabaseCopy>();
  /** Facts in the documents of the services: in the copies, before the loss, when one was killed on its way back, and in the end. */
  const facts: Record<'copied' | 'lost' | 'killed' | 'restored', number> = { copied: 0, lost: 0, killed: 0, restored: 0 };

  const databaseOf = (name: ServiceName): OpenDatabase => {
    const database = databases.get(name);
    if (database === undefined) throw new Error(`the database of ${name} is not open`);
    return database;
  };
  const factsOf = async (name: ServiceName): Promise<number> => {
    const collections = (SERVICE_TRAITS[name].documents ?? []).map(({ collection }) => databaseOf(name).db.collection<{ facts: string }>(collection));
    const documents = (await Promise.all(collections.map((collection) => collection.find().toArray()))).flat();
    return documents.reduce((sum, document) => sum + (JSON.parse(document.facts) as readonly unknown[]).length, 0);
  };
  const factsOfAll = async () => (await Promise.all(RESTORED.map(factsOf))).reduce((sum, count) => sum + count, 0);

  /** Starts a service and kills it as soon as some of what it lacks is back, and not all of it. */
  const killOnTheWayBack = async (name: ServiceName): Promise<void> => {
    const [service, before] = [installation.first(name), await factsOf(name)];
    service.start();
    await until(async () => {
      await pause(SLICE_MS);
      service.freeze();
      const isUnderway = (await factsOf(name)) > before;
      if (!isUnderway) service.thaw();
      return isUnderway;
    }, { what: 'the service to be on its way back', timeoutMs: 60_000, everyMs: 0 });
    await service.kill();
  };

  beforeAll(async () => {
    installation = await Installation.startApart({ name: 'restore', secrets: undisturbed.secrets, environment: { WATERMARK_INTERVAL_MS: '1000' } });
    databases = new Map(await Promise.all(RESTORED.map(async (name) => [name, await openDatabase(installation.access.databases[name])] as const)));
    const loading = await Loading.start(installation.access);
    await loading.letGo(0.4);
    await loading.paused();
    await operate(installation.access, ['settle']);
    for (const name of RESTORED) copies.set(name, await copyDatabase(databaseOf(name)));
    facts.copied = await factsOfAll();
    await loading.finished();
    await operate(installation.access, ['settle']);
    facts.lost = await factsOfAll();

    await Promise.all(RESTORED.map((name) => installation.first(name).terminate()));
    for (const name of RESTORED) await putBack(databaseOf(name), copies.get(name) ?? new Map());
    await killOnTheWayBack('dossiers');
    facts.killed = await factsOfAll();
    await Promise.all(RESTORED.map((name) => installation.startAgain(name)));
    await operate(installation.access, ['settle']);
    facts.restored = await factsOfAll();
  }, LOADED_WITHIN_MS);
  afterAll(async () => {
    await Promise.all([...databases.values()].map((database) => database.close()));
    await installation.stop();
  });

  it('lose so much, and get all of it back, by a start that goes on where one was killed', () => {
    expect(facts.lost - facts.copied).toBeGreaterThan(LOST_AT_LEAST);
    expect(facts.killed).toBeGreaterThan(facts.copied);
    expect(facts.killed).toBeLessThan(facts.lost);
    expect(facts.restored).toBe(facts.lost);
  });

  it('leave the figures of a system that lost nothing', () => expectFiguresOf(undisturbed, installation.access));

  it.each(FACT_TOPICS)('leave every record of $name there, once by its id, without a gap in any key', (topic) => expectRecordsOf(undisturbed, installation.access, topic));

  it('say nothing new about dossiers when sources repeat everything, and the figures stay', async () => {
    const before = statementsById(await factsIn(installation.access, dossierTopic));
    await sendPushes(installation.access, samplePushes());
    await operate(installation.access, ['settle']);

    expect(statementsById(await factsIn(installation.access, dossierTopic))).toEqual(before);
    await expectFiguresOf(undisturbed, installation.access);
  });
});
