import { localDayOf } from '@index766/kernel';

import { EditionWorld, PROVINCE, at } from '../test/edition-world';
import { periodNamed } from '../test/in-memory-aggregator';
import { EditionHeads } from './edition-heads';
import { ToldEditions } from './told-editions';

const SOON_AFTER_SECONDS = 30;

async function toldOf(world: EditionWorld) {
  const [waiting, published] = [new Map<string, number>(), new Map<string, number>()];
  const told = new ToldEditions({
    keeper: world.member(), heads: new EditionHeads(world.decisions), now: () => world.now,
    tellWaiting: ({ unit, period }, seconds) => waiting.set(`${unit} ${period}`, seconds),
    tellPublished: ({ unit, period }, seconds) => published.set(`${unit} ${period}`, seconds),
  });
  await told.tell();
  return { waiting: Object.fromEntries(waiting), published: Object.fromEntries(published) };
}

describe('what /metrics says of editions', () => {
  it('is how long a week waits that something holds back, and of a month that none waits', async () => {
    const world = new EditionWorld();
    world.reportingSince = localDayOf(at('2026-11-16T00:00:00+07:00'));
    world.state = { ...world.state, letters: [{ letter: 'facts.group.dlt/3', subject: null, knownAfter: null, replayedAt: null }] };
    await world.member().look();
    expect(await toldOf(world)).toEqual({
      waiting: { [`${PROVINCE} week`]: SOON_AFTER_SECONDS, [`${PROVINCE} month`]: 0, [`${PROVINCE} year`]: 0 }, published: {},
    });

    world.later(120);

    expect((await toldOf(world)).waiting).toMatchObject({ [`${PROVINCE} week`]: SOON_AFTER_SECONDS + 7_200 });
  });

  it('is when one was published last, and that nothing waits any more', async () => {
    const world = new EditionWorld();
    await world.member().look();
    const publishedAt = world.now / 1_000;
    world.later(120);

    expect(await toldOf(world)).toEqual({
      waiting: { [`${PROVINCE} week`]: 0, [`${PROVINCE} month`]: 0, [`${PROVINCE} year`]: 0 }, published: { [`${PROVINCE} week`]: publishedAt },
    });
  });

  it('is of a province that does not report when somebody published, and not that anything waits', async () => {
    const world = new EditionWorld();
    world.reportingSince = undefined;
    await world.member().open(PROVINCE, periodNamed('2026-W47'), 'publisher');
    await world.member().look();

    expect(await toldOf(world)).toEqual({ waiting: {}, published: { [`${PROVINCE} week`]: world.now / 1_000 } });
  });

  it('is nothing of a province that does not report and has no edition', async () => {
    const world = new EditionWorld();
    world.reportingSince = undefined;
    world.now = at('2026-12-24T09:00:00+07:00');

    expect(await toldOf(world)).toEqual({ waiting: {}, published: {} });
  });
});
