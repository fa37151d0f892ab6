import { foldDossier, type DossierView } from '@index766/dossier-life';
import { treeOn, type CaseView } from '@index766/index-766';
import { instantOf, ok, type UnitCode } from '@index766/kernel';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';

import { PROVINCE, referenceWith, versionsOf } from '../test/edition-world';
import { InMemoryDecisions } from '../test/in-memory-editions';
import { ToldFlags } from './told-flags';

/** Monday to Sunday, 5 to 11 October; the one before ends on the fourth. */
const NOW = local('2026-10-11 23:30');
const received = (name: string) => lifeStory(name).received('2026-10-01 08:00', { unit: 'H44.1' });
const corrected = (name: string, recordedAt: string) => received(name).corrected('channel', 'in-person', 'online', { at: '2026-10-01 08:00', recordedAt });
const many = (story: (name: string) => LifeStory) => Array.from({ length: 20 }, (_, index) => story(`D${index + 10}`));
const viewsOf = (stories: readonly LifeStory[]): readonly DossierView[] => stories.map((story) => foldDossier(story.facts()));

/** What members tell that own some dossiers each, of all that a unit has; 0 aside. */
async function told(stories: readonly LifeStory[], members: number, now = NOW): Promise<Readonly<Record<string, number>>> {
  const views = viewsOf(stories);
  const sums: Record<string, number> = {};
  for (let member = 0; member < members; member += 1) {
    const own = views.filter((_, index) => index % members === member).map((dossier) => ({ dossier }) as CaseView);
    await new ToldFlags({
      cases: { ownedViews: () => [own] },
      views: { heldBy: (_, period) => Promise.resolve(ok({ evaluatedAt: period.end < now ? period.end : now, views, reference: referenceWith(undefined) })) },
      decisions: new InMemoryDecisions(), now: () => now, treeOn: (day) => treeOn(day, versionsOf(PROVINCE, ['H44.1'] as UnitCode[])),
      tell: ({ unit, flag }, count) => {
        if (count > 0) sums[`${unit} ${flag}`] = (sums[`${unit} ${flag}`] ?? 0) + count;
      },
    }).tell();
  }
  return sums;
}

describe('flags that no reviewer has looked at, over all members', () => {
  it.each([1, 2, 3, 7])('are told once each, however many of %i members own a part of the unit', async (members) => {
    const again = [lifeStory('D1').registered('2026-09-01 08:00', { unit: 'H44.1' }).voided('2026-09-20 08:00'),
      lifeStory('D2').registered('2026-09-01 08:00', { unit: 'H44.1', recordedAt: '2026-10-06 08:00' })];
    const early = received('D3').finished('2026-10-20 08:00', { recordedAt: '2026-10-08 08:00' });
    expect(await told([...again, early, ...many((name) => corrected(name, '2026-10-11 21:00'))], members)).toEqual({
      'H44.1 bulk-corrections': 1, 'H44.1 re-created': 1, 'H44.1 future-end': 1,
    });
  });

  it('of a week that ended are many corrections still, until the next one ends', async () => {
    const stories = many((name) => corrected(name, '2026-10-11 21:00'));
    expect(await told(stories, 2, local('2026-10-14 08:00'))).toEqual({ 'H44.1 bulk-corrections': 1 });
    expect(await told(stories, 2, local('2026-10-19 08:00'))).toEqual({});
  });

  it('of many units are told in turn, a few at each look', async () => {
    const units = Array.from({ length: 12 }, (_, index) => `H44.${index + 1}` as UnitCode);
    const stories = units.map((unit, index) => lifeStory(`D${index}`).registered('2026-09-01 08:00', { unit }).voided('2026-09-20 08:00'));
    const looked: string[] = [];
    let now = NOW;
    const flags = new ToldFlags({
      cases: { ownedViews: () => [viewsOf(stories).map((dossier) => ({ dossier }) as CaseView)] },
      views: {
        heldBy: (unit, period) => {
          if (period.end >= now) looked.push(unit);
          return Promise.resolve(ok({ evaluatedAt: now, views: [], reference: referenceWith(undefined) }));
        },
      },
      decisions: new InMemoryDecisions(), now: () => now, treeOn: (day) => treeOn(day, versionsOf(PROVINCE, units)), tell: () => undefined,
    });
    const looks: number[] = [];
    for (let minute = 0; minute < 12; minute += 1) {
      await flags.tell();
      looks.push(looked.length);
      now = instantOf(now + 60_000);
    }
    expect(looks).toEqual([5, 10, 12, 12, 12, 12, 12, 12, 12, 12, 17, 22]);
    expect(new Set(looked.slice(0, 12)).size).toBe(12);
  });

  it('are no many corrections where there are fewer', async () => {
    expect(await told(many((name) => corrected(name, '2026-10-11 21:00')).slice(1), 2)).toEqual({});
  });
});
