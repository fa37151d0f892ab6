import { createPublicKey, verify } from 'node:crypto';

import { FailingAt } from '../test/in-memory-editions';
import { EditionWorld, PROVINCE, at, unitContent } from '../test/edition-world';
import { EditionQueries } from './edition-queries';
import { standingEdition, type PublishedEdition } from './edition-history';

const WEEK = '2026-W47';

/** What readers find of the week: through the decisions alone. */
async function published(world: EditionWorld): Promise<readonly PublishedEdition[]> {
  const series = await new EditionQueries(world.decisions, world.store).ofProvince(PROVINCE);
  return series.get(WEEK)?.editions ?? [];
}

/** Of every edition that can be read, every document can be read, and all are what was signed. */
async function expectWhole(world: EditionWorld): Promise<void> {
  const key = world.seal.key;
  if (key === null) throw new Error('the spec has a key');
  for (const { published: { manifest, sha256, signature } } of await published(world)) {
    expect(world.seal.hashOf(manifest)).toBe(sha256);
    expect(verify(null, Buffer.from(sha256, 'hex'), createPublicKey(key.publicKeyPem), Buffer.from(signature, 'base64'))).toBe(true);
    const { units, rankings, changes } = JSON.parse(manifest) as { units: { index: string; lateOfficers: string }[]; rankings: string; changes: string | null };
    const hashes = [...units.flatMap(({ index, lateOfficers }) => [index, lateOfficers]), rankings, ...(changes === null ? [] : [changes])];
    const texts = await world.store.findDocuments(hashes);
    for (const hash of hashes) expect(world.seal.hashOf(texts.get(hash) ?? '')).toBe(hash);
  }
}

async function callsUndisturbed(prepare: (world: EditionWorld) => Promise<void>): Promise<{ readonly calls: number; readonly hashes: readonly string[] }> {
  const world = new EditionWorld();
  await prepare(world);
  const counting = new FailingAt(0, 'before');
  await world.member(counting).look();
  return { calls: counting.calls, hashes: (await published(world)).map(({ published: { sha256 } }) => sha256) };
}

const given = {
  nothingPublished: () => Promise.resolve(),
  /** A day later a fact is known that makes a published number another one. */
  lateFact: async (world: EditionWorld) => {
    await world.member().look();
    world.now = at('2026-11-24T09:01:30+07:00');
    world.state = { ...world.state, watermarks: world.state.watermarks.map((each) => ({ ...each, passed: at('2026-11-24T09:00:10+07:00') })) };
    world.units = [unitContent('H44', 9), unitContent('H44.1', 3), unitContent('H44.2', 6)];
    world.earliest = at('2026-11-20T10:00:00+07:00');
    world.causes = [{ fact: 'dossiers.public.dossier.v1/H44.1-1/3', subject: 'H44.1-1', unit: 'H44.1' }];
  },
};

describe.each([['an official edition', given.nothingPublished, 1], ['an amended edition', given.lateFact, 2]] as const)('%s, its member killed', (_, prepare, count) => {
  it.each(['before', 'after'] as const)('%s every single step, is finished by another one: never half, never twice', async (when) => {
    const { calls, hashes } = await callsUndisturbed(prepare);
    expect(calls).toBeGreaterThan(8);
    expect(hashes).toHaveLength(count);
    for (let step = 1; step <= calls; step += 1) {
      const world = new EditionWorld();
      await prepare(world);
      await expect(world.member(new FailingAt(step, when)).look()).rejects.toThrow('CRASHED');
      await expectWhole(world);

      world.later(2);
      await world.member().look();
      await expectWhole(world);
      expect((await published(world)).map(({ published: { sha256 } }) => sha256)).toEqual(hashes);
      expect(await world.member().look()).toEqual([]);
      expect(await world.store.openClaims()).toEqual([]);
      expect([...world.announced.keys()]).toEqual(expect.arrayContaining([...hashes]));
    }
  });
});

describe('two members that look at the same time', () => {
  it('publish one edition, whatever each of them knows', async () => {
    const world = new EditionWorld();
    const [one, other] = [world.member(), world.member()];
    await Promise.all([one.look(), other.look()]);
    expect(await published(world)).toHaveLength(1);
    expect(standingEdition({ editions: await published(world), waivers: [] })?.published.state).toBe('official');
  });
});
