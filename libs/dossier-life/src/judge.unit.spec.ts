import { parsePeriod, type Instant } from '@index766/kernel';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';

import { foldDossier } from './fold';
import { judgeAt, type Judgement } from './judge';

const october = { start: local('2026-10-01'), end: local('2026-11-01') };
const judged = (story: LifeStory, at: string | Instant = october.end, period = october) =>
  judgeAt(foldDossier(story.facts()), period, typeof at === 'string' ? local(at) : at);
const received = (at = '2026-10-05 08:00', due = '2026-10-10 24:00') => lifeStory().received(at).due(at, due);

const ON_TIME: Partial<Judgement> = { belongs: true, onTime: true, late: false };
const LATE: Partial<Judgement> = { belongs: true, onTime: false, late: true };
const ELSEWHERE: Partial<Judgement> = { belongs: false, onTime: false, late: false, state: 'not-counted' };

describe('a dossier belongs to [start, end)', () => {
  it.each<[string, LifeStory, boolean]>([
    ['received in it', received(), true],
    ['received at its first instant', received('2026-10-01'), true],
    ['received before and open', received('2026-09-01 08:00', '2026-12-01'), true],
    ['received before and ended at its first instant', received('2026-09-01 08:00').finished('2026-10-01'), true],
    ['received before and ended before', received('2026-09-01 08:00').finished('2026-09-30 23:59:59.999'), false],
    ['received at its end', received('2026-11-01'), false],
    ['received in its last millisecond', received('2026-10-31 23:59:59.999'), true],
    ['registered only', lifeStory().registered('2026-10-05 08:00'), false],
    ['refused', lifeStory().registered('2026-10-05 08:00').refused('2026-10-05 09:00'), false],
    ['withdrawn before it was received', lifeStory().registered('2026-10-05 08:00').withdrawn('2026-10-05 09:00'), false],
    ['voided before it was due', received().voided('2026-10-09 08:00'), false],
    ['voided after it was due', received().voided('2026-10-12 08:00'), true],
  ])('if it was %s', (_, story, belongs) => {
    expect(judged(story).belongs).toBe(belongs);
  });
});

