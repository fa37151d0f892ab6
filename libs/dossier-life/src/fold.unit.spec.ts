import type { DossierId } from '@index766/kernel';
import { lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';

import { foldDossier, unknownDossier } from './fold';
import type { DossierView } from './view';

const viewOf = (story: LifeStory): DossierView => foldDossier(story.facts());
const reasons = (view: DossierView) => view.uncounted.map(({ sequence, reason }) => [sequence, reason]);
const received = () => lifeStory().received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-10 24:00');

describe('a dossier that is not received', () => {
  it('may have steps before it has anything else', () => {
    const view = viewOf(lifeStory().step('a', '2026-10-01 08:00', { by: officer(1) }));
    expect(view).toMatchObject({ receivedAt: null, holders: [], endedAt: null });
    expect(view.steps).toHaveLength(1);
  });

  it('is with the unit where it was registered, until another one receives it', () => {
    const registered = lifeStory().registered('2026-10-01 08:00', { unit: 'H44.1' });
    expect(viewOf(registered).holders).toEqual([{ unit: 'H44.1', from: local('2026-10-01 08:00') }]);
    expect(viewOf(registered.received('2026-10-02 08:00', { unit: 'H44.2' })).holders).toEqual([{ unit: 'H44.2', from: local('2026-10-02 08:00') }]);
  });

  it('has no end even if it was withdrawn', () => {
    const view = viewOf(lifeStory().registered('2026-10-01 08:00').withdrawn('2026-10-02 08:00'));
    expect(view).toMatchObject({ receivedAt: null, endedAt: null, endStatus: null, uncounted: [] });
  });

  it('marks an end of something that never was in hand', () => {
    expect(reasons(viewOf(lifeStory().registered('2026-10-01 08:00').finished('2026-10-02 08:00')))).toEqual([[2, 'impossible-in-status']]);
  });

  it('is never received once it was refused', () => {
    const view = viewOf(lifeStory().registered('2026-10-01 08:00').refused('2026-10-01 09:00').received('2026-10-02 08:00'));
    expect(view).toMatchObject({ receivedAt: null, refusedAt: local('2026-10-01 09:00') });
    expect(reasons(view)).toEqual([[3, 'impossible-in-status']]);
  });

  it('cannot be made refused after it was recorded as received: that would take it out of the figures unseen', () => {
    const view = viewOf(received().refused('2026-09-30 09:00', { recordedAt: '2026-10-20 08:00' }));
    expect(view).toMatchObject({ receivedAt: local('2026-10-01 08:00'), refusedAt: null });
    expect(reasons(view)).toEqual([[3, 'impossible-in-status']]);
  });
});

describe('the end of a dossier', () => {
  it.each<[string, LifeStory, string, number]>([
    ['status 9', received().finished('2026-10-05 08:00').returned('2026-10-06 08:00'), '2026-10-05 08:00', 9],
    ['else 10', received().returned('2026-10-06 08:00'), '2026-10-06 08:00', 10],
    ['else 8', received().stopped('2026-10-05 08:00'), '2026-10-05 08:00', 8],
    ['else 7', received().withdrawn('2026-10-05 08:00'), '2026-10-05 08:00', 7],
    ['9 before 10 of the same instant', received().returned('2026-10-05 08:00').finished('2026-10-05 08:00'), '2026-10-05 08:00', 9],
  ])('is the first instant of %s', (_, story, at, status) => {
    expect(viewOf(story)).toMatchObject({ endedAt: local(at), endStatus: status });
  });

  it('stands: later work is a reopening, which is shown and not counted', () => {
    const view = viewOf(
      received().finished('2026-10-05 08:00').reopened('2026-10-06 08:00').supplementAsked('s1', '2026-10-06 09:00')
        .supplementAsked('s2', '2026-10-06 10:00').transferred('H44.2', '2026-10-06 11:00').finished('2026-10-07 08:00'),
    );
    expect(view).toMatchObject({
      endedAt: local('2026-10-05 08:00'), endStatus: 9, reopenedAt: local('2026-10-06 08:00'), waits: [], secondSupplementAt: null,
      holders: [{ unit: 'H44.114' }], uncounted: [],
    });
  });

  it('stands against a later end of another kind that nothing reopened', () => {
    const view = viewOf(received().stopped('2026-10-05 08:00').finished('2026-10-07 08:00'));
    expect(view).toMatchObject({ endedAt: local('2026-10-05 08:00'), endStatus: 8 });
    expect(reasons(view)).toEqual([[4, 'impossible-in-status']]);
  });

  it('keeps the hand-over of papers after a withdrawal as what it is', () => {
    const view = viewOf(received().withdrawn('2026-10-05 08:00').returned('2026-10-07 08:00'));
    expect(view).toMatchObject({ endedAt: local('2026-10-05 08:00'), endStatus: 7, returnedAt: local('2026-10-07 08:00'), uncounted: [] });
  });

  it('before the start counts as ended at receipt, flagged', () => {
    const view = viewOf(received().finished('2026-09-28 08:00'));
    expect(view).toMatchObject({ endedAt: local('2026-10-01 08:00'), endStatus: 9 });
    expect(reasons(view)).toEqual([[3, 'end-before-start']]);
  });

  it('before the start counts once: of two ends the first, the other is marked', () => {
    const view = viewOf(received().finished('2026-09-28 08:00').returned('2026-09-29 08:00').stopped('2026-09-30 08:00'));
    expect(view).toMatchObject({ endedAt: local('2026-10-01 08:00'), endStatus: 9, returnedAt: local('2026-10-01 08:00') });
    expect(reasons(view)).toEqual([[3, 'end-before-start'], [4, 'end-before-start'], [5, 'impossible-in-status']]);
  });
});

describe('waiting', () => {
  it('lasts from the request to the completion', () => {
    const view = viewOf(received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-07 08:00'));
    expect(view.waits).toEqual([
      { kind: 'supplement', supplement: 's1', from: local('2026-10-05 08:00'), to: local('2026-10-07 08:00'), closedByEnd: false },
    ]);
  });

  it('is closed by the end of the dossier', () => {
    const view = viewOf(received().supplementAsked('s1', '2026-10-05 08:00').finished('2026-10-07 08:00'));
    expect(view.waits).toMatchObject([{ to: local('2026-10-07 08:00'), closedByEnd: true }]);
  });

  it('is over if the completion came at the instant of the end', () => {
    const view = viewOf(received().supplementAsked('s1', '2026-10-05 08:00').finished('2026-10-07 08:00').supplementGiven('s1', '2026-10-07 08:00'));
    expect(view.waits).toMatchObject([{ to: local('2026-10-07 08:00'), closedByEnd: false }]);
  });

  it('for a fee stops the clock only if the procedure says so, and is no supplement', () => {
    expect(viewOf(received().obligationAsked('2026-10-05 08:00', { pausesClock: false })).waits).toEqual([]);
    const view = viewOf(
      received().supplementAsked('s1', '2026-10-02 08:00').supplementGiven('s1', '2026-10-02 09:00').obligationAsked('2026-10-05 08:00').obligationMet('2026-10-06 08:00'),
    );
    expect(view.waits).toMatchObject([{ kind: 'supplement' }, { kind: 'financial-obligation', supplement: null, to: local('2026-10-06 08:00') }]);
    expect(view.secondSupplementAt).toBeNull();
  });

  it('asked for before the receipt does not count', () => {
    const view = viewOf(lifeStory().registered('2026-09-28 08:00').supplementAsked('s1', '2026-09-29 08:00').received('2026-10-01 08:00'));
    expect(view.waits).toEqual([]);
    expect(reasons(view)).toEqual([[2, 'impossible-in-status']]);
  });

  it('for something that was given before it was asked for is no waiting', () => {
    const view = viewOf(received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-04 08:00'));
    expect(view.waits).toMatchObject([{ from: local('2026-10-05 08:00'), to: local('2026-10-05 08:00') }]);
    expect(reasons(view)).toEqual([[4, 'impossible-in-status']]);
  });
});

describe('the second supplement', () => {
  const once = () => received().supplementAsked('s1', '2026-10-02 08:00').supplementGiven('s1', '2026-10-05 08:00');

  it('is the second distinct request', () => {
    expect(viewOf(once()).secondSupplementAt).toBeNull();
    expect(viewOf(once().supplementAsked('s2', '2026-10-06 08:00')).secondSupplementAt).toBe(local('2026-10-06 08:00'));
  });

  it('counts while the first is still open, too', () => {
    expect(viewOf(received().supplementAsked('s1', '2026-10-02 08:00').supplementAsked('s2', '2026-10-03 08:00')).secondSupplementAt).toBe(local('2026-10-03 08:00'));
  });

  it('is none if the same one is asked for again', () => {
    const view = viewOf(once().supplementAsked('s1', '2026-10-06 08:00'));
    expect(view.secondSupplementAt).toBeNull();
    expect(reasons(view)).toEqual([[5, 'impossible-in-status']]);
  });

  it('stays the second when a third comes', () => {
    const view = viewOf(once().supplementAsked('s2', '2026-10-06 08:00').supplementGiven('s2', '2026-10-06 09:00').supplementAsked('s3', '2026-10-07 08:00'));
    expect(view.secondSupplementAt).toBe(local('2026-10-06 08:00'));
  });
});

describe('holders', () => {
  it('are the receiving unit, then each unit that it was handed to', () => {
    const view = viewOf(received().transferred('H44.2', '2026-10-03 08:00').transferred('H44.3', '2026-10-04 08:00'));
    expect(view.holders.map(({ unit }) => unit)).toEqual(['H44.114', 'H44.2', 'H44.3']);
  });

  it('do not change by a transfer to the holder or after the end', () => {
    const view = viewOf(received().transferred('H44.114', '2026-10-03 08:00').finished('2026-10-04 08:00').transferred('H44.2', '2026-10-05 08:00'));
    expect(view.holders.map(({ unit }) => unit)).toEqual(['H44.114']);
    expect(reasons(view)).toEqual([[3, 'impossible-in-status'], [5, 'impossible-in-status']]);
  });
});

describe('the end of a step', () => {
  it.each<[string, LifeStory, string | null]>([
    ['its own', received().step('a', '2026-10-02 08:00').step('b', '2026-10-03 08:00').stepDone('a', '2026-10-04 08:00'), '2026-10-04 08:00'],
    ['the next start, if its own does not come after its start', received().step('a', '2026-10-02 08:00').stepDone('a', '2026-10-02 08:00').step('b', '2026-10-03 08:00'), '2026-10-03 08:00'],
    ['the next start', received().step('a', '2026-10-02 08:00').step('b', '2026-10-03 08:00'), '2026-10-03 08:00'],
    ['the next later start, if two run beside each other', received().step('a', '2026-10-02 08:00').step('b', '2026-10-02 08:00').step('c', '2026-10-03 08:00'), '2026-10-03 08:00'],
    ['the end of the dossier', received().step('a', '2026-10-02 08:00').finished('2026-10-06 08:00'), '2026-10-06 08:00'],
    ['the end of the dossier, if the next step only hands out the result', received().step('a', '2026-10-02 08:00').finished('2026-10-06 08:00').step('b', '2026-10-07 08:00'), '2026-10-06 08:00'],
    ['its start, if it begins after the end of the dossier', received().finished('2026-10-01 09:00').step('a', '2026-10-02 08:00'), '2026-10-02 08:00'],
    ['open', received().step('a', '2026-10-02 08:00'), null],
  ])('is %s', (_, story, end) => {
    expect(viewOf(story).steps[0]?.to).toBe(end === null ? null : local(end));
  });

  it('of one assigned twice goes by the first', () => {
    const view = viewOf(received().step('a', '2026-10-02 08:00', { by: officer(1) }).step('a', '2026-10-03 08:00', { by: officer(2) }));
    expect(view.steps).toMatchObject([{ officer: officer(1), to: null }]);
    expect(reasons(view)).toEqual([[4, 'impossible-in-status']]);
  });
});

describe('facts of one instant and kind', () => {
  it('stand in the order of what they are about, not of their recording', () => {
    const steps = (first: string, second: string) =>
      viewOf(received().step(first, '2026-10-02 08:00').step(second, '2026-10-02 08:00')).steps.map(({ step }) => step);
    expect(steps('b', 'a')).toEqual(steps('a', 'b'));
  });
});

describe('what was known by K', () => {
  it('is all that a view is made of', () => {
    const facts = received().finished('2026-10-05 08:00', { recordedAt: '2026-10-12 08:00' }).facts();
    const knownBy = (until: string) => foldDossier(facts, { knownBy: ({ recordedAt }) => recordedAt <= local(until) }).endedAt;
    expect([knownBy('2026-10-11 24:00'), knownBy('2026-10-12 08:00')]).toEqual([null, local('2026-10-05 08:00')]);
  });

  it('may be nothing at all', () => {
    expect(foldDossier(received().facts(), { knownBy: () => false })).toMatchObject({ dossier: 'H44.114-20261001-0001', receivedAt: null });
  });

  it('needs a dossier that it is about', () => expect(() => foldDossier([])).toThrow(RangeError));
});

describe('an apology', () => {
  it('is remembered from its first note on, whether the extension counts or not', () => {
    expect(viewOf(received().extended('2026-10-20 08:00', '2026-10-25 24:00')).apologyAt).toBe(local('2026-10-20 08:00'));
    expect(viewOf(received().extended('2026-10-05 08:00', '2026-10-25 24:00', { apology: false })).apologyAt).toBeNull();
  });
});

describe('a dossier of which no fact is known', () => {
  it('is nowhere and counts nowhere, as if nothing of what is known of it counted', () => {
    const [first] = received().facts();
    const view = unknownDossier(first?.dossier ?? ('' as DossierId));
    expect(view).toMatchObject({ dossier: first?.dossier, receivedAt: null, holders: [], dues: [], voided: false, uncounted: [] });
    expect(view).toEqual(foldDossier(received().facts(), { knownBy: () => false }));
  });
});
