import { parsePeriod, type Instant, type UnitCode } from '@index766/kernel';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import fc from 'fast-check';
import { CaseColumns } from './case-columns';
import { caseMeasures } from './case-measures';
import type { CaseView } from './case-view';
import { flatten } from './flat-case';
import { arbitraryCases } from './test/arbitrary-case';
import { caseStory, foldCase } from './test/case-story';
import { UnitColumns } from './unit-columns';

const UNITS = ['H44.113', 'H44.114', 'H44.115'] as const;
const context = { calendar: calendarFor(VIETNAM_CALENDAR, []), hasResultDocument: (code: string) => code !== 'B' };
const periods = ['2026-W41', '2026-10', '2026-Q3', '2026'].map((name) => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
});

/** What makes a case count in fewer figures than it looks. */
const fates: readonly ((view: CaseView) => CaseView)[] = [
  (view) => view, (view) => ({ ...view, dossier: { ...view.dossier, voided: true } }), (view) => ({ ...view, dossier: { ...view.dossier, receivedAt: null } }),
];
const arbitraryFates = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(2)), { minLength: 8, maxLength: 8 });

const inPieces = (views: readonly CaseView[], pieces: number): readonly (readonly CaseView[])[] =>
  Array.from({ length: pieces }, (_, piece) => views.filter((_view, index) => index % pieces === piece));

describe('columns of cases', () => {
  it('give the same bytes as the views, however many columns they are in, in every period, at every T', () => {
    fc.assert(fc.property(arbitraryCases, arbitraryFates, fc.constantFrom(...periods), fc.integer({ min: -5, max: 400 }), fc.integer({ min: 1, max: 4 }), (cases, fateOf, period, day, pieces) => {
      const at = period.start + day * 86_400_000 as Instant;
      for (const unit of UNITS as readonly string[] as readonly UnitCode[]) {
        const views = cases.map(foldCase).map((view, index) => fates[fateOf[index] ?? 0]?.(view) ?? view).filter(({ dossier }) => dossier.holders.some((holder) => holder.unit === unit));
        expect(JSON.stringify(UnitColumns.of(inPieces(views, pieces).map(CaseColumns.of)).measures(unit, period, at, () => context))).toBe(JSON.stringify(caseMeasures(views, unit, period, at, context)));
      }
    }), { seed: 766, numRuns: 300 });
  });

  it('take most cases, and leave those with a history of their own to the views', () => {
    const moved = caseStory(1);
    moved.life.transferred('H44.113', '2026-10-06 08:00');
    expect(flatten(moved.view())).toBeUndefined();
    expect(flatten(caseStory(1).paid('2026-10-06 08:00').paid('2026-10-07 08:00', 'cash', 'R2').view())).toBeUndefined();
    expect(flatten(caseStory(1).fee('2026-10-05 08:00', 10).paid('2026-10-06 08:00').rated('2026-10-06 08:00', 1).view())).toBeDefined();
  });
});
