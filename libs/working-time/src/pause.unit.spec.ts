import { formatLocalDay } from '@index766/kernel';

import { calendarFor } from './calendar-for';
import { VIETNAM_CALENDAR } from './calendars/vietnam';
import { dueOf, moveForPause } from './due';
import { local } from './local-instant.fixture';
import type { Term, TermKind } from './term';

const national = calendarFor(VIETNAM_CALENDAR, []);

describe('a pause moves the due instant', () => {
  const cases: readonly [rule: string, kind: TermKind | undefined, due: string, from: string, to: string, moved: string][] = [
    ['of a day term by the term days after the request', 'working-days', '2026-10-09 24:00', '2026-10-06 09:00', '2026-10-08 10:00', '2026-10-13 24:00'],
    ['by nothing within one day', 'working-days', '2026-10-09 24:00', '2026-10-06 09:00', '2026-10-06 16:00', '2026-10-09 24:00'],
    ['by one day overnight, however short', 'working-days', '2026-10-09 24:00', '2026-10-06 23:59', '2026-10-07 00:01', '2026-10-12 24:00'],
    ['by nothing over a weekend', 'working-days', '2026-10-14 24:00', '2026-10-09 16:00', '2026-10-11 20:00', '2026-10-14 24:00'],
    ['by no holiday: Tết 2026', 'working-days', '2026-02-13 24:00', '2026-02-12 09:00', '2026-02-23 10:00', '2026-02-24 24:00'],
    ['by a make-up Saturday', 'working-days', '2026-08-25 24:00', '2026-08-21 09:00', '2026-08-22 10:00', '2026-08-26 24:00'],
    ['over 2026-11-24, and the move skips it too', 'working-days', '2026-11-20 24:00', '2026-11-19 09:00', '2026-11-20 10:00', '2026-11-23 24:00'],
    ['over a holiday that the pause covers', 'working-days', '2026-11-26 24:00', '2026-11-23 09:00', '2026-11-25 10:00', '2026-11-27 24:00'],
    ['of calendar days by term days', 'calendar-days', '2026-10-16 24:00', '2026-10-08 09:00', '2026-10-12 09:00', '2026-10-20 24:00'],
    ['of months by term days', 'months', '2026-11-20 24:00', '2026-11-10 09:00', '2026-11-12 09:00', '2026-11-25 24:00'],
    ['of a stated due at its own time of day', undefined, '2026-10-08 16:30', '2026-10-06 09:00', '2026-10-08 09:00', '2026-10-12 16:30'],
    ['of a stated due on a Sunday from there on', undefined, '2026-10-11 24:00', '2026-10-06 09:00', '2026-10-07 09:00', '2026-10-12 24:00'],
    ['of an hour term by the office time in it', 'working-hours', '2026-10-06 10:00', '2026-10-05 16:00', '2026-10-06 08:30', '2026-10-06 14:00'],
    ['of an hour term by nothing at night', 'working-hours', '2026-10-06 10:00', '2026-10-05 17:00', '2026-10-06 07:30', '2026-10-06 10:00'],
    ['of an hour term over a holiday', 'working-hours', '2026-11-25 08:00', '2026-11-23 16:00', '2026-11-25 07:30', '2026-11-25 09:00'],
  ];

  it.each(cases)('%s', (_rule, kind, due, from, to, moved) => {
    const result = moveForPause({ dueAt: local(due), working: [] }, { from: local(from), to: local(to) }, national, kind);
    expect(result.dueAt).toBe(local(moved));
  });

  it('explains itself after the working of the term: the pause, then each day that the move skipped', () => {
    const term: Term = { kind: 'working-days', amount: 2 };
    const computed = dueOf(term, local('2026-11-19 09:00'), national);
    const pause = { from: local('2026-11-20 09:00'), to: local('2026-11-23 09:00') };
    const { working } = moveForPause(computed, pause, national, term.kind);

    expect(working.slice(0, computed.working.length)).toEqual(computed.working);
    expect(working.slice(computed.working.length)).toEqual([
      {
        kind: 'pause', ...pause, movedBy: { unit: 'term-days', days: 1 },
        dueBefore: local('2026-11-23 24:00'), dueAfter: local('2026-11-25 24:00'),
      },
      { kind: 'skipped', day: expect.any(Number), standing: { kind: 'holiday', name: 'Ngày Văn hóa Việt Nam' } },
    ]);
  });

  it('says by how many office minutes an hour term moved, and on which days the office was closed', () => {
    const due = { dueAt: local('2026-10-09 16:30'), working: [] };
    const { working } = moveForPause(due, { from: local('2026-10-08 11:00'), to: local('2026-10-08 14:00') }, national, 'working-hours');
    const [pause, ...skips] = working;
    expect(pause).toMatchObject({ kind: 'pause', movedBy: { unit: 'office-minutes', minutes: 60 } });
    expect(skips.map((step) => (step.kind === 'skipped' ? formatLocalDay(step.day) : step.kind))).toEqual(['2026-10-10', '2026-10-11']);
  });
});
