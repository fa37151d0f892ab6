import { procedureKey } from '@index766/contracts-catalog';

import { aFigure, aFigureId, aProcedure, aProvince, aUnit, directoryOf, october, procedureCode, recorded, unitCode } from '../test/catalog.fixture';
import { decideFigureImport, decideProcedureImport, decideUnitImport } from './decide-import';
import { figureKey } from './reported-figure';
import type { UnitContent } from './unit';

const file = (...rows: readonly (readonly [code: string, unit: UnitContent])[]) =>
  rows.map(([code, content], index) => ({ row: index + 2, id: unitCode(code), content }));

describe('a file of units', () => {
  const known = directoryOf({ H44: [aProvince()] });

  it('is decided in any order of its rows: parents, successors, versions of one unit', () => {
    const rows = file(
      ['H45.1', aUnit({ parent: unitCode('H45') })],
      ['H45.2', aUnit({ parent: unitCode('H45'), validTo: '2026-12-31', successor: unitCode('H45.1') })],
      ['H44.1', aUnit({ validFrom: '2026-01-01', name: 'later' })],
      ['H44.1', aUnit()],
      ['H45', aProvince()],
    );
    const forwards = decideUnitImport(rows, known, october(2));
    const backwards = decideUnitImport([...rows].reverse(), known, october(2));
    expect(forwards.ok && [...forwards.value.keys()].sort()).toEqual(['H44.1', 'H45', 'H45.1', 'H45.2']);
    expect(forwards.ok && forwards.value.get('H44.1')?.map(({ version, content }) => [version, content.validFrom])).toEqual([
      [1, '2025-07-01'], [2, '2026-01-01'],
    ]);
    const sorted = (decided: typeof forwards) => decided.ok && [...decided.value].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(backwards)).toEqual(sorted(forwards));
  });

  it('adds nothing if it was loaded before', () => {
    const loaded = directoryOf({ H44: [aProvince()], 'H44.1': [aUnit(), aUnit({ validFrom: '2026-01-01', name: 'later' })] });
    const decided = decideUnitImport(
      file(['H44.1', aUnit({ validFrom: '2026-01-01', name: 'later' })], ['H44.1', aUnit()]), loaded, october(2),
    );
    expect(decided.ok && decided.value.size).toBe(0);
  });

  it('is refused with every row that is wrong, by its number', () => {
    const decided = decideUnitImport(
      file(
        ['H44.1', aUnit({ parent: unitCode('H46') })], ['H44.2', aUnit()], ['H44.3', aUnit({ validTo: '2020-01-01' })],
        ['H44.2', aUnit({ name: 'again' })], ['H46.1', aUnit({ parent: unitCode('H46') })],
      ),
      known, october(2),
    );
    expect(decided.ok ? [] : decided.error.map(({ row, code, path }) => [row, code, path])).toEqual([
      [2, 'UNIT.UNKNOWN_PARENT', 'parent'],
      [4, 'VALIDITY.ENDS_BEFORE_IT_BEGINS', 'validTo'],
      [5, 'IMPORT.ROW_REPEATED', 'validFrom'],
      [6, 'UNIT.UNKNOWN_PARENT', 'parent'],
    ]);
  });
});

describe('a file of procedures', () => {
  const units = directoryOf({ 'H44.1': [aUnit()] });
  const code = procedureCode('2.000815');

  it('keeps what every unit has apart from what one unit has', () => {
    const decided = decideProcedureImport(
      [{ row: 2, id: { code }, content: aProcedure() }, { row: 3, id: { code, unit: unitCode('H44.1') }, content: aProcedure() }],
      procedureKey, new Map([['2.000815', recorded(aProcedure({ name: 'before' }))]]), units, october(2),
    );
    expect(decided.ok && [...decided.value].map(([key, added]) => [key, added.map(({ version }) => version)])).toEqual([
      ['2.000815', [2]], ['2.000815@H44.1', [1]],
    ]);
  });

  it('is refused with every row that is wrong', () => {
    const decided = decideProcedureImport(
      [{ row: 2, id: { code, unit: unitCode('H44.8') }, content: aProcedure() }, { row: 3, id: { code }, content: aProcedure() }],
      procedureKey, new Map(), units, october(2),
    );
    expect(decided.ok ? [] : decided.error.map(({ row, code: refusal }) => [row, refusal])).toEqual([[2, 'PROCEDURE.UNKNOWN_UNIT']]);
  });
});

describe('a file of reported figures', () => {
  const units = directoryOf({ 'H44.1': [aUnit()] });
  const decide = (...rows: readonly (readonly [Parameters<typeof aFigureId>[0], Parameters<typeof aFigure>[0]])[]) =>
    decideFigureImport(
      rows.map(([id, content], index) => ({ row: index + 2, id: aFigureId(id), content: aFigure(content) })),
      figureKey, new Map([['H44.1@national-report@2026-10', recorded(aFigure())]]), units, october(2),
    );

  it('adds what is new and what is corrected, and nothing for what is known', () => {
    const decided = decide([{}, {}], [{ period: '2026-11' }, {}]);
    expect(decided.ok && [...decided.value].map(([key, added]) => [key, added.map(({ version }) => version)])).toEqual([['H44.1@national-report@2026-11', [1]]]);
    const corrected = decide([{}, { value: 7 }]);
    expect(corrected.ok && corrected.value.get('H44.1@national-report@2026-10')).toMatchObject([{ version: 2, content: { value: 7 } }]);
  });

  it('is refused with every row that is wrong, and with two about one figure', () => {
    const decided = decide([{}, { value: '7' }], [{ measure: 'sipas' }, { value: '88' }], [{ period: '2026-11' }, {}], [{ period: '2026-11' }, { value: 8 }]);
    expect(decided.ok ? [] : decided.error.map(({ row, code, path }) => [row, code, path])).toEqual([
      [2, 'FIGURE.VALUE_MALFORMED', 'value'], [3, 'FIGURE.PERIOD_OF_INDEX', 'period'], [5, 'IMPORT.ROW_REPEATED', 'measure'],
    ]);
  });
});
