import { localDayOf, parsePeriod } from '@index766/kernel';

import { EditionWorld, PROVINCE, at } from '../test/edition-world';
import { FailingAt } from '../test/in-memory-editions';

const WEEK = '2026-W47';

async function takenBack(): Promise<EditionWorld> {
  const world = new EditionWorld();
  world.reportingSince = localDayOf(at('2026-11-16T00:00:00+07:00'));
  await world.member().look();
  await world.retract(WEEK, 1);
  return world;
}

async function openNext(world: EditionWorld): Promise<void> {
  const period = parsePeriod(WEEK);
  if (!period.ok) throw new Error(period.error.detail);
  await world.member().open(PROVINCE, period.value, 'publisher');
}

describe('an edition that is taken back', () => {
  it('is told as retracted in the index as it stands, once, whichever member looks', async () => {
    const world = await takenBack();
    const [one, other] = [world.member(), world.member()];
    for (const member of [one, other, one]) await member.look();
    expect(world.figures).toEqual(['1 official', '1 retracted']);
  });

  it('makes way for the next one', async () => {
    const world = await takenBack();
    await world.member().look();
    await openNext(world);
    await world.member().look();
    expect(world.figures).toEqual(['1 official', '1 retracted', '2 official']);
  });

  it('is told by nobody when another one came first', async () => {
    const world = await takenBack();
    await openNext(world);
    await world.member().look();
    expect(world.figures).toEqual(['1 official', '2 official']);
  });

  it('and is told while another one is published, leaves the last word to that one', async () => {
    const world = await takenBack();
    let isFirst = true;
    world.whileFiguresAreTold = async () => {
      if (!isFirst) return;
      isFirst = false;
      await openNext(world);
      await world.member().look();
    };
    await world.member().look();
    expect(world.figures.at(-1)).toBe('2 official');
    expect(world.figures).toContain('1 retracted');
  });

  it.each(['before', 'after'] as const)('is told when its member was killed %s any step', async (when) => {
    const counting = new FailingAt(0, when);
    await (await takenBack()).member(counting).look();
    for (let step = 1; step <= counting.calls; step += 1) {
      const world = await takenBack();
      await expect(world.member(new FailingAt(step, when)).look()).rejects.toThrow('CRASHED');
      await world.member().look();
      expect(world.figures.at(-1)).toBe('1 retracted');
      const told = world.figures.length;
      await world.member().look();
      expect(world.figures).toHaveLength(told);
    }
    expect(counting.calls).toBeGreaterThan(3);
  });
});
