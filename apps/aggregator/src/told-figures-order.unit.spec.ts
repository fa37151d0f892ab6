import { NO_MEASURES } from '@index766/index-766';
import { localDayOf, type UnitCode } from '@index766/kernel';
import type { OutgoingRecord } from '@index766/platform-kafka';

import type { ProvisionalTellings } from './scores';
import { KafkaLatestScores } from './scores/adapters/kafka-latest-scores';
import { scoreRecord } from './scores/score-record';
import { EditionWorld, PROVINCE, at, referenceWith } from './test/edition-world';
import { InMemoryTellings } from './test/in-memory-editions';

const WEEK = '2026-W47';
const COMMUNE = 'H44.1' as UnitCode;

const MOMENTS = ['before it was looked for', 'when none was found', 'when it was noted', 'before it is sent', 'when it was sent', 'when it was looked for again', 'when all was over'] as const;
type Moment = (typeof MOMENTS)[number];

interface Merging {
  /** When another member publishes. */
  readonly publishes?: Moment;
  /** Where whoever merges vanishes. */
  readonly vanishes?: 'before it is sent' | 'when it was sent';
  /** Told as not being there, in the place of figures. */
  readonly isGone?: boolean;
}

/** Somebody merges a week that has ended while another one publishes it; what the topic was told, one after another. */
async function told({ publishes, vanishes, isGone = false }: Merging): Promise<readonly string[]> {
  const world = new EditionWorld();
  world.reportingSince = localDayOf(at('2026-11-16T00:00:00+07:00'));
  const reach = async (moment: Moment): Promise<void> => {
    if (moment === publishes) await world.member().look();
    if (moment === vanishes) throw new Error('CRASHED');
  };
  const notes = new InMemoryTellings(world.store, world.decisions, () => world.now);
  const tellings: ProvisionalTellings = {
    published: async (asked) => {
      await reach('before it was looked for');
      const published = await notes.published(asked);
      await reach('when none was found');
      return published;
    },
    begin: async (series) => {
      await notes.begin(series);
      await reach('when it was noted');
    },
    end: async (series) => {
      await notes.end(series);
      await reach('when it was looked for again');
    },
  };
  const sender = {
    send: async (records: readonly OutgoingRecord[]) => {
      await reach('before it is sent');
      world.figures.push(...records.map(({ value }) => (value === null ? 'gone' : `provisional ${(JSON.parse(Buffer.from(value).toString('utf8')) as { readonly unit: string }).unit}`)));
      await reach('when it was sent');
    },
  };
  const latest = new KafkaLatestScores({ sender, tellings, reference: referenceWith(undefined), now: () => world.now });
  const merging = isGone
    ? latest.withdraw([{ unit: COMMUNE, period: WEEK, root: PROVINCE }])
    : latest.tell([scoreRecord({ unit: COMMUNE, period: WEEK, evaluatedAt: world.now }, NO_MEASURES, false)]);
  const [end] = await Promise.allSettled([merging]);
  if ((end.status === 'rejected') !== (vanishes !== undefined)) throw new Error(`it ended as ${end.status}`);
  await reach('when all was over');
  // Somebody looks every minute; what never ended is known when a lease is over.
  world.later(2);
  await world.member().look();
  await world.member().look();
  expect(world.store.tellings.size).toBe(0);
  return world.figures;
}

describe('the index as it stands, merged while an edition is published', () => {
  it.each(MOMENTS)('%s: has the figures of the edition in the end', async (publishes) => {
    expect((await told({ publishes })).at(-1)).toBe('1 official');
  });

  it.each(MOMENTS)('%s, and of a unit that is no more: says what the edition says of it', async (publishes) => {
    expect((await told({ publishes, isGone: true })).at(-1)).toBe('1 official');
  });

  it.each([
    ['when it was noted', 'before it is sent'], ['before it is sent', 'when it was sent'], ['when it was noted', 'when it was sent'], ['when none was found', 'when it was sent'],
  ] as const)('published %s by another one, and its member vanishes %s: has them, too', async (publishes, vanishes) => {
    const figures = await told({ publishes, vanishes });
    expect(figures.at(-1)).toBe('1 official');
    expect(figures.filter((each) => each.startsWith('provisional'))).toHaveLength(vanishes === 'when it was sent' ? 1 : 0);
  });

  it('is told as provisional where there is no edition', async () => {
    const world = new EditionWorld();
    const latest = new KafkaLatestScores({
      sender: {
        send: (records) => {
          world.figures.push(...records.map(({ key }) => key));
          return Promise.resolve();
        },
      },
      tellings: new InMemoryTellings(world.store, world.decisions, () => world.now), reference: referenceWith(undefined), now: () => world.now,
    });
    await latest.tell([scoreRecord({ unit: COMMUNE, period: WEEK, evaluatedAt: world.now }, NO_MEASURES, false)]);
    expect([world.figures, world.store.tellings.size]).toEqual([[`${COMMUNE}@${WEEK}`], 0]);
  });
});
