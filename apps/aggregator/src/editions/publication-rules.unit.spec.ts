import { editionPublishedV1, editionsKey } from '@index766/contracts-aggregator';
import { addDays, formatInstant, instantOf, type Instant, type Period } from '@index766/kernel';

import { AggregatorSettings } from '../aggregator.config';
import { EditionWorld, PROVINCE, at, unitContent } from '../test/edition-world';
import { periodNamed } from '../test/in-memory-aggregator';
import { readManifest } from './edition-content';
import type { Cause } from './edition-figures';

const WEEK = periodNamed('2026-W47');
const CAUSE: Cause = { fact: 'dossiers.public.dossier.v1/H44.1-1/4', subject: 'H44.1-1', unit: 'H44.1' };

const publishedOf = async (world: EditionWorld, period: Period = WEEK) => {
  const key = editionsKey({ province: PROVINCE, period: period.name });
  return ((await world.decisions.findMany([key])).get(key) ?? []).flatMap(({ type, data, recordedAt }) =>
    (type === editionPublishedV1.type ? [`${data.state} ${formatInstant(recordedAt)}`] : []));
};

const manifestsOf = async (world: EditionWorld) => {
  const key = editionsKey({ province: PROVINCE, period: WEEK.name });
  return ((await world.decisions.findMany([key])).get(key) ?? []).flatMap(({ type, data }) => (type === editionPublishedV1.type ? [readManifest(data.manifest)] : []));
};

/** Somebody looks when every watermark has passed the minute before. */
async function lookAt(world: EditionWorld, instant: string): Promise<void> {
  world.now = at(instant);
  const passed = at(instant);
  world.state = { ...world.state, watermarks: world.state.watermarks.map((each) => ({ ...each, passed })) };
  await world.member().look();
}

describe('a week becomes official', () => {
  it('at nine of the first working day after it, and not before', async () => {
    const world = new EditionWorld();
    await lookAt(world, '2026-11-23T08:59:59+07:00');
    expect(await publishedOf(world)).toEqual([]);
    await lookAt(world, '2026-11-23T09:00:00+07:00');
    expect(await publishedOf(world)).toEqual(['official 2026-11-23T02:00:00.000Z']);
  });

  it('by itself if it ends after the province began to report; earlier ones by command alone', async () => {
    const world = new EditionWorld();
    world.reportingSince = WEEK.lastDay;
    await lookAt(world, '2026-11-23T09:00:00+07:00');
    expect(await publishedOf(world)).toEqual([]);
    expect(await world.member().open(PROVINCE, WEEK, null)).toMatchObject({ ok: false, error: { code: 'EDITION.HELD_BACK' } });
    expect(await world.member().open(PROVINCE, WEEK, 'publisher')).toMatchObject({ ok: true });
    await lookAt(world, '2026-11-23T09:01:00+07:00');
    expect(await publishedOf(world)).toEqual(['official 2026-11-23T02:01:00.000Z']);
  });

  it('by itself too when it was held back for most of a year', async () => {
    const world = new EditionWorld();
    world.reportingSince = addDays(WEEK.lastDay, -1);
    world.lookBackDays = new AggregatorSettings().editionLookBackDays;
    world.state = { ...world.state, letters: [{ letter: 'a', subject: null, knownAfter: null, replayedAt: null }] };
    world.now = at('2026-11-23T09:00:30+07:00');
    await world.member().look();
    world.now = at('2027-09-20T09:00:30+07:00');
    expect((await world.member().due()).map(({ period }) => period.name)).toContain(WEEK.name);
    world.state = { ...world.state, letters: [] };
    await lookAt(world, '2027-09-20T09:01:00+07:00');
    expect(await publishedOf(world)).toEqual(['official 2027-09-20T02:01:00.000Z']);
  });
});

describe('a province that became part of another one', () => {
  it('has the editions of the periods that it was there at the end of, and none after', async () => {
    const world = new EditionWorld();
    world.lastDay = addDays(WEEK.lastDay, 2);
    await lookAt(world, '2026-12-01T09:00:00+07:00');
    expect(await publishedOf(world)).toHaveLength(1);
    expect(await publishedOf(world, periodNamed('2026-W48'))).toEqual([]);
    expect(world.member().reporting()).toEqual([PROVINCE]);
  });
});

describe('an edition that cannot be looked at again', () => {
  it('holds up no other', async () => {
    const world = new EditionWorld();
    await lookAt(world, '2026-11-16T09:00:00+07:00');
    expect(await publishedOf(world, periodNamed('2026-W46'))).toHaveLength(1);
    Object.defineProperty(world, 'earliest', { get: () => { throw new Error('no database'); } });
    await expect(lookAt(world, '2026-11-23T09:00:00+07:00')).rejects.toThrow('no database');
    expect(await publishedOf(world)).toEqual(['official 2026-11-23T02:00:00.000Z']);
  });
});

describe('a period of any kind', () => {
  it.each([
    ['2026-W47', '2026-11-23'], ['2026-10', '2026-11-02'], ['2026-Q3', '2026-10-01'], ['2026-6M', '2026-07-01'], ['2026-9M', '2026-10-01'], ['2026', '2027-01-04'],
  ])('%s becomes official at nine of the first working day after it', async (name, day) => {
    const world = new EditionWorld();
    const period = periodNamed(name);
    await lookAt(world, `${day}T08:59:59+07:00`);
    expect(await publishedOf(world, period)).toEqual([]);
    await lookAt(world, `${day}T09:00:00+07:00`);
    expect(await publishedOf(world, period)).toEqual([`official ${day}T02:00:00.000Z`]);
  });
});

