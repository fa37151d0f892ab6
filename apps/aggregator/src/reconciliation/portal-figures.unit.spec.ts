import { portalFiguresImportedV1 } from '@index766/contracts-aggregator';
import { getDefinition, indicatorsOf } from '@index766/index-766';
import { instantOf, parsePeriod, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';

import type { DecisionHistory } from '../decisions';
import { decideImport, portalFiguresKnown, portalVersions, type StatedFigure, type StatedFigures } from './portal-figures';

const period = parsePeriod('2026-10');
if (!period.ok) throw new Error('no period');
const DEFINITION = getDefinition('qd766-2026');
const NOW = instantOf(Date.UTC(2026, 10, 5));
const READ_AT = instantOf(Date.UTC(2026, 10, 3));

function decide(figures: readonly StatedFigure[], history: DecisionHistory = [], changes: Partial<StatedFigures> = {}, now = NOW) {
  const stated = { source: { document: '318/BC', readAt: READ_AT }, figures, groups: [], ...changes };
  return decideImport(history, { unit: 'H44.1' as UnitCode, period: period.ok ? period.value : ({} as never), definition: DEFINITION, importedBy: 'specs', stated }, now);
}

/** What is stored after a decision. */
function after(history: DecisionHistory, decided: ReturnType<typeof decide>, now = NOW): DecisionHistory {
  if (!decided.ok) throw new Error(decided.error.code);
  return [...history, ...decided.value.map((decision, index) => ({ ...decision, sequence: history.length + index + 1, recordedAt: now }))];
}

describe('an import', () => {
  it('is the same whichever code and order it was stated with', () => {
    const rows = indicatorsOf(DEFINITION).filter(({ kind }) => kind === 'scored');
    fc.assert(fc.property(fc.shuffledSubarray(rows, { minLength: 1 }), fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (chosen, byMetric) => {
      const stated = chosen.map((row, index) => ({ indicator: byMetric[index] === true ? row.metricCode : row.id, numerator: 1, denominator: 2 }));
      const ordered = rows.filter((row) => chosen.includes(row)).map(({ id }) => ({ indicator: id, numerator: 1, denominator: 2 }));
      expect(decide(stated)).toEqual(decide(ordered));
      expect(decide(stated, after([], decide(ordered)))).toEqual({ ok: true, value: [] });
    }), { seed: 766, numRuns: 200 });
  });

  it('says nothing new when it was only read again', () => {
    const history = after([], decide([{ indicator: '2.1', numerator: 1, denominator: 2 }]));
    expect(decide([{ indicator: '2.1', numerator: 1, denominator: 2 }], history, { source: { document: '318/BC', readAt: NOW } })).toEqual({ ok: true, value: [] });
  });

  it.each<[string, readonly StatedFigure[], Partial<StatedFigures>]>([
    ['another count', [{ indicator: '2.1', numerator: 2, denominator: 2 }], {}],
    ['no count', [{ indicator: '2.1', points: '10' }], {}],
    ['points as well', [{ indicator: '2.1', numerator: 1, denominator: 2, points: '10' }], {}],
    ['a total', [{ indicator: '2.1', numerator: 1, denominator: 2 }], { total: '10' }],
    ['another document', [{ indicator: '2.1', numerator: 1, denominator: 2 }], { source: { document: '319/BC', readAt: READ_AT } }],
  ])('corrects the one before with %s, which is kept', (_, figures, changes) => {
    const first = after([], decide([{ indicator: '2.1', numerator: 1, denominator: 2 }]));
    const later = instantOf(NOW + 1_000);
    const both = after(first, decide(figures, first, changes, later), later);
    expect(portalVersions(both).map(({ version }) => version)).toEqual([1, 2]);
    expect([portalFiguresKnown(both, NOW)?.version, portalFiguresKnown(both, null)?.version, portalFiguresKnown(both, READ_AT)?.version])
      .toEqual([1, 2, undefined]);
  });

  it('goes back to what was imported before: the third import is no repetition', () => {
    const a = [{ indicator: '2.1', numerator: 1, denominator: 2 }];
    const first = after([], decide(a));
    const second = after(first, decide([{ indicator: '2.1', numerator: 2, denominator: 2 }], first));
    expect(decide(a, second)).toMatchObject({ ok: true, value: [{ type: portalFiguresImportedV1.type }] });
  });

  it('is refused as a whole', () => {
    const figures = [{ indicator: '2.1', numerator: 1, denominator: 2 }, { indicator: '4.1', numerator: 3, denominator: 2 }];
    expect(decide(figures)).toMatchObject({ ok: false, error: { code: 'PORTAL_FIGURES.NUMERATOR_ABOVE_DENOMINATOR', path: 'figures.1.numerator' } });
  });
});
