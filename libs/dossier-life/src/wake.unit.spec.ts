import { formatInstant, type Instant } from '@index766/kernel';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';

import { foldDossier } from './fold';
import { wakeAt } from './wake';

const received = () => lifeStory().received('2026-10-05 08:00').due('2026-10-05 08:00', '2026-10-10 24:00');
const wake = (story: LifeStory, at: string) => wakeAt(foldDossier(story.facts()), local(at));
const text = (instant: Instant | null) => (instant === null ? null : formatInstant(instant));
const JUST_PAST_DUE = '2026-10-10T17:00:00.001Z';

describe('a dossier counts otherwise by itself', () => {
  it.each<[string, LifeStory, string, string | null]>([
    ['when its due instant has passed', received(), '2026-10-06 08:00', JUST_PAST_DUE],
    ['when its due instant has passed, at that instant too', received(), '2026-10-10 24:00', JUST_PAST_DUE],
    ['never once it is overdue', received(), '2026-10-12 08:00', null],
    ['never once it has ended', received().finished('2026-10-06 08:00'), '2026-10-06 08:00', null],
    ['never while it waits', received().supplementAsked('s1', '2026-10-06 08:00'), '2026-10-07 08:00', null],
    ['when the due instant moved by the pause has passed', received().supplementAsked('s1', '2026-10-06 08:00').supplementGiven('s1', '2026-10-07 08:00').due('2026-10-07 08:00', '2026-10-12 24:00', { cause: 'supplement-completed' }), '2026-10-08 08:00', '2026-10-12T17:00:00.001Z'],
    ['never if it was not received', lifeStory().registered('2026-10-05 08:00'), '2026-10-06 08:00', null],
    ['never if it was voided', received().voided('2026-10-06 08:00'), '2026-10-06 08:00', null],
    ['never without a due instant', lifeStory().received('2026-10-05 08:00'), '2026-10-06 08:00', null],
    ['when a receipt stated ahead comes', received(), '2026-10-01 08:00', '2026-10-05T01:00:00.000Z'],
    ['when an end stated ahead comes', received().finished('2026-10-08 08:00', { recordedAt: '2026-10-06 08:00' }), '2026-10-06 08:00', '2026-10-08T01:00:00.000Z'],
    ['when a transfer stated ahead comes', received().transferred('H44.2', '2026-10-08 08:00'), '2026-10-06 08:00', '2026-10-08T01:00:00.000Z'],
    ['when a supplement request stated ahead comes', received().supplementAsked('s1', '2026-10-08 08:00'), '2026-10-06 08:00', '2026-10-08T01:00:00.000Z'],
    ['when a due instant comes into force', received().due('2026-10-08 08:00', '2026-10-20 24:00', { cause: 'corrected' }), '2026-10-06 08:00', '2026-10-08T01:00:00.000Z'],
  ])('%s', (_, story, at, expected) => {
    expect(text(wake(story, at))).toBe(expected);
  });
});
