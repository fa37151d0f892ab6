import fc from 'fast-check';
import type { PushElement } from './pushes';

const MINUTES_PER_DAY = 24 * 60;
const START = Date.parse('2026-10-01T00:00:00+07:00');

/** A whole life of a dossier as its source knows it in the end; minutes are counted from 1 October 2026. */
interface SourceLife {
  readonly submitted: number;
  readonly received: number;
  readonly due: number;
  readonly statesDue: boolean;
  readonly supplements: readonly { readonly requested: number; readonly completed: number | null; readonly newDue: number | null }[];
  readonly steps: readonly { readonly officer: string; readonly from: number; readonly to: number | null; readonly deadline: number }[];
  readonly end: { readonly status: 7 | 8 | 9 | 10; readonly at: number; readonly returned: number | null } | null;
}

const gap = (days: number) => fc.integer({ min: 1, max: days * MINUTES_PER_DAY });

/** Lives with up to two supplements, up to three steps and any end, instants in the order of life. */
const lives: fc.Arbitrary<SourceLife> = fc
  .record({
    submitted: gap(3), toReceipt: gap(1), toDue: gap(10), statesDue: fc.boolean(),
    supplements: fc.array(fc.record({ after: gap(2), lasts: gap(2), isCompleted: fc.boolean(), movesDue: fc.boolean() }), { maxLength: 2 }),
    steps: fc.array(fc.record({ officer: fc.constantFrom('A', 'B', 'C'), after: gap(2), lasts: fc.option(gap(2)), deadline: gap(4) }), { maxLength: 3 }),
    end: fc.option(fc.record({ status: fc.constantFrom(7 as const, 8 as const, 9 as const, 10 as const), after: gap(3), toReturn: gap(2) })),
  })
  .map(({ submitted, toReceipt, toDue, statesDue, supplements, steps, end }) => {
    const received = submitted + toReceipt;
    let clock = received;
    let due = received + toDue;
    const told = supplements.map(({ after, lasts, isCompleted, movesDue }, index) => {
      const requested = clock + after;
      // Only the last one may still be open: the next request comes after the completion of the one before.
      const completed = isCompleted || index < supplements.length - 1 ? requested + lasts : null;
      clock = completed ?? requested;
      if (completed !== null && movesDue) due = Math.max(due, completed) + lasts;
      return { requested, completed, newDue: completed !== null && movesDue ? due : null };
    });
    let stepClock = received;
    const taken = steps.map(({ officer, after, lasts, deadline }) => {
      stepClock += after;
      return { officer, from: stepClock, to: lasts === null ? null : stepClock + lasts, deadline: stepClock + deadline };
    });
    const endAt = end === null ? 0 : Math.max(clock, stepClock) + end.after;
    return {
      submitted, received, due: received + toDue, statesDue, supplements: told, steps: taken,
      end: end === null ? null : { status: end.status, at: endAt, returned: end.status === 10 ? endAt + end.toReturn : null },
    };
  });

const text = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
const known = (minutes: number | null, cut: number) => (minutes !== null && minutes <= cut ? text(minutes) : '');

/** The snapshot that the source pushes at a minute of the life: everything up to then and nothing later. */
function snapshotAt(life: SourceLife, dossier: string, cut: number): PushElement {
  const supplements = life.supplements.filter(({ requested }) => requested <= cut);
  const moves = supplements.filter(({ completed, newDue }) => newDue !== null && completed !== null && completed <= cut);
  const due = moves.at(-1)?.newDue ?? life.due;
  const ended = life.end !== null && life.end.at <= cut ? life.end : null;
  return {
    MaHoSo: dossier, MaTTHC: '2.000815', DonViXuLy: 'H44.114', KenhThucHien: '2',
    NgayNopHoSo: text(life.submitted), NgayTiepNhan: known(life.received, cut),
    NgayHenTra: life.received <= cut && life.statesDue ? text(due) : '',
    TrangThaiHoSo: statusAt(life, cut),
    NgayKetThucXuLy: ended === null ? '' : text(ended.at),
    NgayTra: ended === null ? '' : known(ended.returned, cut),
    DanhSachHoSoBoSung: supplements.map(({ requested, completed, newDue }, index) => ({
      HoSoBoSungId: `BS-${index}`, NgayBoSung: text(requested), NgayTiepNhanBoSung: known(completed, cut),
      ...(newDue === null || completed === null || completed > cut || !life.statesDue
        ? {}
        : { NgayHenTraTruoc: text(dueBefore(life, index)), NgayHenTraMoi: text(newDue) }),
    })),
  };
}

function dueBefore(life: SourceLife, index: number): number {
  return life.supplements.slice(0, index).findLast(({ newDue }) => newDue !== null)?.newDue ?? life.due;
}

function statusAt({ received, supplements, end }: SourceLife, cut: number): number {
  if (end !== null && end.at <= cut) return end.status === 10 && (end.returned ?? 0) > cut ? 9 : end.status;
  if (cut < received) return 1;
  return supplements.some(({ requested, completed }) => requested <= cut && (completed === null || completed > cut)) ? 5 : 4;
}

function stepsAt(life: SourceLife, dossier: string, cut: number): readonly PushElement[] {
  return life.steps.filter(({ from }) => from <= cut).map(({ officer, from, to, deadline }) => ({
    MaHoSo: dossier, NguoiXuLy: officer, PhongBanXuLy: 'Một cửa', NgayBatDau: text(from),
    ThoiDiemXuLy: known(to, cut), NgayKetThucTheoQuyDinh: text(deadline),
  }));
}

/** Everything that a source pushes about one dossier in the course of its life, in order, without two that contradict. */
export function sourcePushes(dossier: string): fc.Arbitrary<readonly PushElement[]> {
  return fc.tuple(lives, fc.array(fc.integer({ min: 1, max: 30 * MINUTES_PER_DAY }), { minLength: 1, maxLength: 4 })).map(([life, cuts]) =>
    [...new Set([...cuts, 60 * MINUTES_PER_DAY])]
      .filter((cut) => cut >= life.submitted)
      .sort((a, b) => a - b)
      .flatMap((cut) => [snapshotAt(life, dossier, cut), ...stepsAt(life, dossier, cut)]),
  );
}
