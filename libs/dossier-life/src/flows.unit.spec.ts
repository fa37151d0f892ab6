import type { UnitCode } from '@index766/kernel';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';

import { flowsOf } from './flows';
import { foldDossier } from './fold';
import { holderAt, holderIn, receivingUnit } from './holder';

const october = { start: local('2026-10-01'), end: local('2026-11-01') };
const flows = (stories: readonly LifeStory[], at = '2026-11-01', groupOf?: (unit: UnitCode) => UnitCode) =>
  Object.fromEntries(flowsOf(stories.map((story) => foldDossier(story.facts())), october, local(at), groupOf));
const NONE = { inHandAtStart: 0, received: 0, receivedBy: { 'in-person': 0, online: 0, postal: 0 }, transferredIn: 0, ended: 0, transferredOut: 0, inHandAtEnd: 0 };

describe('flows', () => {
  it('split what was received by channel', () => {
    const received = (['online', 'online', 'postal', 'in-person'] as const).map((channel, index) => lifeStory(`D${index}`).received('2026-10-05 08:00', { channel }));
    expect(flows(received)).toEqual({ 'H44.114': { ...NONE, received: 4, receivedBy: { online: 2, postal: 1, 'in-person': 1 }, inHandAtEnd: 4 } });
  });

  it('have what was in hand, what ended and what stays', () => {
    const before = lifeStory('A').received('2026-09-01 08:00');
    const ended = lifeStory('B').received('2026-09-01 08:00').finished('2026-10-10 08:00');
    const gone = lifeStory('C').received('2026-09-01 08:00').finished('2026-09-30 08:00');
    expect(flows([before, ended, gone])).toEqual({ 'H44.114': { ...NONE, inHandAtStart: 2, ended: 1, inHandAtEnd: 1 } });
  });

  it('move a dossier from one unit to another', () => {
    const story = lifeStory().received('2026-10-05 08:00').transferred('H44.2', '2026-10-06 08:00').finished('2026-10-07 08:00');
    expect(flows([story])).toEqual({
      'H44.114': { ...NONE, received: 1, receivedBy: { ...NONE.receivedBy, 'in-person': 1 }, transferredOut: 1 },
      'H44.2': { ...NONE, transferredIn: 1, ended: 1 },
    });
  });

  it('know no transfer inside the group that is looked at', () => {
    const story = lifeStory().received('2026-10-05 08:00').transferred('H44.2', '2026-10-06 08:00');
    expect(flows([story], '2026-11-01', () => 'H44' as UnitCode)).toEqual({
      H44: { ...NONE, received: 1, receivedBy: { ...NONE.receivedBy, 'in-person': 1 }, inHandAtEnd: 1 },
    });
  });

  it('begin with who held it when the period began', () => {
    const story = lifeStory().received('2026-09-05 08:00').transferred('H44.2', '2026-10-01');
    expect(flows([story])).toEqual({ 'H44.114': { ...NONE, inHandAtStart: 1, transferredOut: 1 }, 'H44.2': { ...NONE, transferredIn: 1, inHandAtEnd: 1 } });
  });

  it('see nothing after T while the period runs', () => {
    const story = lifeStory().received('2026-10-05 08:00').transferred('H44.2', '2026-10-06 08:00').finished('2026-10-07 08:00');
    expect(flows([story], '2026-10-05 12:00')).toEqual({ 'H44.114': { ...NONE, received: 1, receivedBy: { ...NONE.receivedBy, 'in-person': 1 }, inHandAtEnd: 1 } });
  });

  it('leave out what was never received or was voided', () => {
    expect(flows([lifeStory('A').registered('2026-10-05 08:00'), lifeStory('B').received('2026-10-05 08:00').due('2026-10-05 08:00', '2026-10-10').voided('2026-10-06 08:00')])).toEqual({});
  });
});

describe('the holder', () => {
  const view = foldDossier(lifeStory().received('2026-10-05 08:00').transferred('H44.2', '2026-11-01').facts());

  it('at an instant has it from the transfer on', () => {
    expect([holderAt(view, local('2026-10-31 23:59:59.999')), holderAt(view, local('2026-11-01'))]).toEqual(['H44.114', 'H44.2']);
    expect(holderAt(view, local('2026-10-05 07:59'))).toBeNull();
  });

  it('in a period is the one before its end', () => expect(holderIn(view, october, october.end)).toBe('H44.114'));

  it('is apart from the unit that received it', () => {
    expect(receivingUnit(view)).toBe('H44.114');
    expect(receivingUnit(foldDossier(lifeStory().registered('2026-10-05 08:00').facts()))).toBeNull();
  });
});