describe('a month that ends before a weekend', () => {
  it('becomes official on the Monday', async () => {
    const world = new EditionWorld();
    const october = periodNamed('2026-10');
    await lookAt(world, '2026-11-01T12:00:00+07:00');
    expect(await world.member().standingOf(PROVINCE, october)).toMatchObject({
      ok: true, value: { heldBy: [{ kind: 'before-opening', opensAt: at('2026-11-02T09:00:00+07:00') }] },
    });
  });
});

describe('a letter that was replayed', () => {
  it('holds back the period until every watermark has passed the replay', async () => {
    const world = new EditionWorld();
    const replayedAt = at('2026-11-23T08:59:50+07:00');
    const watermarks = (passed: Instant) => world.state.watermarks.map((each) => ({ ...each, passed }));
    world.state = { ...world.state, watermarks: watermarks(replayedAt), letters: [{ letter: 'x.dlt 7', subject: 'H44.1-1', knownAfter: null, replayedAt }] };
    world.now = at('2026-11-23T09:00:30+07:00');
    await world.member().look();
    expect(await publishedOf(world)).toEqual([]);
    expect(await world.member().standingOf(PROVINCE, WEEK)).toMatchObject({ ok: true, value: { heldBy: [{ kind: 'settling', mendedAt: replayedAt }] } });
    world.state = { ...world.state, watermarks: watermarks(instantOf(replayedAt + 1)) };
    await world.member().look();
    expect(await publishedOf(world)).toEqual(['official 2026-11-23T02:00:30.000Z']);
  });
});

describe('a dossier that was left out for a letter', () => {
  const leftOut = async () => {
    const world = new EditionWorld();
    world.state = { ...world.state, letters: [{ letter: 'x.dlt 7', subject: 'H44.1-1', knownAfter: null, replayedAt: null }] };
    await world.waive(WEEK.name, 'H44.1-1', 'subject');
    await lookAt(world, '2026-11-23T09:00:00+07:00');
    world.units = [unitContent('H44', 9), unitContent('H44.1', 3), unitContent('H44.2', 6)];
    world.causes = [CAUSE];
    return world;
  };

  it('counts again through an amended edition when the letter is given up, though no fact came', async () => {
    const world = await leftOut();
    await lookAt(world, '2026-11-24T09:00:00+07:00');
    expect(await publishedOf(world)).toHaveLength(1);
    world.state = { ...world.state, letters: [] };
    await lookAt(world, '2026-11-25T09:00:00+07:00');
    expect(await publishedOf(world)).toEqual(['official 2026-11-23T02:00:30.000Z', 'amended 2026-11-25T02:00:00.000Z']);
    const [first, second] = await manifestsOf(world);
    expect([first?.exclusions.subjects.map(({ id }) => id), second?.exclusions.subjects]).toEqual([['H44.1-1'], []]);
  });

  it('counts again through an amended edition when the letter was replayed', async () => {
    const world = await leftOut();
    await lookAt(world, '2026-11-24T09:00:00+07:00');
    expect(await publishedOf(world)).toHaveLength(1);
    const [letter] = world.state.letters;
    world.state = { ...world.state, letters: letter === undefined ? [] : [{ ...letter, replayedAt: at('2026-11-24T10:00:00+07:00') }] };
    await lookAt(world, '2026-11-25T09:00:00+07:00');
    expect((await manifestsOf(world)).map((manifest) => manifest.exclusions.subjects.length)).toEqual([1, 0]);
  });

  it('stays out while a record of it is missing', async () => {
    const world = await leftOut();
    world.state = { ...world.state, letters: [], holesBefore: () => [{ subject: 'H44.1-1', topic: 'dossiers.public.dossier.v1', missing: 1 }] };
    await lookAt(world, '2026-11-24T09:00:00+07:00');
    expect(await publishedOf(world)).toHaveLength(1);
  });
});

describe('what was published', () => {
  it('is amended at most once a day, at nine', async () => {
    const world = new EditionWorld();
    await lookAt(world, '2026-11-23T09:00:00+07:00');
    const becomes = (numerator: number) => {
      world.units = [unitContent('H44', numerator), unitContent('H44.1', numerator - 6), unitContent('H44.2', 6)];
      world.causes = [CAUSE];
      world.earliest = WEEK.start;
    };
    becomes(9);
    await lookAt(world, '2026-11-23T15:00:00+07:00');
    await lookAt(world, '2026-11-24T08:59:00+07:00');
    expect(await publishedOf(world)).toHaveLength(1);
    await lookAt(world, '2026-11-24T09:00:00+07:00');
    expect((await publishedOf(world))[1]).toBe('amended 2026-11-24T02:00:00.000Z');
    becomes(8);
    await lookAt(world, '2026-11-24T16:00:00+07:00');
    expect(await publishedOf(world)).toHaveLength(2);
    await lookAt(world, '2026-11-25T09:00:00+07:00');
    expect(await publishedOf(world)).toHaveLength(3);
  });
});
