import type { Channel, Status } from '@index766/dossier-life';
import type {
  DossierId, Instant, OfficerPseudonym, ProcedureCode, StepId, SupplementId, UnitCode,
} from '@index766/kernel';

/**
 * How much a snapshot knows: the latest instant that it states, then its status. A due instant is a promise and no
 * event, so it does not count: it would make nearly all snapshots of a dossier equal.
 */
export interface SnapshotRank {
  readonly latestAt: Instant | null;
  /** The portal's code, which grows along a dossier's life; 0 where the source states none. */
  readonly status: Status | 0;
}

/** Negative: `a` knows less than `b`; 0: as much. */
export function compareRank(a: SnapshotRank, b: SnapshotRank): number {
  const latest = (a.latestAt ?? Number.NEGATIVE_INFINITY) - (b.latestAt ?? Number.NEGATIVE_INFINITY);
  return Number.isNaN(latest) || latest === 0 ? a.status - b.status : latest;
}

/** One entry of DanhSachHoSoBoSung. */
export interface SnapshotSupplement {
  readonly supplement: SupplementId;
  readonly requestedAt?: Instant;
  readonly completedAt?: Instant;
  readonly dueBefore?: Instant;
  readonly newDueAt?: Instant;
}

/** What one HoSo of a push says about the dossier itself. Absent = not said. */
export interface Snapshot {
  readonly dossier: DossierId;
  readonly hash: string;
  readonly rank: SnapshotRank;
  /** TrangThaiHoSo: what the source shows; instants decide. */
  readonly status?: Status;
  readonly unit?: UnitCode;
  readonly procedure?: ProcedureCode;
  readonly channel?: Channel;
  readonly submittedAt?: Instant;
  readonly receivedAt?: Instant;
  readonly refusedAt?: Instant;
  /** NgayHenTra; already 24:00 where the source stated a bare day. */
  readonly dueAt?: Instant;
  /** NgayKetThucXuLy: the end, of whatever kind the status says. */
  readonly closedAt?: Instant;
  /** NgayTra */
  readonly returnedAt?: Instant;
  readonly returnChannel?: Channel;
  readonly supplements: readonly SnapshotSupplement[];
}

/** What one TienTrinh of a push says about a step. */
export interface StepReport {
  readonly dossier: DossierId;
  readonly hash: string;
  readonly step: StepId;
  readonly officer?: OfficerPseudonym;
  readonly department?: string;
  readonly startedAt: Instant;
  /** ThoiDiemXuLy, where it is after the start: the step's own end. */
  readonly endedAt?: Instant;
  readonly deadline?: Instant;
}
