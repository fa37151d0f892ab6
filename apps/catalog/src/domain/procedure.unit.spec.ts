import { aProcedure, aUnit, directoryOf, october, procedureCode, recorded, unitCode } from '../test/catalog.fixture';
import { decideProcedure, type ProcedureContent } from './procedure';

const units = directoryOf({ 'H44.1': [aUnit()] });
const decide = (content: ProcedureContent, unit?: string) =>
  decideProcedure(
    { code: procedureCode('2.000815'), unit: unit === undefined ? undefined : unitCode(unit) }, recorded(aProcedure()), content, units, october(2),
  );

describe('a version of a procedure', () => {
  it('is recorded with a new term, with none, for one unit', () => {
    expect(decide(aProcedure({ term: { kind: 'months', amount: 1 } }))).toMatchObject({ ok: true, value: { version: 2 } });
    expect(decide(aProcedure({ term: undefined }), 'H44.1')).toMatchObject({ ok: true, value: { version: 2 } });
  });

  it('is not recorded again if it says nothing new', () => {
    expect(decide(aProcedure())).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['for a unit that is not recorded', aProcedure(), 'H44.8', 'PROCEDURE.UNKNOWN_UNIT', 'unit'],
    ['with a term of nothing', aProcedure({ term: { kind: 'working-days', amount: 0 } }), undefined, 'PROCEDURE.TERM_OUT_OF_RANGE', 'term.amount'],
    ['with half a day', aProcedure({ term: { kind: 'working-days', amount: 0.5 } }), undefined, 'PROCEDURE.TERM_OUT_OF_RANGE', 'term.amount'],
    ['with a term of centuries', aProcedure({ term: { kind: 'months', amount: 3661 } }), undefined, 'PROCEDURE.TERM_OUT_OF_RANGE', 'term.amount'],
    ['that ends before it begins', aProcedure({ validTo: '2025-01-01' }), undefined, 'VALIDITY.ENDS_BEFORE_IT_BEGINS', 'validTo'],
  ])('is refused %s', (_case, content, unit, code, path) => {
    expect(decide(content, unit)).toMatchObject({ ok: false, error: { code, path } });
  });
});
