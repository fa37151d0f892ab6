import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dossierTopic, sourceTopic } from '@index766/contracts-dossiers';
import { until } from '@index766/testing-integration';
import { allFigures, readText } from './test/answers';
import { Installation } from './test/installation';
import { operate, tryOperate, type OperatorResult } from './test/operator';
import { publishedEditions, publishedIn, type PublishedHashes } from './test/published-editions';
import { sendPushes } from './test/send-pushes';
import { FACT_TOPICS, KNOWLEDGE_TOPICS, OWN_TOPICS } from './test/services';
import { MONTH, PROVINCE, samplePushes } from './test/small-sample';
import { loadedSystem, type SystemAccess } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { tokenFor } from './test/tokens';
import { factsIn, keysWithGaps, statementsById } from './test/topic-contents';

const original = loadedSystem();

/** A day before all of the sample's: no period waits less for its source. */
const COMPLETE_THROUGH = '2026-09-30';

/** A replay is told of to nobody: only a source that speaks of a day has a record in the topic of sources. */
async function untilASourceWasToldOf(): Promise<void> {
  const response = await fetch(`${original.urls.dossiers}/v1/source-complete`, {
    method: 'PUT', body: JSON.stringify({ day: COMPLETE_THROUGH }),
    headers: { authorization: `Bearer ${await tokenFor(original, 'source')}`, 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(`it was answered ${response.status}: ${await response.text()}`);
  await until(async () => (await factsIn(original, sourceTopic)).length > 0, { what: 'what the source said in its topic' });
}

/** A copy of a backup with one byte of one of its topics changed. */
function damagedCopyOf(whole: string): string {
  const copy = `${whole}-damaged`;
  cpSync(whole, copy, { recursive: true });
  const file = path.join(copy, 'topics', `${dossierTopic.name}.records.gz`);
  const bytes = readFileSync(file);
  const place = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  writeFileSync(file, bytes);
  return copy;
}

/** One that was broken off before its list was written. */
function brokenOffCopyOf(whole: string): string {
  const copy = `${whole}-broken-off`;
  cpSync(whole, copy, { recursive: true });
  rmSync(path.join(copy, 'backup.json'));
  return copy;
}

describe('a backup of a running installation, put into a new one that has nothing of it', () => {
  let folder: string;
  let restored: Installation;
  let hashes: PublishedHashes;
  const refused: Partial<Record<'damaged' | 'broken off' | 'in use' | 'a folder with something in it', OperatorResult>> = {};
  const known = async (access: SystemAccess, at: string) => readText(access, `/v1/units/${PROVINCE}/scores/${MONTH}?knownAt=${encodeURIComponent(at)}`);

  beforeAll(async () => {
    hashes = await publishedEditions();
    await untilASourceWasToldOf();
    folder = mkdtempSync(path.join(tmpdir(), 'index766-backup-'));
    const whole = path.join(folder, 'backup');
    await operate(original, ['backup', '--out', whole]);
    refused['a folder with something in it'] = await tryOperate(original, ['backup', '--out', whole]);
    restored = await Installation.startApart({
      name: 'restored', secrets: original.secrets,
      prepare: async (access) => {
        refused.damaged = await tryOperate(access, ['restore', '--from', damagedCopyOf(whole)]);
        refused['broken off'] = await tryOperate(access, ['restore', '--from', brokenOffCopyOf(whole)]);
        await operate(access, ['restore', '--from', whole]);
        refused['in use'] = await tryOperate(access, ['restore', '--from', whole]);
      },
    });
    await operate(restored.access, ['settle']);
  }, LOADED_WITHIN_MS);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await restored.stop();
  });

  it('gives the same figures, byte for byte', async () => {
    expect(await allFigures(restored.access)).toEqual(await allFigures(original));
  });

  it.each(['2026-10-12T00:00:00Z', '2026-10-26T00:00:00Z'])('gives the same figures as they were known at %s', async (at) => {
    expect(await known(restored.access, at)).toBe(await known(original, at));
  });

  it.each([...FACT_TOPICS, ...KNOWLEDGE_TOPICS, ...OWN_TOPICS])('has every record of $name, once by its id, and no other', async (topic) => {
    const records = await factsIn(restored.access, topic);

    expect(records.length).toBeGreaterThan(0);
    expect(statementsById(records)).toEqual(statementsById(await factsIn(original, topic)));
    expect(keysWithGaps(records)).toEqual([]);
  });

  it('has views and figures that follow from the facts', async () => {
    expect(await operate(restored.access, ['recompute'])).toContain('are as their facts say');
  });

  it('has the same editions, and they follow from what was restored: from the databases, and from the topics alone', async () => {
    expect(await publishedIn(restored.access)).toEqual(hashes);
    for (const from of [[], ['--from-topics']]) {
      const said = await operate(restored.access, ['editions', 'recompute', '--province', PROVINCE, ...from]);
      for (const [period, sha256] of Object.entries(hashes)) expect(said).toContain(`${period}  1  ${sha256}  the same\n`);
    }
  }, LOADED_WITHIN_MS);

  it('learns nothing new when sources repeat everything', async () => {
    const before = statementsById(await factsIn(restored.access, dossierTopic));
    await sendPushes(restored.access, samplePushes());
    await operate(restored.access, ['settle']);

    expect(statementsById(await factsIn(restored.access, dossierTopic))).toEqual(before);
    expect(await allFigures(restored.access)).toEqual(await allFigures(original));
  });

  it.each([
    ['damaged', 'is not what was written when the backup was made: nothing was restored.'],
    ['broken off', 'One that was broken off has none.'],
    ['in use', 'Nothing was restored, for these are not empty: '],
    ['a folder with something in it', 'is not empty: a backup gets a folder of its own.'],
  ] as const)('is refused when it is %s', (what, sentence) => {
    expect(refused[what]).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(sentence) as string });
  });

  it('can be read by its owner alone, for names of officers are in it', () => {
    const files = readdirSync(path.join(folder, 'backup'), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, 'backup', name));

    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => (statSync(file).mode & 0o077) !== 0)).toEqual([]);
  });
});
