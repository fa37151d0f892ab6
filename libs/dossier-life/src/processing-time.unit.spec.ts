import { lifeStory, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';

import { foldDossier } from './fold';
import { processingMilliseconds } from './processing-time';

const calendar = calendarFor(VIETNAM_CALENDAR, []);
const hours = (story: LifeStory) => {
  const milliseconds = processingMilliseconds(foldDossier(story.facts()), calendar);
  return milliseconds === null ? null : milliseconds / 3_600_000;
};
const received = () => lifeStory().received('2026-10-01 08:00');

describe('the processing time of a dossier', () => {
  it.each<[string, LifeStory, number | null]>([
    ['from receipt to end', received().finished('2026-10-02 08:00'), 7.5], ['with no time over a weekend', lifeStory().received('2026-10-02 16:00').finished('2026-10-05 08:30'), 2],
    ['without a pause', received().supplementAsked('s1', '2026-10-01 09:00').supplementGiven('s1', '2026-10-02 09:00').finished('2026-10-02 10:00'), 2],
    ['without pauses that overlap, once', received().obligationAsked('2026-10-01 08:30').supplementAsked('s1', '2026-10-01 09:00').obligationMet('2026-10-01 10:00').supplementGiven('s1', '2026-10-01 11:00').finished('2026-10-01 11:30'), 1],
    ['up to the request of one that waited when it ended', received().supplementAsked('s1', '2026-10-01 09:00').finished('2026-10-02 10:00'), 1],
    ['with status 10 alone', received().returned('2026-10-01 09:00'), 1], ['of nothing that was withdrawn', received().withdrawn('2026-10-02 08:00'), null],
    ['of nothing that was stopped', received().stopped('2026-10-02 08:00'), null], ['of nothing that is open', received(), null],
    ['none, if it ended before its start', received().finished('2026-09-30 08:00'), 0],
  ])('is %s', (_, story, expected) => expect(hours(story)).toBe(expected));
});
