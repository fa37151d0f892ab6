import { foldDossier } from '@index766/dossier-life';
import type { CaseView } from '@index766/index-766';
import type { DossierId } from '@index766/kernel';
import { lifeStory, local } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';

import { CASES } from '../ledger';
import { LatenessTeller } from './lateness-teller';
import { NOTHING_TOLD, type ToldLateness, type ToldLatenessStore } from './told-lateness';

class RecordedTellings implements ToldLatenessStore {
  readonly told = new Map<DossierId, ToldLateness>();
  readonly events: string[] = [];

  openOf(): ReturnType<ToldLatenessStore['openOf']> {
    return Promise.resolve(new Map([...this.told].filter(([, { kind }]) => kind !== 'in-time')));
  }

  tell(dossiers: readonly DossierId[], decide: Parameters<ToldLatenessStore['tell']>[1]): ReturnType<ToldLatenessStore['tell']> {
    return Promise.resolve(new Map(dossiers.map((dossier) => {
      const { after, events } = decide(dossier, this.told.get(dossier) ?? NOTHING_TOLD);
      this.events.push(...events.map(({ type }) => `${dossier} ${type}`));
      this.told.set(dossier, after);
      return [dossier, after] as const;
    })));
  }
}

/** Due Monday 19 October 24:00. */
const story = lifeStory().received('2026-10-05 08:00').due('2026-10-05 08:00', '2026-10-19 24:00');
const OVERDUE: CaseView = { ...CASES.fold('H44.114-1', []), dossier: foldDossier(story.facts()) };

function given(confirmOwnership: (partition: number) => Promise<void>) {
  const store = new RecordedTellings();
  const calendar = calendarFor(VIETNAM_CALENDAR, []);
  const teller = new LatenessTeller({
    store, casesOf: () => [OVERDUE], reference: { calendar: () => VIETNAM_CALENDAR, calendarOf: () => calendar }, confirmOwnership,
    now: () => local('2026-10-20 08:00'),
  });
  return { store, teller };
}

describe('the teller of lateness', () => {
  it('leaves the first round to the batches that wait, and tells each thing once', async () => {
    const { store, teller } = given(() => Promise.resolve());
    await teller.assigned([0]);

    await teller.tick();
    expect(store.events).toEqual([]);

    await teller.tick();
    await teller.tick();
    expect(store.events).toEqual([`${OVERDUE.dossier.dossier} aggregator.dossier-overdue.v1`]);
  });

  it('says nothing of partitions that the group does not confirm to be its own, and all of it when it does', async () => {
    let owns = false;
    const { store, teller } = given(() => (owns ? Promise.resolve() : Promise.reject(new Error('the group is rebalancing'))));
    await teller.assigned([0]);

    await teller.tick();
    await expect(teller.tick()).rejects.toThrow('rebalancing');
    expect(store.events).toEqual([]);

    owns = true;
    await teller.tick();
    expect(store.events).toHaveLength(1);
  });

  it('says nothing of a partition that was taken away while the group was asked, although it came back', async () => {
    let whileAsked = () => Promise.resolve();
    const { store, teller } = given(() => whileAsked());
    await teller.assigned([0]);
    await teller.tick();
    whileAsked = () => {
      teller.revoked([0]);
      return teller.assigned([0]);
    };

    await teller.tick();

    expect(store.events).toEqual([]);
  });

  it('asks the group nothing while there is nothing to tell', async () => {
    const { teller } = given(() => Promise.reject(new Error('no member')));

    await expect(teller.tick()).resolves.toBeUndefined();
  });
});
