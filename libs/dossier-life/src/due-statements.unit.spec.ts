import { formatInstant, type Instant } from '@index766/kernel';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, type CalendarDefinition, type Term } from '@index766/working-time';

import { decideFacts, type ProposedFact } from './decide';
import { restatedDueFacts } from './due-statements';
import type { DossierFact } from './facts';
import { foldDossier } from './fold';
import { accepted, contextAt, type Circumstances } from './test/decided';

const received = (at = '2026-10-01 08:00', arrival = {}) => lifeStory().received(at, arrival);
const days = (amount: number): Term => ({ kind: 'working-days', amount });

/** Local time of each stated due instant with its cause and basis, in the order of recording. */
const statements = (story: LifeStory, circumstances: Circumstances = {}) => statementsOf(accepted(story, circumstances));
const statementsOf = (facts: readonly DossierFact[]) =>
  facts.flatMap((fact) => (fact.kind === 'due-date-set' ? [`${text(fact.occurredAt)} → ${text(fact.body.dueAt)} ${fact.body.basis}, ${fact.body.cause}`] : []));
const text = (instant: Instant) => formatInstant((instant + 7 * 3_600_000) as Instant).slice(0, 16).replace('T', ' ');
const inForce = (story: LifeStory, circumstances: Circumstances = {}) => {
  const due = foldDossier(accepted(story, circumstances)).dues.at(-1);
  return due === undefined ? null : text(due.dueAt);
};

describe('a receipt', () => {
  it('sets the due instant that the term gives', () => {
    expect(statements(received())).toEqual(['2026-10-01 08:00 → 2026-10-16 00:00 term, received']);
  });

  it('sets the one that the source states, with the computed one beside it', () => {
    const facts = accepted(received('2026-10-01 08:00', { statedDue: '2026-10-09 24:00' }));
    expect(facts[1]).toMatchObject({ kind: 'due-date-set', body: { dueAt: local('2026-10-09 24:00'), basis: 'stated', computedDueAt: local('2026-10-15 24:00'), calendarVersion: 'vn@1' } });
  });

  it('sets none without a term and a word of the source', () => {
    expect(statements(received(), { term: null })).toEqual([]);
  });

  it('is due by what the source states where no term is known', () => {
    expect(statements(received('2026-10-01 08:00', { statedDue: '2026-10-09 24:00' }), { term: null })).toEqual(['2026-10-01 08:00 → 2026-10-10 00:00 stated, received']);
  });

  it.each<[string, string, Term, string]>([
    ['hours, before opening', '2026-10-01 06:00', { kind: 'working-hours', amount: 4 }, '2026-10-01 11:30'],
    ['hours, over lunch', '2026-10-01 11:00', { kind: 'working-hours', amount: 4 }, '2026-10-01 17:00'],
    ['hours, at night', '2026-10-02 20:00', { kind: 'working-hours', amount: 1 }, '2026-10-05 08:30'],
    ['days, over Tết', '2026-02-13 08:00', days(2), '2026-02-25 00:00'],
    ['days, over the make-up Saturday', '2026-08-21 08:00', days(1), '2026-08-23 00:00'],
    ['calendar days that end on a Sunday', '2026-10-01 08:00', { kind: 'calendar-days', amount: 3 }, '2026-10-06 00:00'],
    // Day 0 is 3 September, after three days off; the month ends on a Saturday, so the Monday after counts.
    ['months', '2026-08-31 08:00', { kind: 'months', amount: 1 }, '2026-10-06 00:00'],
  ])('counts %s', (_, at, term, due) => {
    expect(inForce(received(at), { term })).toBe(due);
  });
});

