import { foldDossier, type DossierFact, type DossierView } from '@index766/dossier-life';
import type { Instant } from '@index766/kernel';
import { ARBITRARY_SPAN, arbitraryLife, lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';
import fc from 'fast-check';

import { latenessStateAt, nextLatenessChange } from './lateness-state';
import { NOTHING_TOLD, standsOtherwise, tellOf, type ToldLateness } from './told-lateness';

const calendar = calendarFor(VIETNAM_CALENDAR, []);
const [an] = [officer(1)];

/** Due Monday 19 October 24:00. */
const received = () => lifeStory().received('2026-10-05 08:00').due('2026-10-05 08:00', '2026-10-19 24:00').step('a', '2026-10-05 08:00', { by: an, department: 'TP-HT' });
const viewOf = (story: LifeStory) => foldDossier(story.facts());

/** What is told when somebody looks at these instants, one after another. */
function toldAt(story: LifeStory, ...instants: readonly string[]) {
  let told: ToldLateness = NOTHING_TOLD;
  return instants.map((at) => {
    const { after, events } = tellOf(told, viewOf(story), local(at), calendar);
    told = after;
    return events.map(({ type, data }) => [type.replace(/^aggregator\.(dossier-)?|\.v1$/g, ''), data.cause]);
  });
}

describe('a dossier', () => {
  it('is due soon from the beginning of the working day before the one on which it is due', () => {
    expect(toldAt(received(), '2026-10-15 23:59', '2026-10-16 00:00', '2026-10-17 10:00', '2026-10-19 24:00'))
      .toEqual([[], [['due-soon', 'received']], [], []]);
  });

  it('is overdue when its due instant has passed, with who has it as a pseudonym', () => {
    expect(toldAt(received(), '2026-10-20 00:01', '2026-10-21 00:00')).toEqual([[['overdue', 'due-passed']], []]);
    expect(tellOf(NOTHING_TOLD, viewOf(received()), local('2026-10-20 00:01'), calendar).events).toEqual([{
      type: 'aggregator.dossier-overdue.v1', occurredAt: local('2026-10-19 24:00'),
      data: {
        dueAt: '2026-10-19T17:00:00.000Z', cause: 'due-passed', causedAt: '2026-10-19T17:00:00.000Z', unit: 'H44.114', procedure: '2.000815',
        officer: an, department: 'TP-HT',
      },
    }]);
  });

  it('that ends in time needs no word but that it was due soon', () => {
    expect(toldAt(received().finished('2026-10-19 10:00'), '2026-10-16 08:00', '2026-10-19 11:00', '2026-10-21 08:00')).toEqual([[['due-soon', 'received']], [], []]);
  });

  it.each([
    ['ended', received().finished('2026-10-21 08:00'), 'ended'],
    ['another due instant in force', received().due('2026-10-19 08:00', '2026-10-30 24:00', { cause: 'extended', recordedAt: '2026-10-21 07:00' }).extended('2026-10-19 08:00', '2026-10-30 24:00', { recordedAt: '2026-10-21 07:00' }), 'due-moved'],
    ['asked for a supplement in time, as was learned late', received().supplementAsked('s1', '2026-10-16 08:00', { recordedAt: '2026-10-21 07:00' }), 'asked-in-time'],
  ])('is overdue no more when it is %s', (_, story, cause) => {
    const overdue = tellOf(NOTHING_TOLD, viewOf(received()), local('2026-10-20 08:00'), calendar).after;
    const { events, after } = tellOf(overdue, viewOf(story), local('2026-10-21 09:00'), calendar);
    expect(events).toMatchObject([{ type: 'aggregator.dossier-overdue-cleared.v1', data: { cause, dueAt: '2026-10-19T17:00:00.000Z' } }]);
    expect(after).toMatchObject({ kind: 'in-time', told: 2 });
  });

  it('asked a second time is overdue by that, whatever the due instant says', () => {
    const story = received().supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-07 08:00').supplementAsked('s2', '2026-10-08 08:00');
    expect(toldAt(story, '2026-10-08 09:00')).toEqual([[['overdue', 'second-supplement']]]);
  });
});

describe('what is told', () => {
  const instant = fc.integer({ min: ARBITRARY_SPAN.start, max: ARBITRARY_SPAN.end }).map((each) => each as Instant);
  const looks = fc.array(instant, { minLength: 1, maxLength: 8 }).map((instants) => [...instants].sort((a, b) => a - b));
  const RUNS = { seed: 766, numRuns: 300 };
  const tellAll = (views: readonly DossierView[], instants: readonly Instant[]) => {
    let told: ToldLateness = NOTHING_TOLD;
    const events = views.flatMap((view, index) => {
      const telling = tellOf(told, view, instants[index] as Instant, calendar);
      told = telling.after;
      return telling.events;
    });
    return { told, events };
  };

  it('says in the end how the dossier stands, whatever was looked at before and in whatever order its facts came', () => {
    fc.assert(fc.property(arbitraryLife().chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts], { minLength: facts.length }))), looks, ([facts, arrived], instants) => {
      const views = instants.map((_, index) => foldDossier(arrived.slice(0, Math.max(1, Math.ceil((arrived.length * (index + 1)) / instants.length))) as DossierFact[]));
      const { told } = tellAll(views, instants);
      const last = instants.at(-1) as Instant;
      expect(standsOtherwise(told, latenessStateAt(foldDossier(facts), last, calendar))).toBe(false);
    }), RUNS);
  });

  it('is told once: the same view at the same instant says nothing new, and each event is the next of its dossier', () => {
    fc.assert(fc.property(arbitraryLife(), looks, (facts, instants) => {
      const view = foldDossier(facts);
      const { told, events } = tellAll(instants.map(() => view), instants);
      expect(tellOf(told, view, instants.at(-1) as Instant, calendar)).toEqual({ after: told, events: [] });
      expect(told.told).toBe(events.length);
    }), RUNS);
  });

  it('changes with time alone at the instants that are foreseen', () => {
    fc.assert(fc.property(arbitraryLife(), instant, instant, (facts, one, other) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      const view = foldDossier(facts);
      const next = nextLatenessChange(view, from, calendar);
      fc.pre(next === null || next > to);
      const told = tellOf(NOTHING_TOLD, view, from, calendar).after;
      expect(standsOtherwise(told, latenessStateAt(view, to, calendar))).toBe(false);
    }), RUNS);
  });
});
