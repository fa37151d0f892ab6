import { aProcedure, aUnit, aWholeProcedure, directoryOf, october, procedureCode, recorded, unitCode } from '../test/catalog.fixture';
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

  it('is recorded with all that is said of it, and again if one of it changes', () => {
    const whole = aWholeProcedure();
    expect(decide(whole)).toMatchObject({ ok: true, value: { version: 2, content: whole } });
    const again = (content: ProcedureContent) => decideProcedure({ code: procedureCode('2.000815') }, recorded(whole), content, units, october(2));
    expect(again(aWholeProcedure())).toEqual({ ok: true, value: undefined });
    for (const changed of [{ parts: undefined }, { announcement: { dueOn: '2025-06-30' } }, { publication: undefined }, { fee: false }] as const) {
      expect(again(aWholeProcedure(changed))).toMatchObject({ ok: true, value: { version: 2 } });
    }
  });

  it('is not recorded again if it says nothing new', () => {
    expect(decide(aProcedure())).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['for a unit that is not recorded', aProcedure(), 'H44.8', 'PROCEDURE.UNKNOWN_UNIT', 'unit'],
    ['with a term of nothing', aProcedure({ term: { kind: 'working-days', amount: 0 } }), undefined, 'PROCEDURE.TERM_OUT_OF_RANGE', 'term.amount'],
    ['with half a day', aProcedure({ term: { kind: 'working-days', amount: 0.5 } }), undefined, 'PROCEDURE.TERM_OUT_OF_RANGE', 'term.amount'],
    ['with a term of centuries', aProcedure({ term: { kind: 'months', amount: 3661 } }), undefined, 'PROCEDURE.TERM_OUT_OF_RANGE', 'term.amount'],
    ['announced on a day that does not exist', aProcedure({ announcement: { dueOn: '2026-06-30', on: '2026-02-30' } }), undefined, 'VALIDITY.NO_SUCH_DAY', 'announcement.on'],
    ['to be made public on a day that does not exist', aProcedure({ publication: { dueOn: '2026-06-31' } }), undefined, 'VALIDITY.NO_SUCH_DAY', 'publication.dueOn'],
    ['that ends before it begins', aProcedure({ validTo: '2025-01-01' }), undefined, 'VALIDITY.ENDS_BEFORE_IT_BEGINS', 'validTo'],
  ])('is refused %s', (_case, content, unit, code, path) => {
    expect(decide(content, unit)).toMatchObject({ ok: false, error: { code, path } });
  });
});
