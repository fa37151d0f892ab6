import { lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';

import { foldDossier } from './fold';

const viewOf = (story: LifeStory) => foldDossier(story.facts());
const at = '2026-10-20 08:00';
const received = () => lifeStory().registered('2026-09-30 08:00').received('2026-10-01 08:00');

describe('a correction', () => {
  it.each<[string, LifeStory, object]>([
    ['the unit', received().corrected('unit', 'H44.114', 'H44.2', { at }), { holders: [{ unit: 'H44.2', from: local('2026-10-01 08:00') }] }],
    ['the procedure', received().corrected('procedure', '2.000815', '1.004884', { at }), { procedure: '1.004884' }],
    ['the channel', received().corrected('channel', 'in-person', 'online', { at }), { channel: 'online' }],
    ['the receipt', received().corrected('received-at', '2026-10-01 08:00', '2026-10-02 08:00', { at }), { receivedAt: local('2026-10-02 08:00'), holders: [{ from: local('2026-10-02 08:00') }] }],
    ['the refusal', lifeStory().registered('2026-09-30 08:00').refused('2026-10-01 08:00').corrected('refused-at', '2026-10-01 08:00', '2026-10-02 08:00', { at }), { refusedAt: local('2026-10-02 08:00') }],
    ['the end', received().finished('2026-10-05 08:00').corrected('finished-at', '2026-10-05 08:00', '2026-10-06 08:00', { at }), { endedAt: local('2026-10-06 08:00') }],
    ['the return', received().finished('2026-10-05 08:00').returned('2026-10-06 08:00').corrected('returned-at', '2026-10-06 08:00', '2026-10-07 08:00', { at }), { returnedAt: local('2026-10-07 08:00') }],
    ['the withdrawal', received().withdrawn('2026-10-05 08:00').corrected('withdrawn-at', '2026-10-05 08:00', '2026-10-06 08:00', { at }), { endedAt: local('2026-10-06 08:00') }],
    ['the stop', received().stopped('2026-10-05 08:00').corrected('stopped-at', '2026-10-05 08:00', '2026-10-06 08:00', { at }), { endedAt: local('2026-10-06 08:00') }],
    ['a step deadline', received().step('a', '2026-10-02 08:00', { by: officer(1), deadline: '2026-10-03 17:00' }).corrected('step-deadline', '2026-10-03 17:00', '2026-10-04 17:00', { at, part: 'a' }), { steps: [{ deadline: local('2026-10-04 17:00') }] }],
    ['a step end', received().step('a', '2026-10-02 08:00').stepDone('a', '2026-10-03 08:00').corrected('step-ended-at', '2026-10-03 08:00', '2026-10-04 08:00', { at, part: 'a' }), { steps: [{ to: local('2026-10-04 08:00') }] }],
    ['a supplement request', received().supplementAsked('s1', '2026-10-02 08:00').corrected('supplement-requested-at', '2026-10-02 08:00', '2026-10-03 08:00', { at, part: 's1' }), { waits: [{ from: local('2026-10-03 08:00') }] }],
    ['a supplement completion', received().supplementAsked('s1', '2026-10-02 08:00').supplementGiven('s1', '2026-10-04 08:00').corrected('supplement-completed-at', '2026-10-04 08:00', '2026-10-05 08:00', { at, part: 's1' }), { waits: [{ to: local('2026-10-05 08:00') }] }],
  ])('of %s takes effect from the instant of the fact that it corrects', (_, story, expected) => {
    expect(viewOf(story)).toMatchObject({ ...expected, uncounted: [] });
  });

  it('of the unit after a transfer is about the unit that it names', () => {
    const story = received().transferred('H44.2', '2026-10-03 08:00').corrected('unit', 'H44.2', 'H44.3', { at });
    expect(viewOf(story).holders.map(({ unit }) => unit)).toEqual(['H44.114', 'H44.3']);
  });

  it('is one of a row, applied as they were recorded', () => {
    const story = received().corrected('channel', 'in-person', 'online', { at: '2026-10-20 08:00' }).corrected('channel', 'online', 'postal', { at: '2026-10-19 08:00', recordedAt: '2026-10-21 08:00' });
    expect(viewOf(story).channel).toBe('postal');
    expect(foldDossier([...story.facts()].reverse()).channel).toBe('postal');
  });

  it('of an instant that no fact has is about the one that was recorded first', () => {
    const facts = received().stopped('2026-10-06 08:00').stopped('2026-10-05 08:00', { recordedAt: '2026-10-06 08:00' })
      .corrected('stopped-at', '2026-10-01 09:00', '2026-10-07 08:00', { at }).facts();
    for (const arrived of [facts, [...facts].reverse()]) expect(foldDossier(arrived).endedAt).toBe(local('2026-10-05 08:00'));
  });

  it('holds although an earlier one of the row is not known', () => {
    const facts = received().corrected('channel', 'in-person', 'online', { at: '2026-10-20 08:00' }).corrected('channel', 'online', 'postal', { at: '2026-10-21 08:00' }).facts();
    expect(foldDossier(facts, { knownBy: ({ sequence }) => sequence !== 3 }).channel).toBe('postal');
  });

  it('of something that is not known yet waits for it', () => {
    const facts = received().finished('2026-10-05 08:00').corrected('finished-at', '2026-10-05 08:00', '2026-10-06 08:00', { at }).facts();
    expect(foldDossier(facts, { knownBy: ({ kind }) => kind !== 'dossier-finished' })).toMatchObject({ endedAt: null, uncounted: [] });
  });

  it('may put a fact to another place of its life: what it makes impossible is marked', () => {
    const story = received().transferred('H44.2', '2026-10-03 08:00').finished('2026-10-05 08:00', { recordedAt: '2026-10-06 08:00' })
      .corrected('received-at', '2026-10-01 08:00', '2026-10-04 08:00', { at });
    const view = viewOf(story);
    expect(view.holders).toEqual([{ unit: 'H44.114', from: local('2026-10-04 08:00') }]);
    expect(view.uncounted).toEqual([{ sequence: 3, reason: 'impossible-in-status' }]);
  });
});
