import { unknownDossier, type DossierView } from '@index766/dossier-life';
import { dossierAlone, treeOn, type CaseView } from '@index766/index-766';
import { localDayOf, parseInstant, type DossierId, type Instant, type UnitCode } from '@index766/kernel';

import { openDossiersOf, sumOpenDossiers } from './open-dossiers';

const at = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
};
const RECEIVED = at('2026-10-01T08:00:00+07:00');
const NOW = at('2026-10-20T09:00:00+07:00');
const UNIT = 'H44.13' as UnitCode;
const tree = treeOn(localDayOf(NOW), [
  { code: UNIT, name: 'Xã / Commune', level: 'COMMUNE', parent: null, validFrom: localDayOf(RECEIVED), validTo: null, successor: null },
]);

function received(dueAt: Instant | null, changes: Partial<DossierView> = {}): CaseView {
  return dossierAlone({
    ...unknownDossier('H44.13-261001-0001' as DossierId),
    receivedAt: RECEIVED,
    holders: [{ unit: UNIT, from: RECEIVED }],
    dues: dueAt === null ? [] : [{ from: RECEIVED, dueAt, basis: 'stated', cause: 'received' }],
    ...changes,
  });
}

describe('dossiers in hand', () => {
  it('are counted by their unit: all, late ones, and those in term that are due today', () => {
    const views = [
      received(at('2026-10-19T17:00:00+07:00')),
      received(at('2026-10-20T08:59:00+07:00')),
      received(at('2026-10-20T17:00:00+07:00')),
      received(at('2026-10-21T00:00:00+07:00')),
      received(null),
    ];

    expect(openDossiersOf(views, tree, NOW)).toEqual(new Map([[UNIT, { open: 5, overdue: 2, dueToday: 1 }]]));
  });

  it('are not those that ended or were not received', () => {
    const ended = received(at('2026-10-02T17:00:00+07:00'), { endedAt: at('2026-10-05T09:00:00+07:00'), endStatus: 10 });
    expect(openDossiersOf([ended, received(null, { receivedAt: null })], tree, NOW)).toEqual(new Map());
  });

  it('of a unit that the catalog does not have count in the reserved one of its province', () => {
    const holders = [{ unit: 'H44.99' as UnitCode, from: RECEIVED }];
    expect([...openDossiersOf([received(null, { holders })], tree, NOW).keys()]).toEqual(['H44.UNKNOWN']);
  });

  it('that were counted apart add up', () => {
    const views = [received(at('2026-10-19T17:00:00+07:00')), received(at('2026-10-20T17:00:00+07:00')), received(null)];
    const apart = views.map((view) => openDossiersOf([view], tree, NOW));
    expect(sumOpenDossiers(apart)).toEqual(openDossiersOf(views, tree, NOW));
  });
});
