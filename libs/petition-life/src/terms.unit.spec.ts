import { instantOf } from '@index766/kernel';
import { foldPetition } from './fold';
import { petitionDues, petitionStage } from './terms';
import { answered, asked, calendarOf, completed, endOf, factsOf, october, published, received, refused, transferred, type Told } from './test/petition-facts';

const END = october('31 00:00');
const dues = (told: readonly Told[], until = END) => {
  const { refuse, ask, answer, publish } = petitionDues(foldPetition(factsOf(...told)), until, calendarOf);
  return [refuse, ask, answer, publish].map((due) => due?.dueAt ?? null);
};
const stage = (...told: readonly Told[]) => petitionStage(foldPetition(factsOf(...told)), END);

describe('what is due', () => {
  it('of a new petition: to refuse, to ask, to answer', () => {
    expect(dues([received()])).toEqual([endOf(7), endOf(12), endOf(26), null]);
  });

  it('after a transfer within two working days: counted from there; after a later one: as before', () => {
    expect(dues([received(), transferred('06 09:00')])).toEqual([endOf(8), endOf(13), endOf(27), null]);
    expect(dues([received(), transferred('08 09:00')])).toEqual([endOf(7), endOf(12), endOf(26), null]);
  });

  it('while a supplement is waited for: nothing; afterwards the answer, from the first completion', () => {
    expect(dues([received(), asked('07 09:00')])).toEqual([null, null, null, null]);
    expect(dues([received(), asked('07 09:00'), completed('09 09:00')])).toEqual([null, null, endOf(30), null]);
    expect(dues([received(), asked('07 09:00'), completed('09 09:00'), asked('12 09:00'), completed('14 09:00')])).toEqual([null, null, endOf(30), null]);
  });

  it('after the answer: to publish within two working days; then nothing', () => {
    expect(dues([received(), answered('08 09:00')])).toEqual([null, null, null, endOf(12)]);
    expect(dues([received(), answered('08 09:00'), published('09 09:00')])).toEqual([null, null, null, null]);
    expect(dues([received(), refused('06 09:00')])).toEqual([null, null, null, null]);
  });

  it('at an instant: what happened up to it', () => {
    expect(dues([received(), answered('08 09:00')], october('08 09:00'))).toEqual([endOf(7), endOf(12), endOf(26), null]);
    expect(dues([received()], october('05 08:30'))).toEqual([null, null, null, null]);
  });

  it('comes with its working', () => {
    const { refuse } = petitionDues(foldPetition(factsOf(received('09 09:00'))), END, calendarOf);
    expect(refuse?.working.map(({ kind }) => kind)).toEqual(['day-zero', 'skipped', 'skipped', 'last-day']);
  });
});

describe('the stage of a petition', () => {
  it('is that of its last fact', () => {
    expect([
      stage(received()), stage(received(), asked('06 09:00')), stage(received(), asked('06 09:00'), completed('07 09:00')), stage(received(), refused('06 09:00')),
      stage(received(), answered('06 09:00')), stage(received(), answered('06 09:00'), published('07 09:00')),
    ]).toEqual(['open', 'waiting', 'open', 'refused', 'answered', 'published']);
  });

  it('is ended by an answer while a supplement is waited for', () => {
    const view = foldPetition(factsOf(received(), asked('06 09:00'), answered('07 09:00')));
    expect([view.supplements, petitionStage(view, instantOf(october('07 09:00') + 1))]).toEqual([[{ from: october('06 09:00'), to: october('07 09:00') }], 'answered']);
  });

  it('is that of the first end: what comes after it changes nothing', () => {
    expect([stage(received(), refused('06 09:00'), answered('07 09:00')), stage(received(), answered('06 09:00'), asked('07 09:00'))]).toEqual(['refused', 'answered']);
  });
});
