import type { DossierFactBodies, Status } from '@index766/dossier-life';
import { ok, refused, type Instant, type Result } from '@index766/kernel';
import type { Findings } from './findings';
import { hasEnded, type KnownDossier } from './known-dossier';
import { settleEvent } from './settle-event';
import type { Snapshot } from './snapshot';
import { addEnds } from './snapshot-ends';
import { addSupplements } from './snapshot-supplements';
import { statedDuesOf, type StatedDues } from './stated-dues';

/** Statuses that a dossier has only once it was received; 7 and 8 also befall one that was merely registered. */
const RECEIVED_STATUSES: ReadonlySet<Status | undefined> = new Set<Status>([2, 4, 5, 6, 9, 10]);
const REFUSED = 3;

/** What a snapshot is compared with and by whom it is stated. */
export interface SnapshotContext {
  readonly known: KnownDossier;
  readonly source: string;
  readonly recordedAt: Instant;
  /** True where the snapshot's rank is higher than that of every one accepted before. */
  readonly isNewest: boolean;
  /** Whether the clock stops while a fee is open: the procedure says so. */
  readonly pausesForObligation: boolean;
}

/**
 * Compares a snapshot with what is known and collects the facts that it adds, its corrections and its conflicts
 * (national-sync.md, "What one push means"). Absent means "not said": nothing is ever retracted. Refuses a dossier that
 * is not known and of which the snapshot does not say enough.
 */
export function findInSnapshot(snapshot: Snapshot, context: SnapshotContext, findings: Findings): Result<void> {
  const { known, recordedAt } = context;
  const dues = statedDuesOf(snapshot, known);
  const origin = addOrigin(snapshot, dues, context, findings);
  if (!origin.ok) return origin;
  if (snapshot.status === REFUSED) addRefusal(snapshot, context, findings);
  addSupplements(snapshot.supplements, known, dues, recordedAt, findings);
  addStatedDue(dues, context, findings);
  addObligation(snapshot, context, findings);
  addEnds(snapshot, known, recordedAt, findings);
  return ok(undefined);
}

/** Registration and receipt, and the codes that they carry. */
function addOrigin(snapshot: Snapshot, dues: StatedDues, context: SnapshotContext, findings: Findings): Result<void> {
  const { known } = context;
  const { submittedAt } = snapshot;
  const { registered, received } = known.events;
  const receivedAt = receiptOf(snapshot, known);
  if (received === undefined && receivedAt === undefined && needsReceipt(snapshot, known)) {
    return refused('PUSH.FIELD_MISSING', 'a dossier needs the instant of its receipt or submission', 'NgayTiepNhan');
  }
  const registers = registered === undefined && submittedAt !== undefined;
  const receives = received === undefined && receivedAt !== undefined;
  if (registers || receives) {
    const origin = originOf(snapshot, context);
    if (!origin.ok) return origin;
    const body = origin.value;
    if (registers) findings.propose({ kind: 'dossier-registered', occurredAt: submittedAt, timeBasis: 'stated', body });
    if (receives) {
      findings.propose({
        kind: 'dossier-received', occurredAt: receivedAt, timeBasis: snapshot.receivedAt === undefined ? 'inferred' : 'stated',
        body: { ...body, ...(dues.atReceipt === undefined ? {} : { statedDueAt: dues.atReceipt }), pushed: true },
      });
    }
  }
  if (registered !== undefined) findings.settleFirst({ field: 'registered-at' }, { value: registered.at }, submittedAt);
  settleEvent(findings, 'received-at', received, snapshot.receivedAt);
  settleCodes(snapshot, known, findings);
  return ok(undefined);
}

/** True where the snapshot cannot be understood without an instant of receipt (or submission, which stands for it). */
function needsReceipt({ status, submittedAt, refusedAt }: Snapshot, { events }: KnownDossier): boolean {
  if (RECEIVED_STATUSES.has(status)) return true;
  const isNew = events.registered === undefined && events.refused === undefined;
  return isNew && submittedAt === undefined && !(status === REFUSED && refusedAt !== undefined);
}

