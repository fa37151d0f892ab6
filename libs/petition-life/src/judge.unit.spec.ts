import { instantOf, parsePeriod, type Instant } from '@index766/kernel';
import { foldPetition } from './fold';
import { judgePetitionAt, petitionWakeAt } from './judge';
import {
  OTHER_UNIT, UNIT, answered, asked, calendarOf, classified, completed, endOf, october, published, received, refused, repeated, repeatWithdrawn,
  satisfied, transferred, factsOf, type Told,
} from './test/petition-facts';

const OCTOBER = (() => {
  const period = parsePeriod('2026-10');
  if (!period.ok) throw new Error('a period expected');
  return period.value;
})();
const viewOf = (...told: readonly Told[]) => foldPetition(factsOf(...told));
const judged = (told: readonly Told[], at: Instant = OCTOBER.end) => judgePetitionAt(viewOf(...told), OCTOBER, at, calendarOf);

describe('a petition is on time', () => {
  it.each<[string, readonly Told[], boolean]>([
    ['refused on the second working day', [received(), refused('07 23:59')], true],
    ['refused on the third', [received(), refused('08 00:01')], false],
    ['a supplement asked for on the fifth', [received(), asked('12 16:00')], true],
    ['a supplement asked for on the sixth', [received(), asked('13 08:00')], false],
    ['answered on the fifteenth', [received(), answered('26 23:00')], true],
    ['answered on the sixteenth', [received(), answered('27 08:00')], false],
    ['received after hours: the next day is day 0', [received('05 17:30'), refused('08 16:00')], true],
    ['received on a Friday: Monday and Tuesday are the two days', [received('09 09:00'), refused('13 16:00')], true],
    ['the first reaction counts: late asked, soon answered', [received(), asked('13 08:00'), completed('14 08:00'), answered('15 08:00')], false],
    ['the first reaction counts: asked in time, answered after the fifteenth day', [received(), asked('06 08:00'), completed('20 08:00'), answered('30 08:00')], true],
    ['asked in time and waiting', [received(), asked('12 08:00')], true],
  ])('%s: %s', (_case, told, onTime) => {
    expect(judged(told)).toMatchObject({ belongs: true, onTime, late: !onTime, dissatisfied: !onTime });
  });

  it('while nothing was done, up to and including the end of the fifteenth working day', () => {
    const told = [received()];
    expect([judged(told, endOf(26)), judged(told, instantOf(endOf(26) + 1))]).toMatchObject([
      { onTime: true, stage: 'open', dueAt: endOf(26) }, { onTime: false, late: true, dissatisfied: true },
    ]);
  });
});

describe('the clock', () => {
  it('starts anew at a transfer within two working days, and again from there', () => {
    expect(judged([received(), transferred('07 16:00'), refused('09 16:00')])).toMatchObject({ onTime: true, unit: OTHER_UNIT });
    expect(judged([received(), transferred('07 16:00'), transferred('09 16:00', UNIT), refused('13 16:00')])).toMatchObject({ onTime: true, unit: UNIT });
  });

  it('goes on at a later one, and no further transfer starts it', () => {
    expect(judged([received(), transferred('08 09:00'), refused('09 09:00')])).toMatchObject({ onTime: false, unit: OTHER_UNIT, dueAt: endOf(7) });
    expect(judged([received(), transferred('08 09:00'), transferred('09 09:00', UNIT), refused('12 09:00')])).toMatchObject({ onTime: false, dueAt: endOf(7) });
  });

  it('does not start anew for what was done before a transfer', () => {
    expect(judged([received(), asked('06 09:00'), transferred('07 09:00')])).toMatchObject({ onTime: true, dueAt: endOf(12), unit: OTHER_UNIT });
  });
});

describe('a petition belongs to a period', () => {
  it('in which it was received, before T', () => {
    expect(judged([received()], october('05 08:29')).belongs).toBe(false);
    expect(judged([received()], october('05 08:30')).belongs).toBe(true);
    const november = { start: OCTOBER.end, end: instantOf(OCTOBER.end + 1) };
    expect(judgePetitionAt(viewOf(received()), november, november.end, calendarOf)).toMatchObject({ belongs: false, onTime: false, unit: null });
  });

  it('to the unit that has it at T, under the class that it has now', () => {
    const told = [received(), transferred('06 09:00'), classified('20 09:00')];
    expect(judged(told, october('06 08:00'))).toMatchObject({ unit: UNIT, class: 'rules' });
    expect(judged(told)).toMatchObject({ unit: OTHER_UNIT, class: 'rules' });
  });

  it('only once it was received', () => {
    expect(judged([answered('06 09:00')]).belongs).toBe(false);
  });
});

describe('handling is dissatisfying', () => {
  const handled = [received(), answered('06 09:00')];
  it('by the last word on the answer', () => {
    expect(judged([...handled, satisfied('07 09:00', false)])).toMatchObject({ onTime: true, ratedUnsatisfied: true, dissatisfied: true });
    expect(judged([...handled, satisfied('07 09:00', false), satisfied('08 09:00', true)])).toMatchObject({ ratedUnsatisfied: false, dissatisfied: false });
    expect(judged([...handled, satisfied('07 09:00', false), satisfied('08 09:00', true)], october('07 12:00')).dissatisfied).toBe(true);
  });

  it('by a later petition about the answer, while it is known to be about it', () => {
    expect(judged([...handled, repeated('20 09:00')])).toMatchObject({ repeated: true, dissatisfied: true });
    expect(judged([...handled, repeated('20 09:00'), repeatWithdrawn('21 09:00')])).toMatchObject({ repeated: false, dissatisfied: false });
  });

  it('not by a word on an answer that was not given', () => {
    expect(judged([received(), refused('06 09:00'), satisfied('07 09:00', false)])).toMatchObject({ ratedUnsatisfied: false, dissatisfied: false });
  });
});

describe('by time alone a petition counts otherwise', () => {
  it('a millisecond after the term of the answer, while nothing was done', () => {
    expect(petitionWakeAt(viewOf(received()), october('06 00:00'), calendarOf)).toBe(instantOf(endOf(26) + 1));
    expect(petitionWakeAt(viewOf(received()), instantOf(endOf(26) + 1), calendarOf)).toBeNull();
    expect(petitionWakeAt(viewOf(received(), answered('06 09:00')), october('07 00:00'), calendarOf)).toBeNull();
    expect(petitionWakeAt(viewOf(), october('07 00:00'), calendarOf)).toBeNull();
  });

  it('when an instant has come that was stated ahead', () => {
    expect(petitionWakeAt(viewOf(received(), transferred('07 09:00'), published('09 09:00')), october('06 00:00'), calendarOf)).toBe(october('07 09:00'));
  });
});
