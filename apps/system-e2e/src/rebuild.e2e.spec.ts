import { openDatabase, until, type OpenDatabase } from '@index766/testing-integration';
import { allFigures, readJson, readText } from './test/answers';
import { Installation } from './test/installation';
import { Loading } from './test/loading';
import { operate, startCommand, tryOperate } from './test/operator';
import { MONTH, UNITS } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { tokenFor } from './test/tokens';

const undisturbed = loadedSystem();
const GENERATION = /^index_generation (\d+)$/m;
const CHANGED_OVER_WITHIN_MS = 60_000;
/** What the portal published of a unit, and what came of it. */
const PUBLISHED = `/v1/units/${UNITS[0] ?? ''}/portal-figures/${MONTH}`;
const RECONCILIATION = `/v1/units/${UNITS[0] ?? ''}/reconciliation?period=${MONTH}`;
/** Place of a fact's known instant in its stored form (`ledger.document.ts` of the aggregator). */
const KNOWN_AT = 4;

describe('a rebuild of the aggregator, with two members, while pushes go on', () => {
  let installation: Installation;
  let second: string;
  let imported: string;
  let killed: { readonly generations: string; readonly served: readonly number[] };
  const servedBy = async (url: string): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(GENERATION.exec(text)?.[1]);
  };
  const served = () => Promise.all([installation.access.urls.aggregator, second].map(servedBy));
  /** Each member changes over by itself. */
  const allServe = (generation: number) => until(
    async () => (await served()).every((each) => each === generation),
    { timeoutMs: CHANGED_OVER_WITHIN_MS, everyMs: 100, what: `both members to serve generation ${generation}` },
  );
  const databaseOf = (generation: number): Promise<OpenDatabase> =>
    openDatabase(`${installation.access.databases.aggregator}${generation === 1 ? '' : `_g${generation}`}`);

  /** A decision of people: no generation has it, and all show it. */
  const importPublished = async (): Promise<string> => {
    const { access } = installation;
    const headers = { authorization: `Bearer ${await tokenFor(access, 'operator')}`, 'content-type': 'application/json', 'idempotency-key': 'rebuild-1' };
    const source = { document: '318/BC-VP', readAt: '2026-11-03T02:00:00.000Z' };
    const body = JSON.stringify({ source, figures: [{ indicator: '2.1', numerator: 1, denominator: 1_000 }] });
    const answer = await fetch(`${access.urls.aggregator}${PUBLISHED}`, { method: 'POST', headers, body });
    if (answer.status !== 200) throw new Error(`the import was answered ${answer.status}: ${await answer.text()}`);
    return readText(access, PUBLISHED);
  };

  beforeAll(async () => {
    installation = await Installation.startApart({ name: 'rebuild', secrets: undisturbed.secrets });
    ({ url: second } = await installation.join('aggregator'));
    const loading = await Loading.start(installation.access);
    await loading.letGo(0.3);
    await loading.paused();
    imported = await importPublished();
    await loading.letGo(0.6);
    const interrupted = startCommand(installation.access, ['rebuild']);
    await interrupted.said('generation 2 is built beside 1');
    interrupted.kill();
    await interrupted.ended;
    killed = { generations: await operate(installation.access, ['generations']), served: await served() };
    await loading.paused();
    await loading.letGo(0.8);
    await operate(installation.access, ['rebuild']);
    await allServe(2);
    await loading.finished();
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(() => installation.stop());

  it('leaves the live generation alone when it is killed in the middle', () => {
    expect(killed).toEqual({ generations: '1  live\n2  under construction\n', served: [1, 1] });
  });

  it('is gone on with by the next one, which switches', async () => {
    expect(await operate(installation.access, ['generations'])).toBe('2  live\n1  kept\n');
  });

  it('gives the same bytes over HTTP as a system that was never rebuilt, from both members', async () => {
    const expected = await allFigures(undisturbed);

    expect(await allFigures(installation.access)).toEqual(expected);
    expect(await allFigures({ ...installation.access, urls: { ...installation.access.urls, aggregator: second } })).toEqual(expected);
  });

  it('keeps what was decided: figures of the portal stand beside those of the new generation, in both members', async () => {
    for (const aggregator of [installation.access.urls.aggregator, second]) {
      const access = { ...installation.access, urls: { ...installation.access.urls, aggregator } };
      expect(await readText(access, PUBLISHED)).toBe(imported);
      const { indicators } = await readJson<{ readonly indicators: readonly object[] }>(access, RECONCILIATION);
      expect(indicators).toContainEqual(expect.objectContaining({ id: '2.1', theirs: expect.objectContaining({ numerator: 1, denominator: 1_000 }) as object }));
    }
  });

  it('leaves stored views and figures that follow from the facts', async () => {
    expect(await operate(installation.access, ['recompute'])).toContain('are as their facts say');
  });

  describe('when stored documents are damaged', () => {
    let live: OpenDatabase;
    beforeAll(async () => {
      live = await databaseOf(2);
    });
    afterAll(() => live.close());
    const someDossier = async (): Promise<string> => {
      const found = await live.db.collection<{ _id: string }>('ledger').findOne({}, { sort: { _id: 1 }, projection: { _id: 1 } });
      return found?._id ?? '';
    };

    /** Facts and view are stored as texts: `change` gets what one of them says. */
    const damage = async (dossier: string, part: 'facts' | 'view', change: (content: never) => void, besides: object = {}): Promise<void> => {
      const ledger = live.db.collection<{ _id: string; facts: string; view: string }>('ledger');
      const content = JSON.parse((await ledger.findOne({ _id: dossier }))?.[part] ?? '') as never;
      change(content);
      await ledger.updateOne({ _id: dossier }, { $set: { [part]: JSON.stringify(content), ...besides } });
    };

    it('recompute names a score and a dossier, and mends them under live members', async () => {
      const score = `${UNITS[0] ?? ''}|${MONTH}`;
      const dossier = await someDossier();
      const before = await allFigures(installation.access);
      const scores = live.db.collection<{ _id: string; counted: string }>('scores');
      const counted = JSON.parse((await scores.findOne({ _id: score }))?.counted ?? '') as { counts: { received: number } };
      counted.counts.received = 999_999;
      await scores.updateOne({ _id: score }, { $set: { counted: JSON.stringify(counted) } });
      await damage(dossier, 'view', ({ dossier: part }: { dossier: { holders: unknown[] } }) => void (part.holders = []), { units: [] });

      const found = await tryOperate(installation.access, ['recompute']);
      expect(found).toMatchObject({ code: 1, stdout: expect.stringMatching(`score +${score.replace('|', '\\|')} +counted.counts.received`) });
      expect(found.stdout).toMatch(new RegExp(`dossier +${dossier} +(units|view)`));
      await operate(installation.access, ['recompute', '--apply']);

      expect(await allFigures(installation.access)).toEqual(before);
      expect(await operate(installation.access, ['recompute'])).toContain('are as their facts say');
    });

    it('rebuild names a fact, does not switch, and switches when the topics are to be trusted', async () => {
      const dossier = await someDossier();
      const before = await allFigures(installation.access);
      await damage(dossier, 'facts', (byTopic: Record<string, unknown[][]>) => {
        const [first] = Object.values(byTopic)[0] ?? [];
        first?.splice(KNOWN_AT, 1, 0);
      });

      const refused = await tryOperate(installation.access, ['rebuild']);
      expect(refused).toMatchObject({ code: 1, stdout: expect.stringMatching(`dossier +${dossier} +facts\\[0\\].knownAt`) });
      expect(await served()).toEqual([2, 2]);

      await operate(installation.access, ['rebuild', '--trust-topics', '--drop-old']);
      await allServe(3);
      expect(await operate(installation.access, ['generations'])).toBe('3  live\n1  kept\n');
      expect(await allFigures(installation.access)).toEqual(before);
      expect(await operate(installation.access, ['lag'])).not.toMatch(/aggregator\.\w+ +2 /);
    });
  });
});
