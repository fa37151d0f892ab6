import type { Instant } from '@index766/kernel';
import fc from 'fast-check';

import { lifeStory, officer, type LifeStory, type Recording } from './life-story';
import { local } from './local-time';
import type { StoryFact } from './story-facts';

/** Lives happen on this grid, so that instants of different facts often meet. */
const SLOT = 3 * 3_600_000;
const DAY = 8;
const BEGIN = local('2026-09-21');

/** Units and officers that arbitrary lives are about. */
export const ARBITRARY_UNITS = ['H44.1', 'H44.2', 'H44.3', 'H45.1'] as const;
export const ARBITRARY_OFFICERS = [1, 2, 3, 4, 5].map(officer);
/** Every instant of an arbitrary life lies in it, whole local days. */
export const ARBITRARY_SPAN = { start: local('2026-09-14'), end: local('2026-12-14') };

/** One thing that a life is told with, how long after its instant it becomes known. */
interface Telling {
  readonly at: Instant;
  readonly lag: number;
  readonly tell: (story: LifeStory, recording: Recording) => void;
}

const slot = (min: number, max: number) => fc.integer({ min, max });
const after = (at: number, slots: number) => (BEGIN + (at + slots) * SLOT) as Instant;
/** Most facts become known at once, some late. */
const lag = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: slot(1, 12 * DAY) });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const unit = fc.constantFrom(...ARBITRARY_UNITS);

const outline = fc.record({
  registered: maybe(slot(-10, 5)),
  received: fc.record({ at: slot(0, 20 * DAY), unit, channel: fc.constantFrom('in-person' as const, 'online' as const, 'postal' as const), lag }),
  isReceived: fc.integer({ min: 0, max: 9 }).map((each) => each > 0),
  dueAfter: maybe(slot(1, 12).map((days) => days * DAY)),
  steps: fc.array(
    fc.record({ at: slot(-4, 15 * DAY), officer: maybe(fc.constantFrom(...ARBITRARY_OFFICERS)), deadline: maybe(slot(0, 6 * DAY)), done: maybe(slot(-2, 8 * DAY)), lag }),
    { maxLength: 4 },
  ),
  supplements: fc.array(fc.record({ id: fc.constantFrom('s1', 's2', 's3'), at: slot(-4, 12 * DAY), given: maybe(slot(-2, 8 * DAY)), lag }), { maxLength: 3 }),
  obligation: maybe(fc.record({ at: slot(0, 12 * DAY), pausesClock: fc.boolean(), met: maybe(slot(0, 5 * DAY)), lag })),
  transfers: fc.array(fc.record({ at: slot(0, 12 * DAY), unit, lag }), { maxLength: 2 }),
  extension: maybe(fc.record({ at: slot(0, 12 * DAY), by: slot(1, 10 * DAY), apology: fc.boolean(), hasForce: fc.boolean() })),
  ends: fc.array(fc.record({ kind: fc.constantFrom('finished', 'returned', 'withdrawn', 'stopped'), at: slot(-4, 20 * DAY), lag }), { maxLength: 2 }),
  reopened: maybe(slot(0, 25 * DAY)),
  moves: fc.array(fc.record({ at: slot(0, 15 * DAY), by: slot(-3 * DAY, 6 * DAY), lag }), { maxLength: 2 }),
  corrections: fc.array(fc.record({ field: fc.constantFrom('received-at', 'end', 'unit', 'channel'), by: slot(-5 * DAY, 5 * DAY), at: slot(0, 25 * DAY) }), { maxLength: 2 }),
  refused: fc.integer({ min: 0, max: 19 }).map((each) => each === 0),
  voided: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: slot(0, 15 * DAY) }),
});

type Outline = typeof outline extends fc.Arbitrary<infer Shape> ? Shape : never;

/**
 * The facts of an arbitrary dossier, in the order of recording: most of them fit together, some came late, were corrected,
 * contradict each other or make each other impossible. Deterministic for a seed, as every arbitrary is.
 */
export function arbitraryLife(dossier?: string): fc.Arbitrary<readonly StoryFact[]> {
  return outline.map((life) => told(dossier, tellingsOf(life)));
}

/** Several dossiers, each of its own code. */
export function arbitraryLives(maxLength: number): fc.Arbitrary<readonly (readonly StoryFact[])[]> {
  return fc.array(outline, { minLength: 1, maxLength })
    .map((lives) => lives.map((life, index) => told(`H44.1-20261001-${String(index + 1).padStart(4, '0')}`, tellingsOf(life))));
}

/** The same facts as they may arrive: in any order, some of them more than once. */
export function arbitraryArrival<Fact>(facts: readonly Fact[]): fc.Arbitrary<Fact[]> {
  return fc.subarray([...facts]).chain((again) => fc.shuffledSubarray([...facts, ...again], { minLength: facts.length + again.length }));
}

/** An instant on the grid of the lives, or a millisecond beside it. */
export function arbitraryInstant(): fc.Arbitrary<Instant> {
  return fc.tuple(slot(-20, 50 * DAY), slot(-1, 1)).map(([at, beside]) => (after(at, 0) + beside) as Instant);
}

function told(dossier: string | undefined, tellings: readonly Telling[]): readonly StoryFact[] {
  const story = lifeStory(dossier);
  const recordedAt = ({ at, lag: late }: Telling) => (at + late * SLOT) as Instant;
  for (const telling of [...tellings].sort((a, b) => recordedAt(a) - recordedAt(b))) telling.tell(story, { recordedAt: recordedAt(telling) });
  return story.facts();
}