describe('an ended dossier', () => {
  it.each([
    ['before its due instant', '2026-10-09 08:00', ON_TIME], ['at its due instant', '2026-10-10 24:00', ON_TIME],
    ['a millisecond after it', '2026-10-11 00:00:00.001', LATE],
  ])('%s', (_, end, expected) => {
    expect(judged(received().finished(end))).toMatchObject({ ...expected, state: 'ended', endedInPeriod: true });
  });

  it('is open at T before its end, a future one too', () => {
    const story = received('2026-10-05 08:00', '2026-12-01').finished('2026-11-20 08:00', { recordedAt: '2026-10-06 08:00' });
    expect(judged(story)).toMatchObject({ ...ON_TIME, state: 'open', endedInPeriod: false });
  });

  it('is judged by the due instant in force at its end', () => {
    const story = received().due('2026-10-09 08:00', '2026-10-20 24:00', { cause: 'corrected' }).finished('2026-10-15 08:00');
    expect(judged(story)).toMatchObject(ON_TIME);
  });

  it('that waited for a supplement when it ended is judged at the request', () => {
    const story = (asked: string) => received().supplementAsked('s1', asked).finished('2026-10-20 08:00');
    expect(judged(story('2026-10-10 24:00'))).toMatchObject({ ...ON_TIME, state: 'ended' });
    expect(judged(story('2026-10-11 00:00:00.001'))).toMatchObject({ ...LATE, state: 'ended' });
  });

  it('that no longer waited when it ended is judged at its end', () => {
    expect(judged(received().supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-06 09:00').finished('2026-10-20 08:00'))).toMatchObject(LATE);
  });

  it('was withdrawn or stopped on time or late like any other', () => {
    expect(judged(received().withdrawn('2026-10-09 08:00'))).toMatchObject(ON_TIME);
    expect(judged(received().stopped('2026-10-12 08:00'))).toMatchObject(LATE);
  });

  it('that was reopened counts by its first end', () => {
    expect(judged(received().finished('2026-10-09 08:00').reopened('2026-10-12 08:00'))).toMatchObject({ ...ON_TIME, state: 'ended' });
  });

  it('before its start ended at its receipt', () => {
    expect(judged(received().finished('2026-09-01 08:00'))).toMatchObject({ ...ON_TIME, state: 'ended', endedInPeriod: true });
  });
});

describe('a waiting dossier', () => {
  it('is judged at the request as long as it waits', () => {
    expect(judged(received().supplementAsked('s1', '2026-10-09 08:00'))).toMatchObject({ ...ON_TIME, state: 'waiting' });
    expect(judged(received().supplementAsked('s1', '2026-10-12 08:00'))).toMatchObject({ ...LATE, state: 'waiting' });
  });

  it('is open again from the completion on', () => {
    const story = received().supplementAsked('s1', '2026-10-09 08:00').supplementGiven('s1', '2026-10-20 08:00');
    expect(judged(story, '2026-10-19 08:00')).toMatchObject({ ...ON_TIME, state: 'waiting' });
    expect(judged(story, '2026-10-20 08:00')).toMatchObject({ ...LATE, state: 'open' });
  });

  it('with two requests that overlap is judged at the first', () => {
    const story = received().obligationAsked('2026-10-09 08:00').supplementAsked('s1', '2026-10-12 08:00').obligationMet('2026-10-13 08:00');
    expect(judged(story)).toMatchObject({ ...ON_TIME, state: 'waiting' });
  });

  it('with a request at the instant at which another ends waits since the first', () => {
    const story = received().supplementAsked('s1', '2026-10-09 08:00').obligationAsked('2026-10-12 08:00').supplementGiven('s1', '2026-10-12 08:00');
    expect(judged(story)).toMatchObject({ ...ON_TIME, state: 'waiting' });
  });

  it('for a fee that stops the clock counts like one for a supplement', () => {
    expect(judged(received().obligationAsked('2026-10-09 08:00'))).toMatchObject({ ...ON_TIME, state: 'waiting' });
    expect(judged(received().obligationAsked('2026-10-09 08:00', { pausesClock: false }))).toMatchObject({ ...LATE, state: 'open' });
  });
});

describe('an open dossier', () => {
  it('is within term up to and including its due instant', () => {
    expect(judged(received(), '2026-10-10 24:00')).toMatchObject({ ...ON_TIME, state: 'open' });
    expect(judged(received(), '2026-10-11 00:00:00.001')).toMatchObject({ ...LATE, state: 'open' });
  });

  it('due at 24:00 of the last day is within term at the end of the period', () => {
    expect(judged(received('2026-10-05 08:00', '2026-10-31 24:00'))).toMatchObject(ON_TIME);
  });

  it('is late at T although its due instant is moved later on', () => {
    const story = received().due('2026-10-15 08:00', '2026-10-30 24:00', { cause: 'corrected' });
    expect(judged(story, '2026-10-31 08:00')).toMatchObject(LATE);
    expect(judged(received().due('2026-10-09 08:00', '2026-10-30 24:00', { cause: 'corrected' }), '2026-10-08 08:00')).toMatchObject(ON_TIME);
  });
});

describe('a second supplement', () => {
  const asked = () => received().supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-06 09:00').supplementAsked('s2', '2026-10-07 08:00');

  it('makes it late from its instant on, whatever the due instant', () => {
    expect(judged(asked(), '2026-10-07 07:59')).toMatchObject(ON_TIME);
    expect(judged(asked(), '2026-10-07 08:00')).toMatchObject({ ...LATE, state: 'waiting' });
  });

  it('keeps it late for ever, ended within the due instant too', () => {
    expect(judged(asked().supplementGiven('s2', '2026-10-07 09:00').finished('2026-10-08 08:00'))).toMatchObject({ ...LATE, state: 'ended' });
  });

  it('asked for at the end of a period counts in the next one', () => {
    const story = received('2026-10-05 08:00', '2026-12-01').supplementAsked('s1', '2026-10-06 08:00').supplementAsked('s2', '2026-11-01');
    expect(judged(story)).toMatchObject(ON_TIME);
  });

  it('makes late what has no due instant', () => {
    const story = lifeStory().received('2026-10-05 08:00').supplementAsked('s1', '2026-10-06 08:00').supplementAsked('s2', '2026-10-07 08:00');
    expect(judged(story)).toMatchObject({ ...LATE, undetermined: false });
  });
});

describe('a dossier without due instant and term', () => {
  const undetermined = () => lifeStory().received('2026-10-05 08:00');

  it('open is in numerator and denominator', () => {
    expect(judged(undetermined())).toMatchObject({ belongs: true, onTime: true, late: false, undetermined: true });
  });

  it('ended is in the denominator only', () => {
    expect(judged(undetermined().finished('2026-10-06 08:00'))).toMatchObject({ belongs: true, onTime: false, late: false, undetermined: true });
  });
});

describe('a fact counts in a period', () => {
  it.each([
    ['Sunday 23:59:59.999', '2026-11-22 23:59:59.999', '2026-W47'], ['Monday 00:00', '2026-11-23 00:00', '2026-W48'],
    ['the last instant of 2026-W53', '2027-01-03 23:59:59.999', '2026-W53'], ['the first after 2026-W53', '2027-01-04 00:00', '2027-W01'],
  ])('that its instant is in: %s', (_, at, name) => {
    const inPeriods = ['2026-W47', '2026-W48', '2026-W53', '2027-W01'].filter((each) => {
      const period = parsePeriod(each);
      return period.ok && judgeAt(foldDossier(received(at, '2027-06-01').facts()), period.value, period.value.end).receivedInPeriod;
    });
    expect(inPeriods).toEqual([name]);
  });

  it('up to and including T while the period runs, before its end when it is over', () => {
    const story = received('2026-10-05 08:00', '2026-12-01');
    expect(judged(story, '2026-10-05 07:59:59.999')).toMatchObject(ELSEWHERE);
    expect(judged(story, '2026-10-05 08:00')).toMatchObject(ON_TIME);
    expect(judged(story.finished('2026-11-01'), '2026-11-01')).toMatchObject({ state: 'open' });
  });

  it('of a T before its start as what is in hand at T', () => {
    const ended = lifeStory().received('2026-09-01 08:00').due('2026-09-01 08:00', '2026-12-01').finished('2026-09-20 08:00');
    expect(judged(ended, '2026-09-10')).toMatchObject({ ...ON_TIME, state: 'open' });
    expect(judged(ended, '2026-09-25')).toMatchObject(ELSEWHERE);
  });

  it('of a T past the end as at the end', () => {
    expect(judged(received('2026-10-05 08:00', '2026-11-05'), '2026-12-01')).toEqual(judged(received('2026-10-05 08:00', '2026-11-05')));
  });
});