function originOf(snapshot: Snapshot, { known, source }: SnapshotContext): Result<DossierFactBodies['dossier-registered']> {
  const unit = snapshot.unit ?? known.unit;
  const procedure = snapshot.procedure ?? known.procedure;
  const channel = snapshot.channel ?? known.channel ?? 'in-person';
  if (unit === undefined) return refused('PUSH.FIELD_MISSING', 'a dossier that is not known yet needs its unit', 'DonViXuLy');
  if (procedure === undefined) return refused('PUSH.FIELD_MISSING', 'a dossier that is not known yet needs its procedure', 'MaTTHC');
  return ok({ unit, procedure, channel, source });
}

/** NgayTiepNhan; for a status that only a received dossier has, else the submission. A refused one never was received. */
function receiptOf(snapshot: Snapshot, known: KnownDossier): Instant | undefined {
  if (snapshot.status === REFUSED) return undefined;
  if (snapshot.receivedAt !== undefined) return snapshot.receivedAt;
  return RECEIVED_STATUSES.has(snapshot.status) ? (snapshot.submittedAt ?? known.events.registered?.at) : undefined;
}

function settleCodes(snapshot: Snapshot, known: KnownDossier, findings: Findings): void {
  // A unit that the dossier was transferred to is no correction of the one that received it.
  if (known.unit !== undefined && !(snapshot.unit !== undefined && known.transferredTo.has(snapshot.unit))) {
    findings.settle({ field: 'unit' }, { value: known.unit }, snapshot.unit);
  }
  if (known.procedure !== undefined) findings.settle({ field: 'procedure' }, { value: known.procedure }, snapshot.procedure);
  if (known.channel !== undefined) findings.settle({ field: 'channel' }, { value: known.channel }, snapshot.channel);
}

function addRefusal({ refusedAt, submittedAt }: Snapshot, { known, recordedAt }: SnapshotContext, findings: Findings): void {
  if (known.events.refused !== undefined) {
    settleEvent(findings, 'refused-at', known.events.refused, refusedAt);
    return;
  }
  findings.propose({
    kind: 'dossier-refused', occurredAt: refusedAt ?? submittedAt ?? known.events.registered?.at ?? recordedAt,
    timeBasis: refusedAt === undefined ? 'inferred' : 'stated', body: {},
  });
}

/** A due instant that the receipt had left open, or that the source moved since. */
function addStatedDue({ atReceipt, moved, movedBy }: StatedDues, { known }: SnapshotContext, findings: Findings): void {
  const { received } = known.events;
  if (received === undefined) {
    if (moved !== undefined && atReceipt !== undefined) findings.settle({ field: 'stated-due-at' }, { value: atReceipt }, moved);
    return;
  }
  if (known.statedDueAt === undefined) {
    if (atReceipt !== undefined) findings.addMissing({ field: 'stated-due-at' }, atReceipt, received.at);
    return;
  }
  const completed = movedBy === undefined ? undefined : known.supplements.get(movedBy)?.completed;
  if (completed !== undefined && moved !== undefined && findings.mayCorrect) {
    findings.addMissing({ field: 'stated-due-at', ...(movedBy === undefined ? {} : { part: movedBy }) }, moved, completed.at);
  } else if (movedBy === undefined || !findings.mayCorrect) {
    findings.settle({ field: 'stated-due-at' }, { value: known.statedDueAt }, moved);
  }
}

/**
 * A fee is asked for and paid without instants: status 6, and then another one. Both take the instant of recording; the
 * instant of receipt would stop the clock from the first minute on (ADR 0022).
 */
function addObligation(snapshot: Snapshot, context: SnapshotContext, findings: Findings): void {
  const { known, recordedAt, isNewest, pausesForObligation } = context;
  if (hasEnded(known) || !isNewest) return;
  if (snapshot.status === 6 && known.obligation !== 'open') {
    findings.propose({
      kind: 'financial-obligation-requested', occurredAt: recordedAt, timeBasis: 'inferred', body: { pausesClock: pausesForObligation },
    });
  } else if ((snapshot.status === 4 || snapshot.status === 5) && known.obligation === 'open') {
    findings.propose({ kind: 'financial-obligation-fulfilled', occurredAt: recordedAt, timeBasis: 'inferred', body: {} });
  }
}
