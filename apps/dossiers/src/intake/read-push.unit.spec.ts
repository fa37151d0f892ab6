import type { UnitCode } from '@index766/kernel';
import fc from 'fast-check';
import { hoSo, tienTrinh } from '../test/push-elements';
import { PSEUDONYMS, october } from '../test/pushes';
import { pushAnswer } from './push-answer';
import { MAX_PUSH_ELEMENTS, readPush, type PushReader } from './read-push';

const NOW = october('20 12:00');
const reader = (changes: Partial<PushReader> = {}): PushReader => ({ pseudonyms: PSEUDONYMS, sourceUnit: 'H44' as UnitCode, mayReplay: false, now: NOW, ...changes });
const read = (body: unknown, changes?: Partial<PushReader>) => readPush(body, reader(changes));

describe('the body of a push', () => {
  it('is read element by element, each known by the code that its sender wrote', () => {
    const result = read({ service: 'DongBoHoSoMC', data: [hoSo({ MaHoSo: ' h44.114-1 ' }), { MaHoSo: 12 }, 'x'] });
    expect(result).toMatchObject({
      ok: true,
      value: {
        elements: [
          { label: ' h44.114-1 ', element: { ok: true, value: { kind: 'snapshot', dossier: 'H44.114-1' } } },
          { label: '12', element: { ok: true } },
          { label: '', element: { ok: false, error: { code: 'PUSH.ELEMENT_INVALID' } } },
        ],
      },
    });
  });

  it('of the other service has steps, with their officers beside them', () => {
    expect(read({ service: 'CapNhatTienDoHoSoMC', data: [tienTrinh()] })).toMatchObject({
      ok: true, value: { elements: [{ element: { ok: true, value: { kind: 'step', officer: { name: 'Trần Thị Ví Dụ' } } } }] },
    });
  });

  it('takes the instant of recording from the element, else from the push, of a replay alone', () => {
    const body = { service: 'DongBoHoSoMC', recordedAt: '2026-10-06T00:00:00.000Z', data: [hoSo(), { ...hoSo(), recordedAt: '2026-10-07T00:00:00.000Z' }] };
    const result = read(body, { mayReplay: true });
    expect(result.ok && result.value.elements.map(({ element }) => element.ok && element.value.recordedAt)).toEqual([october('06 07:00'), october('07 07:00')]);
    expect(read(body)).toMatchObject({ ok: false, error: { code: 'RECORDED_AT.NOT_ALLOWED' } });
  });

  it('has a limit to its elements', () => {
    const elements = Array.from({ length: MAX_PUSH_ELEMENTS }, () => hoSo());
    expect(read({ service: 'DongBoHoSoMC', data: elements })).toMatchObject({ ok: true });
    expect(read({ service: 'DongBoHoSoMC', data: [...elements, hoSo()] })).toMatchObject({ ok: false, error: { code: 'PUSH.TOO_MANY_ELEMENTS' } });
  });

  it('may be any JSON: it is read or refused, whole or element by element', () => {
    const service = fc.constantFrom('DongBoHoSoMC', 'CapNhatTienDoHoSoMC', 'x');
    const element = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('MaHoSo', 'NgayBatDau', 'recordedAt', 'TaiLieuNop', '__proto__'), fc.jsonValue()));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ service, data: fc.array(element), recordedAt: fc.jsonValue(), backfill: fc.jsonValue() })), fc.boolean(), (body, mayReplay) => {
        const result = read(body, { mayReplay });
        const refusals = result.ok ? result.value.elements.flatMap(({ element: each }) => (each.ok ? [] : [each.error])) : [result.error];
        expect(refusals.every(({ code }) => /^(PUSH|RECORDED_AT|BACKFILL)\.[A-Z_]+$/.test(code))).toBe(true);
      }),
      { seed: 766, numRuns: 500 },
    );
  });
});

describe('the answer to a push', () => {
  it('is error_code 0 where everything was accepted', () => {
    expect(pushAnswer([{ label: 'A', refusal: undefined }])).toEqual({ error_code: '0', message: 'Đã tiếp nhận 1 (all 1 accepted)' });
  });

  it('is error_code 1 with what was not, and why', () => {
    expect(pushAnswer([
      { label: 'A', refusal: undefined }, { label: 'B', refusal: { code: 'PUSH.FIELD_MISSING', detail: 'the field is missing or empty', path: 'MaTTHC' } },
      { label: 'C', refusal: { code: 'DOSSIER.VOIDED', detail: 'it was voided' } },
    ])).toEqual({
      error_code: '1', message: 'Đã tiếp nhận 1, không tiếp nhận 2 (1 accepted, 2 refused)',
      data: [
        { MaHoSo: 'B', code: 'PUSH.FIELD_MISSING', message: 'MaTTHC: the field is missing or empty' },
        { MaHoSo: 'C', code: 'DOSSIER.VOIDED', message: 'it was voided' },
      ],
    });
  });
});