function tellingsOf(life: Outline): readonly Telling[] {
  const start = life.received.at;
  const receivedAt = after(start, 0);
  const tellings: Telling[] = [];
  const add = (at: Instant, late: number, tell: Telling['tell']) => tellings.push({ at, lag: late, tell });

  if (life.registered !== undefined) {
    const at = after(start, life.registered);
    add(at, 0, (story, recording) => story.registered(at, { ...recording, unit: life.received.unit }));
  }
  if (life.isReceived) {
    const { unit: receiving, channel } = life.received;
    add(receivedAt, life.received.lag, (story, recording) => story.received(receivedAt, { ...recording, unit: receiving, channel }));
  }
  if (life.refused) add(after(start, -1), 0, (story, recording) => story.refused(after(start, -1), recording));
  tellings.push(...stepTellings(life), ...waitTellings(life), ...dueTellings(life), ...endTellings(life));
  for (const { at, unit: taker, lag: late } of life.transfers) {
    add(after(start, at), late, (story, recording) => story.transferred(taker, after(start, at), recording));
  }
  // A dossier is known by at least one fact.
  if (tellings.length === 0) add(receivedAt, 0, (story, recording) => story.registered(receivedAt, recording));
  return tellings;
}

function stepTellings({ received: { at: start }, steps }: Outline): Telling[] {
  return steps.flatMap(({ at, officer: by, deadline, done, lag: late }, index) => {
    const from = after(start, at);
    const step = `step-${index}`;
    const assigned: Telling = {
      at: from, lag: late,
      tell: (story, recording) => story.step(step, from, {
        ...recording, ...(by === undefined ? {} : { by }), ...(deadline === undefined ? {} : { deadline: after(start, at + deadline) }),
      }),
    };
    if (done === undefined) return [assigned];
    const to = after(start, at + done);
    return [assigned, { at: to, lag: late, tell: (story, recording) => story.stepDone(step, to, recording) }];
  });
}

function waitTellings({ received: { at: start }, supplements, obligation }: Outline): Telling[] {
  const asked = supplements.flatMap(({ id, at, given, lag: late }): Telling[] => {
    const from = after(start, at);
    const request: Telling = { at: from, lag: late, tell: (story, recording) => story.supplementAsked(id, from, recording) };
    if (given === undefined) return [request];
    const to = after(start, at + given);
    return [request, { at: to, lag: late, tell: (story, recording) => story.supplementGiven(id, to, recording) }];
  });
  if (obligation === undefined) return asked;
  const { at, pausesClock, met, lag: late } = obligation;
  const from = after(start, at);
  asked.push({ at: from, lag: late, tell: (story, recording) => story.obligationAsked(from, { ...recording, pausesClock }) });
  if (met !== undefined) {
    const to = after(start, at + met);
    asked.push({ at: to, lag: late, tell: (story, recording) => story.obligationMet(to, recording) });
  }
  return asked;
}

function dueTellings({ received: { at: start, lag: late }, isReceived, dueAfter, moves, extension, supplements }: Outline): Telling[] {
  if (dueAfter === undefined || !isReceived) return [];
  const tellings: Telling[] = [{
    at: after(start, 0), lag: late, tell: (story, recording) => story.due(after(start, 0), after(start, dueAfter), { ...recording, basis: 'term' }),
  }];
  for (const { at, given, lag: askedLate } of supplements) {
    if (given === undefined || given < 0) continue;
    const to = after(start, at + given);
    tellings.push({
      at: to, lag: askedLate,
      tell: (story, recording) => story.due(to, after(start, dueAfter + given), { ...recording, basis: 'term', cause: 'supplement-completed' }),
    });
  }
  for (const { at, by, lag: movedLate } of moves) {
    const from = after(start, at);
    tellings.push({ at: from, lag: movedLate, tell: (story, recording) => story.due(from, after(start, dueAfter + by), { ...recording, cause: 'corrected' }) });
  }
  if (extension !== undefined) {
    const { at, by, apology, hasForce } = extension;
    const from = after(start, at);
    const newDue = after(start, dueAfter + by);
    tellings.push({ at: from, lag: 0, tell: (story, recording) => story.extended(from, newDue, { ...recording, apology }) });
    if (hasForce) tellings.push({ at: from, lag: 0, tell: (story, recording) => story.due(from, newDue, { ...recording, cause: 'extended' }) });
  }
  return tellings;
}

function endTellings({ received: { at: start, unit: receiving, channel }, ends, reopened, corrections, voided }: Outline): Telling[] {
  const tellings: Telling[] = ends.map(({ kind, at, lag: late }) => {
    const to = after(start, at);
    return {
      at: to, lag: late,
      tell: (story: LifeStory, recording: Recording) => {
        if (kind === 'finished') story.finished(to, recording);
        else if (kind === 'returned') story.returned(to, recording);
        else if (kind === 'withdrawn') story.withdrawn(to, recording);
        else story.stopped(to, recording);
      },
    };
  });
  const instant = (at: number) => after(start, at);
  if (reopened !== undefined) tellings.push({ at: instant(reopened), lag: 0, tell: (story, recording) => story.reopened(instant(reopened), recording) });
  if (voided !== undefined) tellings.push({ at: instant(voided), lag: 0, tell: (story, recording) => story.voided(instant(voided), recording) });
  for (const { field, by, at } of corrections) {
    tellings.push({
      at: instant(at), lag: 0,
      tell: (story, recording) => {
        const made = { ...recording, at: instant(at) };
        const [end] = ends;
        if (field === 'unit') story.corrected('unit', receiving, 'H44.3', made);
        else if (field === 'channel') story.corrected('channel', channel, 'online', made);
        else if (field === 'received-at') story.corrected('received-at', instant(0), instant(Math.trunc(by / 4)), made);
        else if (end !== undefined) story.corrected(`${end.kind}-at` as const, instant(end.at), instant(end.at + by), made);
      },
    });
  }
  return tellings;
}
