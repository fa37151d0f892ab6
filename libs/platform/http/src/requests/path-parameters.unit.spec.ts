import { RefusalException } from '../problems/refusal.exception';
import { DossierIdPipe, OfficerPseudonymPipe, PeriodPipe, ProcedureCodePipe, UnitCodePipe } from './path-parameters';

test('codes come out in their one form', () => {
  expect(new UnitCodePipe().transform(' h44.114 ')).toBe('H44.114');
  expect(new DossierIdPipe().transform('g09.20-2026 0609-0092637')).toBe('G09.20-20260609-0092637');
  expect(new ProcedureCodePipe().transform('2.000815')).toBe('2.000815');
  expect(new OfficerPseudonymPipe().transform('0123456789abcdef0123456789abcdef')).toBe('0123456789abcdef0123456789abcdef');
  expect(new PeriodPipe().transform('2026-W53').name).toBe('2026-W53');
});

test.each([
  ['unit', () => new UnitCodePipe().transform('../etc')],
  ['unit', () => new UnitCodePipe().transform(undefined)],
  ['unit', () => new UnitCodePipe().transform(['H44', 'H45'])],
  ['dossier', () => new DossierIdPipe().transform('')],
  ['procedure', () => new ProcedureCodePipe().transform('a b')],
  ['officer', () => new OfficerPseudonymPipe().transform('Trần Thị Ví Dụ')],
])('what is no code of a %s is refused by its path', (path, transform) => {
  let thrown: unknown;
  try {
    transform();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RefusalException);
  expect((thrown as RefusalException).refusal).toMatchObject({ code: 'REQUEST.INVALID', path });
});

test.each(['2026-W54', '2026-13', '', undefined, 7])('%p is no period', (value) => {
  expect(() => new PeriodPipe().transform(value)).toThrow('PERIOD.UNKNOWN');
});
