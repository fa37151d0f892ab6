import { editionsKey, latenessObjectedV1, objectionKey, type LatenessObjected } from '@index766/contracts-aggregator';
import { parsePeriod, type Instant, type Period } from '@index766/kernel';

import type { RecordedDecision } from '../decisions';
import { EditionWorld, PROVINCE, at, referenceWith, unitContent } from '../test/edition-world';
import { EditionFigures } from './edition-figures';
import { NOTHING_EXCLUDED } from './visibility';

const WEEK = periodOf('2026-W47');

function periodOf(name: string): Period {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

const editionsOf = async (world: EditionWorld) => {
  const key = editionsKey({ province: PROVINCE, period: WEEK.name });
  return ((await world.decisions.findMany([key])).get(key) ?? []).flatMap(({ type, data }) => (type === 'aggregator.edition-published.v1' ? [data.state] : []));
};

/** The next morning, with the watermarks past the opening hour. */
function nextMorning(world: EditionWorld): void {
  world.now = at('2026-11-24T09:01:30+07:00');
  world.state = { ...world.state, watermarks: world.state.watermarks.map((each) => ({ ...each, passed: at('2026-11-24T09:00:10+07:00') })) };
}

async function publishedOnce(): Promise<EditionWorld> {
  const world = new EditionWorld();
  await world.member().look();
  nextMorning(world);
  world.units = [unitContent('H44', 9), unitContent('H44.1', 3), unitContent('H44.2', 6)];
  return world;
}

const SAID = { fact: 'aggregator.public.decision.v1/objection@a/2', subject: 'objection@a', unit: 'H44.1' };

describe('an edition that stands', () => {
  it('is amended by what was reported or decided alone', async () => {
    const world = await publishedOnce();
    world.statements = [SAID];
    world.causes = [SAID];
    await world.member().look();
    expect(await editionsOf(world)).toEqual(['official', 'amended']);
  });

  it('is amended by flags alone: how often something was flagged is published with it', async () => {
    const world = await publishedOnce();
    world.units = new EditionWorld().units.map((unit) => (unit.unit === 'H44.1' ? { ...unit, integrity: { counts: [{ flag: 'future-end', raised: 1, unreviewed: 1 }] } } : unit));
    world.earliest = WEEK.start;
    world.causes = [SAID];
    await world.member().look();
    expect(await editionsOf(world)).toEqual(['official', 'amended']);
  });

  it('is left alone while nothing came that its period could see', async () => {
    const world = await publishedOnce();
    world.earliest = WEEK.end;
    world.causes = [SAID];
    await world.member().look();
    expect(await editionsOf(world)).toEqual(['official']);
  });
});

describe('an amendment whose edition is taken back before it is published', () => {
  it('is given up and told, and the number is free for another edition', async () => {
    const world = await publishedOnce();
    const visibility = { knownBefore: world.now, catalogKnownBefore: world.now, exclusions: NOTHING_EXCLUDED };
    await world.store.claim({ province: PROVINCE, period: WEEK.name, number: 2, state: 'amended', publishedBy: null, claimedAt: world.now, visibility });
    await world.retract(WEEK.name, 1);

    await world.member().look();
    expect([world.refusals, await world.store.openClaims()]).toEqual([['EDITION.NONE'], []]);
    expect(await world.member().open(PROVINCE, WEEK, 'publisher')).toMatchObject({ ok: true, value: { number: 2, state: 'official' } });
  });
});

describe('what was said about lists', () => {
  const objection = (recordedAt: Instant, changes: Partial<LatenessObjected> = {}): RecordedDecision => ({
    type: latenessObjectedV1.type, sequence: 1, recordedAt,
    data: { officer: 'a'.repeat(32), unit: 'H44.1', period: WEEK.name, dossiers: ['H44.1-1'], reason: 'absence', evidence: ['QD-1'], objectedBy: 'desk', ...changes },
  });
  const seen = (knownBefore: Instant) => ({ knownBefore, catalogKnownBefore: knownBefore, exclusions: NOTHING_EXCLUDED });
  const [K1, K2] = [at('2026-11-23T09:00:00+07:00'), at('2026-11-24T09:00:00+07:00')];
  const between = async (said: RecordedDecision) => {
    const nothing = { async *factsOfUnit() { /* no dossier is known */ } };
    const figures = new EditionFigures({
      cases: nothing, petitions: nothing, units: () => Promise.resolve([]), reference: referenceWith(undefined), readReference: () => Promise.resolve(),
      lateLists: { of: () => Promise.reject(new Error('no list is asked for')) },
      decisions: { findWith: () => Promise.resolve(new Map([[objectionKey('a'.repeat(32)), [said]]])) },
    });
    return (await figures.statementsBetween(PROVINCE, WEEK, seen(K1), seen(K2))).map(({ unit }) => unit);
  };

  it.each([
    ['between the two', objection(K1), ['H44.1']],
    ['about a later period, whose lift reaches back', objection(K1, { period: '2026-W48' }), ['H44.1']],
    ['before the first', objection((K1 - 1) as Instant), []],
    ['not before the second', objection(K2), []],
    ['about a period that had ended before', objection(K1, { period: '2026-W46' }), []],
    ['about another province', objection(K1, { unit: 'H45.1' }), []],
  ])('%s: is a cause, or not', async (_, said, units) => {
    expect(await between(said)).toEqual(units);
  });
});
