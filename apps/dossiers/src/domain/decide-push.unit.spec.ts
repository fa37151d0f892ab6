import { decideFacts, foldDossier } from '@index766/dossier-life';
import type { DossierId, UnitCode } from '@index766/kernel';
import { dueReference } from '../test/due-reference';
import { hoSo, tienTrinh } from '../test/push-elements';
import { october, pushContext, pushed, pushedAll, unknownDossier, type PushElement } from '../test/pushes';
import type { PushedDossier } from './decide-push';
import { MAX_FACTS } from './dossier-state';

/** Facts as `kind@day time`, with a `~` where the instant is inferred, in the order in which they were recorded. */
const told = ({ state }: Pick<PushedDossier, 'state'>, from = 0): readonly string[] =>
  state.facts.slice(from).map(({ kind, occurredAt, timeBasis }) => {
    const local = new Date(occurredAt + 7 * 3_600_000).toISOString();
    return `${kind}@${local.slice(8, 10)} ${local.slice(11, 16)}${timeBasis === 'inferred' ? '~' : ''}`;
  });

const bodies = ({ state }: PushedDossier, kind: string) => state.facts.filter((fact) => fact.kind === kind).map(({ body }) => body);

const registered = 'dossier-registered@05 08:20';
const received = 'dossier-received@05 08:30';
const dueSet = 'due-date-set@05 08:30';
const recordedAt = october('10 12:00');
const at10 = pushContext({ recordedAt });