describe('the end of a pause', () => {
  const pause = (story: LifeStory) => story.supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-08 08:00');

  it('moves a day term by the term days in (request day, completion day]', () => {
    expect(statements(pause(received()))).toEqual([
      '2026-10-01 08:00 → 2026-10-16 00:00 term, received', '2026-10-08 08:00 → 2026-10-20 00:00 term, supplement-completed',
    ]);
  });

  it('moves an hour term by the paused working minutes', () => {
    const story = received('2026-10-06 07:30').supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-06 09:15');
    expect(inForce(story, { term: { kind: 'working-hours', amount: 2 } })).toBe('2026-10-06 10:45');
  });

  it('over a holiday moves by the term days in it alone', () => {
    const story = received('2026-02-09 08:00').supplementAsked('s1', '2026-02-13 08:00').supplementGiven('s1', '2026-02-24 08:00');
    // Due Friday 27 February + 5 holidays; two term days were waited.
    expect(statements(story)).toEqual(['2026-02-09 08:00 → 2026-03-03 00:00 term, received', '2026-02-24 08:00 → 2026-03-05 00:00 term, supplement-completed']);
  });

  it('moves a stated due instant too, and the computed one beside it', () => {
    const facts = accepted(pause(received('2026-10-01 08:00', { statedDue: '2026-10-09 24:00' })));
    expect(facts.at(-1)).toMatchObject({ body: { dueAt: local('2026-10-13 24:00'), basis: 'stated', cause: 'supplement-completed', computedDueAt: local('2026-10-19 24:00') } });
  });

  it('with a new due instant of the source sets that one', () => {
    const story = received().supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-08 08:00', { newDue: '2026-10-30 24:00' });
    expect(statements(story)[1]).toBe('2026-10-08 08:00 → 2026-10-31 00:00 stated, supplement-completed');
  });

  it('that lies inside one day moves nothing', () => {
    expect(statements(received().supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-06 16:00'))).toHaveLength(1);
  });

  it('that began after the due instant had passed moves nothing', () => {
    expect(statements(received().supplementAsked('s1', '2026-10-19 08:00').supplementGiven('s1', '2026-10-21 08:00'))).toHaveLength(1);
  });

  it('for a fee moves it only where the procedure pauses', () => {
    const fee = (pausesClock: boolean) => received().obligationAsked('2026-10-06 08:00', { pausesClock }).obligationMet('2026-10-08 08:00');
    expect(statements(fee(true))[1]).toBe('2026-10-08 08:00 → 2026-10-20 00:00 term, financial-obligation-fulfilled');
    expect(statements(fee(false))).toHaveLength(1);
  });

  it('is the end of the last of those that overlap', () => {
    const story = received().obligationAsked('2026-10-05 08:00').supplementAsked('s1', '2026-10-06 08:00').obligationMet('2026-10-07 08:00').supplementGiven('s1', '2026-10-08 08:00');
    expect(statements(story)).toEqual(['2026-10-01 08:00 → 2026-10-16 00:00 term, received', '2026-10-08 08:00 → 2026-10-21 00:00 term, supplement-completed']);
  });

  it('that becomes known after a later one moves that one too', () => {
    const late = { recordedAt: '2026-10-14 08:00' };
    const story = received().obligationAsked('2026-10-12 08:00').obligationMet('2026-10-13 08:00')
      .supplementAsked('s1', '2026-10-06 08:00', late).supplementGiven('s1', '2026-10-08 08:00', late);
    expect(statements(story)).toEqual([
      '2026-10-01 08:00 → 2026-10-16 00:00 term, received', '2026-10-13 08:00 → 2026-10-17 00:00 term, financial-obligation-fulfilled',
      '2026-10-08 08:00 → 2026-10-20 00:00 term, supplement-completed', '2026-10-13 08:00 → 2026-10-21 00:00 term, financial-obligation-fulfilled',
    ]);
    expect(inForce(story)).toBe('2026-10-21 00:00');
  });

  it('that is brought about by the end of the dossier moves nothing', () => {
    expect(statements(received().supplementAsked('s1', '2026-10-06 08:00').finished('2026-10-08 08:00'))).toHaveLength(1);
  });
});

describe('an extension', () => {
  const extended = (at: string, recordedAt = at) => received().extended(at, '2026-10-23 24:00', { recordedAt });

  it('sets the new due instant', () => {
    expect(statements(extended('2026-10-14 08:00'))[1]).toBe('2026-10-14 08:00 → 2026-10-24 00:00 stated, extended');
  });

  it.each([
    ['at the old due instant', '2026-10-15 24:00', '2026-10-15 24:00', true],
    ['after the old due instant', '2026-10-16 00:00:00.001', '2026-10-16 08:00', false],
    ['recorded up to the end of the second working day after it', '2026-10-15 08:00', '2026-10-19 23:59', true],
    ['recorded later than that', '2026-10-15 08:00', '2026-10-20 00:00:00.001', false],
  ])('%s', (_, at, recordedAt, counts) => {
    expect(inForce(extended(at, recordedAt))).toBe(counts ? '2026-10-24 00:00' : '2026-10-16 00:00');
  });

  it.each([{ reason: null }, { apology: false }])('without %j sets nothing', (missing) => {
    expect(statements(received().extended('2026-10-14 08:00', '2026-10-23 24:00', missing))).toHaveLength(1);
  });

  it('is moved by a pause after it', () => {
    const story = extended('2026-10-14 08:00').supplementAsked('s1', '2026-10-15 08:00').supplementGiven('s1', '2026-10-16 08:00');
    expect(statements(story)[2]).toBe('2026-10-16 08:00 → 2026-10-27 00:00 stated, supplement-completed');
  });

  it('while the clock stands still is moved by the rest of the pause alone', () => {
    const story = received().supplementAsked('s1', '2026-10-12 08:00').extended('2026-10-14 08:00', '2026-10-23 24:00').supplementGiven('s1', '2026-10-16 08:00');
    expect(statements(story)[2]).toBe('2026-10-16 08:00 → 2026-10-28 00:00 stated, supplement-completed');
  });
});

describe('a correction', () => {
  const at = '2026-10-08 08:00';

  it('of the receipt counts the term from the new one', () => {
    expect(statements(received().corrected('received-at', '2026-10-01 08:00', '2026-09-30 08:00', { at }))[1]).toBe('2026-09-30 08:00 → 2026-10-15 00:00 term, corrected');
    expect(inForce(received().corrected('received-at', '2026-10-01 08:00', '2026-10-02 08:00', { at }))).toBe('2026-10-17 00:00');
  });

  it('of the receipt moves what a pause had moved', () => {
    const story = received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-06 08:00').corrected('received-at', '2026-10-01 08:00', '2026-09-30 08:00', { at });
    expect(inForce(story)).toBe('2026-10-16 00:00');
  });

  it('of the receipt leaves the due instant that came with a supplement', () => {
    const story = received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-06 08:00', { newDue: '2026-10-20 24:00' })
      .corrected('received-at', '2026-10-01 08:00', '2026-09-30 08:00', { at });
    expect(inForce(story)).toBe('2026-10-21 00:00');
  });

  it('of the receipt of one that waited when it ended moves nothing by that pause', () => {
    const story = received().supplementAsked('s1', '2026-10-05 08:00').finished('2026-10-07 08:00').corrected('received-at', '2026-10-01 08:00', '2026-09-30 08:00', { at });
    expect(inForce(story)).toBe('2026-10-15 00:00');
  });

  it('of the completion and then of the request leaves the pause as it was in the end', () => {
    const story = received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-06 08:00')
      .corrected('supplement-completed-at', '2026-10-06 08:00', '2026-10-09 08:00', { at: '2026-10-10 08:00', part: 's1' })
      .corrected('supplement-requested-at', '2026-10-05 08:00', '2026-10-08 08:00', { at: '2026-10-10 09:00', part: 's1' });
    expect(foldDossier(accepted(story)).dues.map(({ from, dueAt }) => `${text(from)} → ${text(dueAt)}`)).toEqual([
      '2026-10-01 08:00 → 2026-10-16 00:00', '2026-10-06 08:00 → 2026-10-16 00:00', '2026-10-09 08:00 → 2026-10-17 00:00',
    ]);
  });

  it('of the stated due instant takes force when it was changed', () => {
    const story = received('2026-10-01 08:00', { statedDue: '2026-10-09 24:00' }).corrected('stated-due-at', '2026-10-09 24:00', '2026-10-30 24:00', { at });
    expect(statements(story)[1]).toBe('2026-10-08 08:00 → 2026-10-31 00:00 stated, corrected');
  });

  it('of the stated due instant after it had passed is stated and does not count', () => {
    const story = received('2026-10-01 08:00', { statedDue: '2026-10-07 24:00' }).corrected('stated-due-at', '2026-10-07 24:00', '2026-10-30 24:00', { at });
    expect(statements(story)).toHaveLength(2);
    expect(inForce(story)).toBe('2026-10-08 00:00');
  });

  it('that states a due instant for the first time is one', () => {
    const story = received().corrected('stated-due-at', '2026-10-15 24:00', '2026-10-30 24:00', { at });
    expect(inForce(story)).toBe('2026-10-31 00:00');
  });

  it('of the due instant that came with a supplement is one of that', () => {
    const story = received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-06 08:00', { newDue: '2026-10-20 24:00' })
      .corrected('stated-due-at', '2026-10-20 24:00', '2026-10-22 24:00', { at, part: 's1' });
    expect(statements(story)[2]).toBe('2026-10-06 08:00 → 2026-10-23 00:00 stated, corrected');
  });

  it.each([
    ['to the instant of the request', '2026-10-05 08:00', '2026-10-16 00:00'], ['to the day of the request', '2026-10-05 16:00', '2026-10-16 00:00'],
    ['to a later day', '2026-10-07 08:00', '2026-10-20 00:00'],
  ])('of a completion, %s, moves the due instant by the pause as it was', (_, to, due) => {
    const story = received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-06 08:00').corrected('supplement-completed-at', '2026-10-06 08:00', to, { at, part: 's1' });
    expect(inForce(story)).toBe(due);
  });

  it('of something that no due instant depends on states none', () => {
    expect(statements(received().corrected('channel', 'in-person', 'online', { at }))).toHaveLength(1);
  });
});

describe('a changed calendar', () => {
  const typhoon: CalendarDefinition = { ...VIETNAM_CALENDAR, version: 2, holidays: [...VIETNAM_CALENDAR.holidays, { day: '2026-10-12', name: 'storm' }] };
  const restated = (story: LifeStory, recordedAt = '2026-10-09 08:00', circumstances: Circumstances = {}) =>
    statementsOf(restatedDueFacts(accepted(story), 'calendar-changed', contextAt(local(recordedAt), { calendar: typhoon, ...circumstances })));

  it('sets the computed due instant of an open dossier anew, from now on', () => {
    expect(restated(received())).toEqual(['2026-10-09 08:00 → 2026-10-17 00:00 term, calendar-changed']);
  });

  it('moves nothing by a day off that was waited through anyway', () => {
    const waited = received().supplementAsked('s1', '2026-10-09 07:30').supplementGiven('s1', '2026-10-13 08:00');
    expect(restated(waited, '2026-10-14 08:00')).toEqual([]);
  });

  it('stays counted in when an earlier pause becomes known', () => {
    const context = contextAt(local('2026-10-09 08:00'), { calendar: typhoon });
    const facts = accepted(received());
    const restatedThen = [...facts, ...restatedDueFacts(facts, 'calendar-changed', context)];
    const pause = lifeStory().supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-07 08:00').facts()
      .map(({ kind, occurredAt, timeBasis, body }) => ({ kind, occurredAt, timeBasis, body }) as ProposedFact);
    const result = decideFacts(restatedThen, pause, context);
    expect(result.ok && statementsOf(result.value)).toEqual([
      '2026-10-07 08:00 → 2026-10-17 00:00 term, supplement-completed', '2026-10-09 08:00 → 2026-10-20 00:00 term, calendar-changed',
    ]);
  });

  it.each<[string, LifeStory]>([
    ['has ended', received().finished('2026-10-05 08:00')], ['was due before the change of days', received('2026-09-14 08:00')],
    ['is due by what its source stated', received('2026-10-01 08:00', { statedDue: '2026-10-20 24:00' })],
    ['has a stated due instant that a pause moved', received('2026-10-01 08:00', { statedDue: '2026-10-20 24:00' }).supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-13 08:00')],
    ['was voided', received().voided('2026-10-02 08:00')], ['was not received', lifeStory().registered('2026-10-01 08:00')],
  ])('leaves a dossier that %s', (_, story) => expect(restated(story, '2026-10-13 09:00')).toEqual([]));

  it('gives a first due instant from the receipt on where a term becomes known', () => {
    const facts = accepted(received(), { term: null });
    expect(statementsOf(restatedDueFacts(facts, 'procedure-changed', contextAt(local('2026-10-09 08:00'))))).toEqual(['2026-10-01 08:00 → 2026-10-16 00:00 term, procedure-changed']);
  });

  it('is stated once', () => {
    const facts = accepted(received());
    const context = contextAt(local('2026-10-09 08:00'), { calendar: typhoon });
    const restatement = restatedDueFacts(facts, 'calendar-changed', context);
    expect(restatedDueFacts([...facts, ...restatement], 'calendar-changed', context)).toEqual([]);
  });

  it('after the due instant had passed is stated and does not count', () => {
    const facts = accepted(received());
    const restatement = restatedDueFacts(facts, 'calendar-changed', contextAt(local('2026-10-20 08:00'), { calendar: typhoon }));
    expect(foldDossier([...facts, ...restatement])).toMatchObject({ dues: [{ dueAt: local('2026-10-15 24:00') }], uncounted: [{ reason: 'due-moved-after-passing' }] });
  });
});
