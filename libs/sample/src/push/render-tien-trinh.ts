import type { Instant } from '@index766/kernel';
import type { SampleStep } from '../dossier/steps';
import type { PushElement } from './push';
import { writeDue, writeInstant, writeRecordedAt, type InstantForm } from './source-format';

/** One TienTrinh in the national format. An officer's name and title are made up; a step without one names nobody. */
export function renderTienTrinh(
  id: string, step: SampleStep, status: number, recordedAt: Instant, form: InstantForm,
): PushElement {
  return {
    MaHoSo: id,
    NguoiXuLy: step.officer?.name ?? '',
    ChucDanh: step.officer?.title ?? '',
    ThoiDiemXuLy: step.endedAt === null ? '' : writeInstant(step.endedAt, form),
    PhongBanXuLy: step.officer?.department ?? '',
    NoiDungXuLy: `${step.note} (mẫu)`,
    TrangThai: String(status),
    NgayBatDau: writeInstant(step.startedAt, form),
    NgayKetThucTheoQuyDinh: step.deadline === null ? '' : writeDue(step.deadline, form),
    recordedAt: writeRecordedAt(recordedAt),
  };
}