describe('the status of a snapshot', () => {
  const none = { NgayTiepNhan: '', NgayHenTra: '' };
  it.each<[string, PushElement, readonly string[]]>([
    ['1: registered alone', { TrangThaiHoSo: 1, ...none }, [registered]],
    ['2: received', { TrangThaiHoSo: 2 }, [registered, received, dueSet]],
    ['2 without NgayTiepNhan: received when it was submitted', { TrangThaiHoSo: 2, ...none }, [registered, 'dossier-received@05 08:20~', 'due-date-set@05 08:20~']],
    ['3: refused, never received', { TrangThaiHoSo: 3, NgayTuChoi: '06/10/2026 09:00:00' }, [registered, 'dossier-refused@06 09:00']],
    ['3 without NgayTuChoi: refused when it was submitted', { TrangThaiHoSo: 3 }, [registered, 'dossier-refused@05 08:20~']],
    ['4: in process says no more than received', { TrangThaiHoSo: 4 }, [registered, received, dueSet]],
    ['5 alone: no supplement is known by its id', { TrangThaiHoSo: 5 }, [registered, received, dueSet]],
    ['6: a fee is asked for when that is taken down', { TrangThaiHoSo: 6 }, [registered, received, dueSet, 'financial-obligation-requested@10 12:00~']],
    ['7: withdrawn', { TrangThaiHoSo: 7, NgayKetThucXuLy: '09/10/2026 10:00:00' }, [registered, received, dueSet, 'dossier-withdrawn@09 10:00']],
    ['7 before the receipt', { TrangThaiHoSo: 7, ...none, NgayKetThucXuLy: '06/10/2026 10:00:00' }, [registered, 'dossier-withdrawn@06 10:00']],
    ['7 with the day on which the papers went back', { TrangThaiHoSo: 7, NgayTra: '09/10/2026 10:00:00' }, [registered, received, dueSet, 'dossier-withdrawn@09 10:00']],
    ['8: stopped', { TrangThaiHoSo: 8, NgayKetThucXuLy: '09/10/2026 10:00:00' }, [registered, received, dueSet, 'dossier-stopped@09 10:00']],
    ['9: finished', { TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' }, [registered, received, dueSet, 'dossier-finished@09 10:00']],
    ['10: finished and returned', { TrangThaiHoSo: 10, NgayKetThucXuLy: '09/10/2026 10:00:00', NgayTra: '09/10/2026 11:00:00', HinhThuc: 2 }, [registered, received, dueSet, 'dossier-finished@09 10:00', 'result-returned@09 11:00']],
    ['10 with NgayTra alone', { TrangThaiHoSo: 10, NgayTra: '09/10/2026 11:00:00' }, [registered, received, dueSet, 'result-returned@09 11:00']],
    ['7 without any end: when it is taken down', { TrangThaiHoSo: 7 }, [registered, received, dueSet, 'dossier-withdrawn@10 12:00~']],
    ['8 without any end', { TrangThaiHoSo: 8 }, [registered, received, dueSet, 'dossier-stopped@10 12:00~']],
    ['9 without any end', { TrangThaiHoSo: 9 }, [registered, received, dueSet, 'dossier-finished@10 12:00~']],
    ['10 without any end', { TrangThaiHoSo: 10 }, [registered, received, dueSet, 'result-returned@10 12:00~']],
    ['none at all: instants decide', { TrangThaiHoSo: '', NgayKetThucXuLy: '09/10/2026 10:00:00' }, [registered, received, dueSet, 'dossier-finished@09 10:00']],
  ])('%s', (_case, fields, facts) => {
    expect(told(pushedAll([hoSo(fields)], at10))).toEqual(facts);
  });

  it('6 stops the clock only where the procedure says so, and another one says that the fee was paid', () => {
    const asked = pushedAll([hoSo({ TrangThaiHoSo: 6 })], pushContext({ recordedAt, pausesForObligation: () => true }));
    expect(bodies(asked, 'financial-obligation-requested')).toEqual([{ pausesClock: true }]);

    const paid = pushedAll([hoSo({ TrangThaiHoSo: 5, DanhSachHoSoBoSung: [{ HoSoBoSungId: 'BS-1', NgayBoSung: '11/10/2026 09:00:00' }] })], pushContext({ recordedAt: october('12 12:00') }), asked);
    expect(told(paid, 4)).toEqual(['supplement-requested@11 09:00', 'financial-obligation-fulfilled@12 12:00~']);
  });

  it.each([
    ['a received dossier without any instant', { NgayNopHoSo: '', NgayTiepNhan: '' }, 'PUSH.FIELD_MISSING', 'NgayTiepNhan'],
    ['a registered one without an instant', { TrangThaiHoSo: 1, NgayNopHoSo: '', NgayTiepNhan: '' }, 'PUSH.FIELD_MISSING', 'NgayTiepNhan'],
    ['a new one without its unit', { DonViXuLy: '' }, 'PUSH.FIELD_MISSING', 'DonViXuLy'],
    ['a new one without its procedure', { MaTTHC: '' }, 'PUSH.FIELD_MISSING', 'MaTTHC'],
    ['a dossier that was not received and has a supplement', { TrangThaiHoSo: 1, NgayTiepNhan: '', DanhSachHoSoBoSung: [{ HoSoBoSungId: 'BS-1', NgayBoSung: '05/10/2026 08:25:00' }] }, 'DOSSIER.NOT_RECEIVED', undefined],
    ['one that was finished without a receipt', { TrangThaiHoSo: '', NgayTiepNhan: '', NgayKetThucXuLy: '09/10/2026 10:00:00' }, 'DOSSIER.NOT_RECEIVED', undefined],
  ])('is refused with a code: %s', (_case, fields, code, path) => {
    const result = pushed(unknownDossier(), hoSo(fields), at10);
    expect(result).toMatchObject({ ok: false, error: { code, ...(path === undefined ? {} : { path }) } });
  });

  it('3 of a dossier that was received is refused, and nothing of the snapshot is taken', () => {
    const result = pushed(pushedAll([hoSo({ NgayNopHoSo: '' })], at10), hoSo({ TrangThaiHoSo: 3, NgayTuChoi: '06/10/2026 09:00:00' }), at10);
    expect(result).toMatchObject({ ok: false, error: { code: 'DOSSIER.ALREADY_RECEIVED' } });
  });

  it('with an end before the receipt is taken and marked', () => {
    const { state } = pushedAll([hoSo({ TrangThaiHoSo: 9, NgayKetThucXuLy: '04/10/2026 10:00:00' })], at10);
    expect(foldDossier(state.facts)).toMatchObject({ endedAt: october('05 08:30'), uncounted: [{ reason: 'end-before-start' }] });
  });

  it('says nothing of a unit that its source does not speak for', () => {
    const result = pushed(unknownDossier(), hoSo(), pushContext({ covers: (unit) => unit === 'H44.115' }));
    expect(result).toMatchObject({ ok: false, error: { code: 'AUTH.UNIT_OUT_OF_SCOPE', path: 'DonViXuLy' } });
  });
});

describe('the rank of a snapshot', () => {
  const finished = (fields: PushElement = {}) => hoSo({ TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00', ...fields });

  it('lower: adds what is missing and corrects nothing', () => {
    const known = pushedAll([finished({ NgayNopHoSo: '' })], at10);
    const late = pushedAll([hoSo({ KenhThucHien: 2, NgayTiepNhan: '05/10/2026 09:30:00' })], at10, known);

    expect(told(late, known.state.facts.length)).toEqual([registered, 'statement-not-followed@10 12:00~', 'statement-not-followed@10 12:00~']);
    expect(late.state.rank).toEqual(known.state.rank);
  });

  it('lower with other values: told once that they were heard and not followed, with what stands and the ranks', () => {
    const known = pushedAll([finished()], at10);
    const trick = finished({ NgayKetThucXuLy: '09/10/2026 09:00:00' });
    const after = pushedAll([trick, { ...trick, KenhThucHien: '' }, { ...trick, HoSoCoThanhPhanSoHoa: 1 }], at10, known);

    expect(bodies(after, 'statement-not-followed')).toEqual([{
      field: 'finished-at', stated: october('09 09:00'), standing: october('09 10:00'), source: 'H44', cause: 'outranked',
      latestAt: october('09 09:00'), outrankedBy: october('09 10:00'),
    }]);
    expect(foldDossier(after.state.facts)).toMatchObject({ endedAt: october('09 10:00') });
  });

  it('lower with values that were followed at their time: a late copy, of which nothing is told', () => {
    const known = pushedAll([hoSo({ KenhThucHien: 2 }), finished({ KenhThucHien: 1 })], at10);
    const late = pushedAll([hoSo({ KenhThucHien: 2, HoSoCoThanhPhanSoHoa: 1 })], at10, known);
    expect(told(late, known.state.facts.length)).toEqual([]);
  });

  it('higher with other values: a correction, with what was known before', () => {
    const known = pushedAll([hoSo()], at10);
    const corrected = pushedAll([finished({ KenhThucHien: 2, NgayTiepNhan: '05/10/2026 09:30:00', DonViXuLy: 'H44.115' })], at10, known);

    expect(bodies(corrected, 'dossier-corrected')).toEqual([
      { field: 'received-at', before: october('05 08:30'), after: october('05 09:30'), reasonCode: 'SOURCE-CORRECTED' },
      { field: 'unit', before: 'H44.114', after: 'H44.115', reasonCode: 'SOURCE-CORRECTED' },
      { field: 'channel', before: 'in-person', after: 'online', reasonCode: 'SOURCE-CORRECTED' },
    ]);
    expect(foldDossier(corrected.state.facts)).toMatchObject({ receivedAt: october('05 09:30'), channel: 'online' });
  });

  it('equal with other values: corrections in the order of arrival, and what was accepted before is not said again', () => {
    const [first, second] = [finished({ MaTTHC: '1.000001' }), finished({ MaTTHC: '1.000002' })];
    const known = pushedAll([first, second, first, second], at10);

    expect(bodies(known, 'dossier-corrected')).toEqual([
      { field: 'procedure', before: '1.000001', after: '1.000002', reasonCode: 'SOURCE-CORRECTED' },
    ]);
  });

  it('does not matter where an instant was only inferred: the stated one takes its place', () => {
    const known = pushedAll([hoSo({ TrangThaiHoSo: 9, NgayKetThucXuLy: '' })], at10);
    const stated = pushedAll([finished()], at10, known);

    expect(bodies(stated, 'dossier-corrected')).toEqual([
      { field: 'finished-at', before: recordedAt, after: october('09 10:00'), reasonCode: 'STATED-LATER' },
    ]);
  });

  it('absent means not said: nothing is retracted', () => {
    const known = pushedAll([finished({ NgayTra: '09/10/2026 11:00:00' })], at10);
    const silent = pushedAll([finished({ NgayTra: '', KenhThucHien: '', NgayHenTra: '', NgayNopHoSo: '' })], at10, known);
    expect(told(silent, known.state.facts.length)).toEqual([]);
  });
});

describe('a snapshot of another source than the owner', () => {
  const other = pushContext({ source: 'BO-TU-PHAP', recordedAt });

  it('adds what is missing and keeps the rest as a conflict, once', () => {
    const known = pushedAll([hoSo()], at10);
    const contradicting = hoSo({
      TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00', KenhThucHien: 2, NgayHenTra: '20/10/2026', NgayNopHoSo: '05/10/2026 08:00:00',
    });
    const after = pushedAll([contradicting, { ...contradicting, HoSoCoThanhPhanSoHoa: 1 }], other, known);

    expect(told(after, known.state.facts.length)).toEqual(['dossier-finished@09 10:00', ...Array.from({ length: 3 }, () => 'statement-not-followed@10 12:00~')]);
    expect(bodies(after, 'statement-not-followed')).toMatchObject([
      { field: 'registered-at', stated: october('05 08:00'), standing: october('05 08:20'), source: 'BO-TU-PHAP', cause: 'other-source' },
      { field: 'channel', stated: 'online', standing: 'in-person' }, { field: 'stated-due-at' },
    ]);
    expect(foldDossier(after.state.facts).flags.map(({ flag }) => flag)).toEqual(Array.from({ length: 3 }, () => 'conflicting-sources'));
    expect(after.state.conflicts).toEqual([
      { source: 'BO-TU-PHAP', field: 'registered-at', value: october('05 08:00') },
      { source: 'BO-TU-PHAP', field: 'channel', value: 'online' },
      { source: 'BO-TU-PHAP', field: 'stated-due-at', value: october('20 23:59') + 60_000 },
    ]);
    expect(after.state.rank).toEqual(known.state.rank);
  });

  it('owns a dossier that only its steps were known of', () => {
    const steps = pushedAll([tienTrinh()], other);
    expect(bodies(pushedAll([hoSo()], at10, steps), 'dossier-received')).toMatchObject([{ source: 'H44' }]);
  });
});

describe('the due date of a snapshot', () => {
  const supplement = (fields: PushElement = {}) => ({ HoSoBoSungId: 'BS-1', NgayBoSung: '06/10/2026 09:00:00', NgayTiepNhanBoSung: '07/10/2026 09:00:00', ...fields });
  const dues = (dossier: PushedDossier) => bodies(dossier, 'due-date-set').map((body) => ({ ...body }));
  const at24 = (day: string) => october(`${day} 23:59`) + 60_000;

  it('stated: wins over the term, which is shown beside it', () => {
    expect(dues(pushedAll([hoSo()], at10))).toEqual([
      { dueAt: at24('12'), basis: 'stated', cause: 'received', computedDueAt: at24('12'), calendarVersion: 'vn@1' },
    ]);
  });

  it('not stated: the term gives it', () => {
    expect(dues(pushedAll([hoSo({ NgayHenTra: '' })], at10))).toEqual([
      { dueAt: at24('12'), basis: 'term', cause: 'received', calendarVersion: 'vn@1' },
    ]);
  });

  it('neither stated nor a term: there is none', () => {
    expect(dues(pushedAll([hoSo({ NgayHenTra: '' })], pushContext({ recordedAt, dueReferenceOn: () => dueReference(null) })))).toEqual([]);
  });

  it('stated later: takes force from the receipt on', () => {
    const known = pushedAll([hoSo({ NgayHenTra: '' })], pushContext({ recordedAt: october('06 12:00') }));
    const stated = pushedAll([hoSo({ NgayHenTra: '09/10/2026' })], pushContext({ recordedAt: october('07 12:00') }), known);

    expect(bodies(stated, 'dossier-corrected')).toEqual([{ field: 'stated-due-at', after: at24('09'), reasonCode: 'STATED-LATER' }]);
    expect(foldDossier(stated.state.facts).dues).toMatchObject([{ from: october('05 08:30'), dueAt: at24('09'), basis: 'stated' }]);
  });

  it('of a supplement that states a new one: that one, and the old one from the receipt on', () => {
    const element = hoSo({ NgayHenTra: '15/10/2026', DanhSachHoSoBoSung: [supplement({ NgayHenTraTruoc: '12/10/2026', NgayHenTraMoi: '15/10/2026' })] });
    expect(foldDossier(pushedAll([element], at10).state.facts).dues).toMatchObject([
      { from: october('05 08:30'), dueAt: at24('12') }, { from: october('07 09:00'), dueAt: at24('15'), cause: 'supplement-completed' },
    ]);
  });

  it('of a supplement without one: moved by the term days of the pause', () => {
    const element = hoSo({ DanhSachHoSoBoSung: [supplement()] });
    expect(foldDossier(pushedAll([element], at10).state.facts).dues.at(-1)).toMatchObject({ from: october('07 09:00'), dueAt: at24('13') });
  });

  it('changed with a completed supplement: belongs to its completion', () => {
    const known = pushedAll([hoSo()], pushContext({ recordedAt: october('05 12:00') }));
    const changed = pushedAll([hoSo({ NgayHenTra: '16/10/2026', DanhSachHoSoBoSung: [supplement()] })], at10, known);

    expect(bodies(changed, 'supplement-completed')).toEqual([{ supplement: 'BS-1', newDueAt: at24('16') }]);
    expect(bodies(changed, 'dossier-corrected')).toEqual([]);
    expect(foldDossier(changed.state.facts).dues.at(-1)).toMatchObject({ from: october('07 09:00'), dueAt: at24('16') });
  });

  it('changed after the completion was known: still belongs to it', () => {
    const known = pushedAll([hoSo({ DanhSachHoSoBoSung: [supplement()] })], pushContext({ recordedAt: october('07 12:00') }));
    const changed = pushedAll([hoSo({ NgayHenTra: '16/10/2026', DanhSachHoSoBoSung: [supplement()] })], at10, known);

    expect(bodies(changed, 'dossier-corrected')).toEqual([{ field: 'stated-due-at', part: 'BS-1', after: at24('16'), reasonCode: 'STATED-LATER' }]);
    expect(foldDossier(changed.state.facts).dues.at(-1)).toMatchObject({ from: october('07 09:00'), dueAt: at24('16') });
  });

  it('changed without a supplement: takes force when that is taken down', () => {
    const known = pushedAll([hoSo()], pushContext({ recordedAt: october('05 12:00') }));
    const changed = pushedAll([hoSo({ NgayHenTra: '16/10/2026' })], at10, known);

    expect(told(changed, 3)).toEqual(['dossier-corrected@10 12:00~', 'due-date-set@10 12:00~']);
    expect(foldDossier(changed.state.facts).dues).toMatchObject([{ dueAt: at24('12') }, { from: recordedAt, dueAt: at24('16'), cause: 'corrected' }]);
  });

  it('changed after it had passed: is taken down and does not count', () => {
    const known = pushedAll([hoSo()], pushContext({ recordedAt: october('05 12:00') }));
    const changed = pushedAll([hoSo({ NgayHenTra: '16/10/2026' })], pushContext({ recordedAt: october('14 12:00') }), known);

    const view = foldDossier(changed.state.facts);
    expect(view.dues).toMatchObject([{ dueAt: at24('12') }]);
    expect(view.uncounted).toMatchObject([{ reason: 'due-moved-after-passing' }]);
  });

  it('changed by a snapshot of lower rank: stays', () => {
    const known = pushedAll([hoSo({ TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' })], at10);
    const late = pushedAll([hoSo({ NgayHenTra: '16/10/2026' })], at10, known);
    expect(told(late, known.state.facts.length)).toEqual(['statement-not-followed@10 12:00~']);
  });

  it('corrected where a supplement states another one than before', () => {
    const element = (due: string) => hoSo({ DanhSachHoSoBoSung: [supplement({ NgayHenTraTruoc: '12/10/2026', NgayHenTraMoi: due })] });
    const changed = pushedAll([element('15/10/2026'), element('16/10/2026')], at10);
    expect(bodies(changed, 'dossier-corrected')).toEqual([
      { field: 'stated-due-at', part: 'BS-1', before: at24('15'), after: at24('16'), reasonCode: 'SOURCE-CORRECTED' },
    ]);
  });
});

describe('a supplement of a snapshot', () => {
  it.each<[string, PushElement, readonly string[]]>([
    ['asked for and not completed', { NgayBoSung: '06/10/2026 09:00:00' }, ['supplement-requested@06 09:00']],
    ['without the instant of the request: as if completed at once', { NgayTiepNhanBoSung: '07/10/2026 09:00:00' }, ['supplement-requested@07 09:00~', 'supplement-completed@07 09:00']],
    ['without any instant: when it is taken down', {}, ['supplement-requested@10 12:00~']],
  ])('%s', (_case, fields, facts) => {
    const all = told(pushedAll([hoSo({ DanhSachHoSoBoSung: [{ HoSoBoSungId: 'BS-1', ...fields }] })], at10));
    expect(all.filter((fact) => fact.startsWith('supplement'))).toEqual(facts);
  });

  it('is corrected by its id', () => {
    const element = (time: string) => hoSo({ DanhSachHoSoBoSung: [{ HoSoBoSungId: 'BS-1', NgayBoSung: `06/10/2026 ${time}:00` }] });
    const corrected = pushedAll([element('09:00'), element('10:00')], at10);
    expect(bodies(corrected, 'dossier-corrected')).toEqual([
      { field: 'supplement-requested-at', part: 'BS-1', before: october('06 09:00'), after: october('06 10:00'), reasonCode: 'SOURCE-CORRECTED' },
    ]);
  });
});

describe('a step', () => {
  it('may come before its dossier, which is counted nowhere until then', () => {
    const dossier = pushedAll([tienTrinh()], at10);
    expect(told(dossier)).toEqual(['step-assigned@05 09:00']);
    expect(foldDossier(dossier.state.facts)).toMatchObject({ receivedAt: null, registeredAt: null });
    expect(told(pushedAll([hoSo()], at10, dossier), 1)).toEqual([registered, received, dueSet]);
  });

  it('is completed by a later report, which may not move its end back', () => {
    const done = pushedAll([tienTrinh(), tienTrinh({ ThoiDiemXuLy: '2026-10-06 10:00:00' }), tienTrinh({ ThoiDiemXuLy: '2026-10-06 09:00:00' })], at10);
    expect(told(done)).toEqual(['step-assigned@05 09:00', 'step-completed@06 10:00', 'statement-not-followed@10 12:00~']);
    expect(bodies(done, 'statement-not-followed')).toMatchObject([{ field: 'step-ended-at', stated: october('06 09:00'), standing: october('06 10:00') }]);
  });

  it('is corrected: a later end, another deadline, a deadline that was missing', () => {
    const corrected = pushedAll([
      tienTrinh({ NgayKetThucTheoQuyDinh: '', ThoiDiemXuLy: '2026-10-06 10:00:00' }),
      tienTrinh({ NgayKetThucTheoQuyDinh: '2026-10-08 17:00:00', ThoiDiemXuLy: '2026-10-06 10:00:00' }),
      tienTrinh({ NgayKetThucTheoQuyDinh: '2026-10-09 17:00:00', ThoiDiemXuLy: '2026-10-06 11:00:00' }),
    ], at10);
    expect(bodies(corrected, 'dossier-corrected')).toMatchObject([
      { field: 'step-deadline', after: october('08 17:00'), reasonCode: 'STATED-LATER' },
      { field: 'step-deadline', before: october('08 17:00'), after: october('09 17:00') },
      { field: 'step-ended-at', before: october('06 10:00'), after: october('06 11:00') },
    ]);
    expect(foldDossier(corrected.state.facts).steps).toMatchObject([{ deadline: october('09 17:00'), to: october('06 11:00') }]);
  });

});

describe('the units that a source speaks for', () => {
  const only = (...units: readonly string[]) => pushContext({ recordedAt, source: 'H44.1', covers: (unit) => units.includes(unit) });
  const ended = { TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' };
  const outOfScope = (path: string) => ({ ok: false, error: { code: 'AUTH.UNIT_OUT_OF_SCOPE', path } });
  const known = () => pushedAll([hoSo()], at10);

  /** The dossier as H44.114 gave it to H44.115 by a command. */
  const transferred = (): PushedDossier => {
    const { state } = known();
    const decided = decideFacts(state.facts, [{ kind: 'dossier-transferred', occurredAt: october('06 09:00'), timeBasis: 'stated', body: { unit: 'H44.115' as UnitCode } }], {
      dossier: state.dossier, topic: at10.topic, recordedAt: october('10 12:00'), reportedBy: 'command', ...dueReference(),
    });
    if (!decided.ok) throw new Error(decided.error.code);
    return { ...unknownDossier(), state: { ...state, facts: [...state.facts, ...decided.value] } };
  };

  it.each<[string, PushElement, readonly string[], string]>([
    ['states its own unit for a dossier of another', { ...ended, DonViXuLy: 'H44.1' }, ['H44.1'], 'MaHoSo'],
    ['states the unit of the dossier, which is not its own', ended, ['H44.1'], 'DonViXuLy'],
    ['states no unit', { ...ended, DonViXuLy: '' }, ['H44.1'], 'MaHoSo'],
    ['would give its dossier to a unit that is not its own', { ...ended, DonViXuLy: 'H44.2' }, ['H44.114'], 'DonViXuLy'],
  ])('a snapshot that %s is refused', (_case, fields, units, path) => {
    expect(pushed(known(), hoSo(fields), only(...units))).toMatchObject(outOfScope(path));
  });

  it('a snapshot is taken where they have both, the stated unit and the holder', () => {
    expect(pushed(known(), hoSo({ ...ended, DonViXuLy: 'H44.115' }), only('H44.114', 'H44.115'))).toMatchObject({ ok: true });
    expect(pushed(known(), hoSo({ ...ended, DonViXuLy: '' }), only('H44.114'))).toMatchObject({ ok: true });
  });

  it('a snapshot of a dossier that is not known needs the unit that it states, not the one in the code', () => {
    expect(pushed(unknownDossier(), hoSo({ DonViXuLy: 'H44.1' }), only('H44.1'))).toMatchObject({ ok: true });
    expect(pushed(unknownDossier(), hoSo({ DonViXuLy: 'H44.1' }), only('H44.114'))).toMatchObject(outOfScope('DonViXuLy'));
    expect(pushed(unknownDossier(), hoSo({ TrangThaiHoSo: 3, NgayTuChoi: '06/10/2026 09:00:00', NgayNopHoSo: '', NgayTiepNhan: '', DonViXuLy: '' }), only('H44.1'))).toMatchObject(outOfScope('MaHoSo'));
  });

  it('after a transfer the holder reports snapshots and steps, the unit that gave it away does not', () => {
    const holder = only('H44.115');
    expect(pushed(transferred(), hoSo({ ...ended, DonViXuLy: 'H44.115' }), holder)).toMatchObject({ ok: true });
    expect(pushed(transferred(), tienTrinh(), holder)).toMatchObject({ ok: true });

    const former = only('H44.114');
    expect(pushed(transferred(), hoSo(ended), former)).toMatchObject(outOfScope('MaHoSo'));
    expect(pushed(transferred(), tienTrinh(), former)).toMatchObject(outOfScope('MaHoSo'));
  });

  it('what was accepted before stays a repetition after the dossier is out of their hands', () => {
    const dossier = transferred();
    expect(pushed(dossier, hoSo(), only('H44.114'))).toEqual({ ok: true, value: dossier });
  });

  it('a step before its dossier needs the unit in the code', () => {
    expect(pushed(unknownDossier(), tienTrinh(), only('H44.114'))).toMatchObject({ ok: true });
    expect(pushed(unknownDossier(), tienTrinh(), only('H44.1'))).toMatchObject(outOfScope('MaHoSo'));
    expect(pushed(pushedAll([tienTrinh()], at10), tienTrinh({ NgayBatDau: '06/10/2026 09:00:00' }), only('H44.1'))).toMatchObject(outOfScope('MaHoSo'));
  });

  it('a step before its dossier is nobody\'s where the code names no unit', () => {
    const code = { MaHoSo: '000.20261005.0001' };
    const unnamed = unknownDossier(code.MaHoSo as DossierId);
    expect(pushed(unnamed, tienTrinh(code), at10)).toMatchObject(outOfScope('MaHoSo'));
    expect(pushed(pushedAll([hoSo(code)], at10, unnamed), tienTrinh(code), only('H44.114'))).toMatchObject({ ok: true });
  });
});

describe('parts that other services own', () => {
  const paid = (fields: PushElement = {}) => hoSo({ DuocThanhToanTrucTuyen: 1, DanhSachLePhi: [{ MaPhiLePhi: 'LP-01', Gia: 8000 }], ...fields });

  it('are passed on with the instants that the push does not state', () => {
    const { intake } = pushedAll([paid({ TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00', DanhSachGiayToKetQua: [{ MaGiayToKetQua: 'KQ-1' }] })], at10);
    expect(intake).toMatchObject([{
      receivedAt: october('05 08:30'), resultAt: october('09 10:00'), rank: { latestAt: october('09 10:00'), status: 9 },
      parts: { payments: { paidOnline: 1 }, results: { documents: [{ code: 'KQ-1' }] } },
    }]);
  });

  it('are not passed on again while they stay the same', () => {
    const dossier = pushedAll([paid(), paid({ TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' }), hoSo({ KenhThucHien: 2 })], at10);
    expect(dossier.intake).toHaveLength(1);
  });

  it('are passed on again when a newer snapshot goes back to them', () => {
    const ended = { TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' };
    const dossier = pushedAll([
      paid(), paid({ DuocThanhToanTrucTuyen: 2, TrangThaiHoSo: 5 }), paid(ended),
    ], at10);
    expect(dossier.intake.map(({ parts }) => parts.payments?.paidOnline)).toEqual([1, 2, 1]);
  });
});

describe('when something is taken down', () => {
  it('is never before what was taken down last', () => {
    const known = pushedAll([hoSo()], pushContext({ recordedAt: october('20 12:00') }));
    const replayed = pushedAll([hoSo({ TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' })], at10, known);
    expect(replayed.state.facts.at(-1)).toMatchObject({ kind: 'dossier-finished', recordedAt: october('20 12:00') });
  });

  it('is marked on bulk loads', () => {
    expect(pushedAll([hoSo()], pushContext({ backfill: true })).state.facts.every(({ backfill }) => backfill === true)).toBe(true);
  });
});

describe('a source that corrects itself without end', () => {
  it('is stopped before the dossier outgrows its document', () => {
    const known = pushedAll([hoSo({ NgayHenTra: '' })], at10);
    const [last] = known.state.facts.slice(-1);
    if (last === undefined) throw new Error('nothing was told');
    const filler = Array.from({ length: MAX_FACTS - known.state.facts.length }, (_, index) => ({ ...last, sequence: last.sequence + 1 + index }));
    const full = { ...known, state: { ...known.state, facts: [...known.state.facts, ...filler] } };

    expect(pushed(full, hoSo({ TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00', NgayHenTra: '' }), at10)).toMatchObject({
      ok: false, error: { code: 'DOSSIER.TOO_MANY_FACTS' },
    });
    // What is only heard makes nothing refused.
    expect(pushed({ ...full, facts: [] }, hoSo({ NgayHenTra: '', NgayTiepNhan: '05/10/2026 08:00:00', KenhThucHien: 2 }), pushContext({ recordedAt, source: 'BO-TU-PHAP' }))).toMatchObject({ ok: true, value: { facts: [] } });
  });
});
