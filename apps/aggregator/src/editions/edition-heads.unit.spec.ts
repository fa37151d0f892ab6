import { localDayOf } from '@index766/kernel';

import { EditionWorld, PROVINCE, at } from '../test/edition-world';
import { EditionHeads } from './edition-heads';

/** Heads of a world, and which histories were read for them. */
function headsOf(world: EditionWorld) {
  const read: string[] = [];
  const heads = new EditionHeads({
    versionsWith: (beginning) => world.decisions.versionsWith(beginning),
    findMany: (keys) => {
      read.push(...keys);
      return world.decisions.findMany(keys);
    },
  });
  return { heads, read };
}

describe('heads of editions', () => {
  it('say what was published and what was taken back, without reading anything twice', async () => {
    const world = new EditionWorld();
    world.reportingSince = localDayOf(at('2026-11-16T00:00:00+07:00'));
    const { heads, read } = headsOf(world);
    expect([await heads.read(), read]).toEqual([[], []]);

    await world.member().look();
    const publishedAt = world.now;
    const published = { province: PROVINCE, period: { name: '2026-W47' }, editions: [{ number: 1, publishedAt, isRetracted: false }] };
    expect(await heads.read()).toMatchObject([published]);
    expect(await heads.read()).toMatchObject([published]);
    expect(read).toEqual([`editions@${PROVINCE}@2026-W47`]);

    await world.retract('2026-W47', 1);
    expect(await heads.read()).toMatchObject([{ editions: [{ number: 1, publishedAt, isRetracted: true }] }]);
    expect(read).toHaveLength(2);
  });

  it('are those that have an edition: a waiver alone is none', async () => {
    const world = new EditionWorld();
    world.now = at('2026-11-23T10:00:00+07:00');
    await world.waive('2026-W47', 'payments');
    expect(await headsOf(world).heads.read()).toEqual([]);
  });
});
