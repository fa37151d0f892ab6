import { formatLocalDay } from '@index766/kernel';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';
import type { Term, Working } from '@index766/working-time';

import { explainDeadline } from './explain-deadline';
import { accepted, contextAt, type Circumstances } from './test/decided';

const explained = (story: LifeStory, circumstances: Circumstances = {}) =>
  explainDeadline(accepted(story, circumstances), contextAt(local('2026-12-01'), circumstances));
const days = (amount: number): Term => ({ kind: 'working-days', amount });

function line(working: Working): string {
  switch (working.kind) {
    case 'day-zero':
      return `day 0 ${formatLocalDay(working.day)} (${working.arrival})`;
    case 'skipped':
      return `not ${formatLocalDay(working.day)} (${working.standing.kind})`;
    case 'last-day':
      return `last ${formatLocalDay(working.day)}`;
    case 'pause':
      return `pause ${JSON.stringify(working.movedBy)}`;
    case 'beyond-calendar':
      return `unknown from ${formatLocalDay(working.day)}`;
  }
}

describe('the explanation of a deadline', () => {
  it('names day 0, every skipped day with its reason, and each pause', () => {
    const story = lifeStory().received('2026-02-13 18:00').supplementAsked('s1', '2026-02-24 08:00').supplementGiven('s1', '2026-02-26 08:00');
    const explanation = explained(story, { term: days(2) });
    expect(explanation?.computed?.working.map(line)).toEqual([
      'not 2026-02-14 (weekly-day-off)', 'not 2026-02-15 (weekly-day-off)', 'not 2026-02-16 (holiday)', 'not 2026-02-17 (holiday)',
      'not 2026-02-18 (holiday)', 'not 2026-02-19 (holiday)', 'not 2026-02-20 (holiday)', 'not 2026-02-21 (weekly-day-off)', 'not 2026-02-22 (weekly-day-off)',
      'day 0 2026-02-23 (after-hours)', 'last 2026-02-25', 'pause {"unit":"term-days","days":2}',
    ]);
    expect(explanation).toMatchObject({ dueAt: local('2026-02-27 24:00'), basis: 'term', term: days(2), statedWorking: [] });
  });

  it('shows the computed due instant beside a stated one, and how pauses moved that', () => {
    const story = lifeStory().received('2026-10-01 08:00', { statedDue: '2026-10-09 24:00' }).supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-07 08:00');
    const explanation = explained(story);
    expect(explanation).toMatchObject({ dueAt: local('2026-10-12 24:00'), basis: 'stated', computed: { dueAt: local('2026-10-16 24:00'), calendarVersion: 'vn@1' } });
    expect(explanation?.statedWorking.map(line)).toEqual(['pause {"unit":"term-days","days":1}', 'not 2026-10-10 (weekly-day-off)', 'not 2026-10-11 (weekly-day-off)']);
  });

  it('lists every statement with its cause, and which of them count', () => {
    const story = lifeStory().received('2026-10-01 08:00', { statedDue: '2026-10-07 24:00' }).corrected('stated-due-at', '2026-10-07 24:00', '2026-10-30 24:00', { at: '2026-10-09 08:00' });
    expect(explained(story)).toMatchObject({
      dueAt: local('2026-10-07 24:00'),
      statements: [
        { cause: 'received', basis: 'stated', dueAt: local('2026-10-07 24:00'), computedDueAt: local('2026-10-15 24:00'), counts: true },
        { cause: 'corrected', dueAt: local('2026-10-30 24:00'), recordedAt: local('2026-10-09 08:00'), counts: false },
      ],
    });
  });

  it('says that there is none without term and word of the source', () => {
    expect(explained(lifeStory().received('2026-10-01 08:00'), { term: null })).toEqual({ dueAt: null, basis: null, term: null, statements: [], computed: null, statedWorking: [] });
  });

  it('is none for what was not received', () => {
    expect(explained(lifeStory().registered('2026-10-01 08:00'))).toBeNull();
  });
});
