import { createSecretKey } from 'node:crypto';
import { instantOf, parseInstant, parseUnitCode, type UnitCode } from '@index766/kernel';
import { tienTrinh, unlistedTienTrinhFields } from '../test/push-elements';
import { OfficerPseudonyms, officerUnitOf } from './officer-pseudonyms';
import { readStep } from './read-step';

const at = (text: string) => parseInstant(text) ?? instantOf(0);
const unit = (code: string) => parseUnitCode(code) as UnitCode;
const SOURCE_UNIT = unit('H44');
const pseudonyms = new OfficerPseudonyms(createSecretKey(Buffer.from('a key of a test, 32 bytes long!!')));
const read = (fields: Record<string, unknown> = {}) => {
  const result = readStep(tienTrinh(fields), pseudonyms, SOURCE_UNIT);
  if (!result.ok) throw new Error(`refused: ${result.error.code} ${result.error.path ?? ''}`);
  return result.value;
};

describe('reading a TienTrinh', () => {
  it('keeps the name apart from the step', () => {
    const { report, officer } = read({ ThoiDiemXuLy: '2026-10-06 10:00:00' });

    expect(report).toEqual({
      dossier: 'H44.114-20261005-0001', step: expect.stringMatching(/^[\w-]{16}$/), hash: expect.any(String),
      officer: officer?.pseudonym, department: 'Phòng Văn hóa - Xã hội', startedAt: at('2026-10-05T02:00:00Z'),
      endedAt: at('2026-10-06T03:00:00Z'), deadline: at('2026-10-08T10:00:00Z'),
    });
    expect(officer).toEqual({
      pseudonym: expect.stringMatching(/^[0-9a-f]{32}$/), unit: 'H44.114', name: 'Trần Thị Ví Dụ',
      title: 'Công chức Tư pháp - Hộ tịch', department: 'Phòng Văn hóa - Xã hội',
    });
  });

  it('has one id for (dossier, officer, start), whatever else changes', () => {
    const { step } = read().report;

    expect(read({ ThoiDiemXuLy: '2026-10-06 10:00:00', ChucDanh: '', NgayBatDau: '05/10/2026 09:00:00' }).report.step).toBe(step);
    expect(read({ NgayBatDau: '2026-10-05 09:00:01' }).report.step).not.toBe(step);
    expect(read({ NguoiXuLy: 'Trần Thị Khác' }).report.step).not.toBe(step);
    expect(read({ MaHoSo: 'H44.114-20261005-0002' }).report.step).not.toBe(step);
  });

  it('has another hash when the step was finished or its deadline moved', () => {
    const hashes = [{}, { ThoiDiemXuLy: '2026-10-06 10:00:00' }, { NgayKetThucTheoQuyDinh: '2026-10-09 17:00:00' }, { NguoiXuLy: 'Khác' }].map((fields) => read(fields).report.hash);

    expect(new Set(hashes).size).toBe(4);
    expect(read({ ChucDanh: 'Phó phòng', NoiDungXuLy: 'khác' }).report.hash).toBe(hashes[0]);
  });

  it('takes ThoiDiemXuLy for an end only after the start', () => {
    expect(read({ ThoiDiemXuLy: '2026-10-05 09:00:00' }).report).not.toHaveProperty('endedAt');
  });

  it('reads a step of nobody', () => {
    const { report, officer } = read({ NguoiXuLy: '' });

    expect(officer).toBeUndefined();
    expect(report).not.toHaveProperty('officer');
  });

  it.each([
    ['no dossier', { MaHoSo: null }, 'PUSH.FIELD_MISSING', 'MaHoSo'],
    ['no start', { NgayBatDau: '' }, 'PUSH.FIELD_MISSING', 'NgayBatDau'],
    ['a bad deadline', { NgayKetThucTheoQuyDinh: '08-10-2026' }, 'PUSH.FIELD_INVALID', 'NgayKetThucTheoQuyDinh'],
    ['a name longer than any name', { NguoiXuLy: 'a'.repeat(201) }, 'PUSH.FIELD_INVALID', 'NguoiXuLy'],
  ])('refuses %s', (_case, fields, code, path) => {
    expect(readStep(tienTrinh(fields), pseudonyms, SOURCE_UNIT)).toMatchObject({ ok: false, error: { code, path } });
  });

  it('keeps nothing of the fields that are not in the table', () => {
    const marker = 'DAU-VET-766';
    expect(JSON.stringify(read(unlistedTienTrinhFields(marker)))).not.toContain(marker);
  });
});

describe('an officer\'s pseudonym', () => {
  const pseudonymOf = ({ unit: of, ...named }: typeof person) => pseudonyms.pseudonymOf(of, named);
  const person = { unit: unit('H44.114'), name: 'Trần Thị Ví Dụ', department: 'Phòng Văn hóa' };

  it('does not depend on how the name is typed', () => {
    expect(pseudonymOf({ ...person, name: ' TRẦN  Thị Ví Dụ'.normalize('NFD') })).toBe(pseudonymOf(person));
  });

  it('differs by unit, name, department and key', () => {
    const otherKey = new OfficerPseudonyms(createSecretKey(Buffer.from('another key of a test, 32 bytes!')));
    const all = [
      pseudonymOf(person),
      pseudonymOf({ ...person, unit: unit('H44.115') }),
      pseudonymOf({ ...person, name: 'Trần Thị Vì Dụ' }),
      pseudonymOf({ ...person, department: 'Văn phòng' }),
      otherKey.pseudonymOf(person.unit, person),
    ];
    expect(new Set(all).size).toBe(5);
  });

  it('takes the unit from the code of the dossier, else from the source', () => {
    const dossier = (code: string) => read({ MaHoSo: code }).report.dossier;

    expect(officerUnitOf(dossier('G09.20-20260609-0092637'), SOURCE_UNIT)).toBe('G09.20');
    expect(officerUnitOf(dossier('0092637'), SOURCE_UNIT)).toBe('H44');
  });
});
