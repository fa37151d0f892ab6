import { decideFacts, notFollowedFacts, type DossierFact, type DueReference, type ProposedFact } from '@index766/dossier-life';
import { localDayOf, ok, refused, unitInCode, type DossierId, type Instant, type LocalDay, type ProcedureCode, type Result, type UnitCode } from '@index766/kernel';
import { checkRoom, higherRank, withinRoom, recordingInstant, withConflicts, withPassedOn, withSeen, type DossierState } from './dossier-state';
import { findInSnapshot } from './find-in-snapshot';
import { findInStep, latestOf, stepAuthority } from './find-in-step';
import { Findings, type Authority } from './findings';
import type { IntakeEntry } from './intake-entry';
import type { IntakeParts } from './intake-parts';
import { holderOf, whatIsKnown, type KnownDossier } from './known-dossier';
import { arePartsNew } from './pass-on-parts';
import { compareRank, type Snapshot, type SnapshotRank, type StepReport } from './snapshot';
import { stated } from './stated';

/** Who pushes, when that is taken down, and what due instants depend on. */
export interface PushContext {
  readonly source: string;
  /** Name of the topic of the facts. */
  readonly topic: string;
  readonly recordedAt: Instant;
  readonly backfill: boolean;
  /** Whether the source speaks for a unit. */
  readonly covers: (unit: UnitCode) => boolean;
  /** Terms and calendars as they hold for a dossier that was received on a day. */
  readonly dueReferenceOn: (day: LocalDay) => DueReference;
  /** Whether an open fee stops the clock: the procedure says so. */
  readonly pausesForObligation: (procedure: ProcedureCode, unit: UnitCode, day: LocalDay) => boolean;
}

/** A dossier with what elements of a push add to it. */
export interface PushedDossier {
  readonly state: DossierState;
  /** New ones, `state` has them too. */
  readonly facts: readonly DossierFact[];
  readonly intake: readonly IntakeEntry[];
}

/**
 * Decides one HoSo: the new facts, corrections and conflicts that it amounts to, all of them or a refusal. A snapshot that
 * was accepted before changes nothing: the same object comes back.
 */
export function decideSnapshot(
  dossier: PushedDossier, snapshot: Snapshot, parts: IntakeParts | undefined, context: PushContext,
): Result<PushedDossier> {
  const { state } = dossier;
  if (state.seen.includes(snapshot.hash)) return ok(dossier);
  const known = whatIsKnown(state.facts);
  const inScope = checkSnapshotScope(snapshot, known, context);
  if (!inScope.ok) return inScope;
  const isOwner = ownsOrWill(context.source, known);
  const recordedAt = recordingInstant(state, context.recordedAt);
  const findings = new Findings({
    source: context.source, authority: authorityOf(snapshot.rank, state.rank, isOwner), recordedAt,
    ...stated('latestAt', snapshot.rank.latestAt ?? undefined), ...stated('outrankedBy', state.rank?.latestAt ?? undefined),
  });
  const received = localDayOf(snapshot.receivedAt ?? known.events.received?.at ?? recordedAt);
  const procedure = snapshot.procedure ?? known.procedure;
  const unit = snapshot.unit ?? known.unit;
  const found = findInSnapshot(snapshot, {
    known, source: context.source, recordedAt,
    isNewest: isOwner && (state.rank === null || compareRank(snapshot.rank, state.rank) > 0),
    pausesForObligation: procedure !== undefined && unit !== undefined && context.pausesForObligation(procedure, unit, received),
  }, findings);
  if (!found.ok) return found;
  const facts = recordFindings(dossier, findings, received, context);
  if (!facts.ok) return facts;
  const passedOn = parts !== undefined && arePartsNew(parts, snapshot.rank, state.passedOn) ? parts : undefined;
  return ok({
    state: {
      ...state,
      facts: [...state.facts, ...facts.value],
      rank: isOwner ? higherRank(state.rank, snapshot.rank) : state.rank,
      seen: withSeen(state.seen, snapshot.hash),
      passedOn: passedOn === undefined ? state.passedOn : withPassedOn(state.passedOn, { hash: passedOn.hash, rank: snapshot.rank }),
      conflicts: withConflicts(state.conflicts, findings.conflicts),
    },
    facts: [...dossier.facts, ...facts.value],
    intake: passedOn === undefined
      ? dossier.intake
      : [...dossier.intake, intakeEntry(snapshot, passedOn, known, recordedAt, context.backfill)],
  });
}

/**
 * Decides one TienTrinh. It may come before its dossier, which then exists as "not yet received"; who may report it is told
 * by the dossier's code then.
 */
export function decideStep(dossier: PushedDossier, report: StepReport, context: PushContext): Result<PushedDossier> {
  const { state } = dossier;
  if (state.seen.includes(report.hash)) return ok(dossier);
  const known = whatIsKnown(state.facts);
  const inScope = checkHolder(state.dossier, known, context);
  if (!inScope.ok) return inScope;
  const step = known.steps.get(report.step);
  const recordedAt = recordingInstant(state, context.recordedAt);
  const authority = stepAuthority(report, step, ownsOrWill(context.source, known));
  const findings = new Findings({
    source: context.source, authority, recordedAt, latestAt: latestOf(report), ...stated('outrankedBy', step && latestOf(step)),
  });
  findInStep(report, step, findings);
  const facts = recordFindings(dossier, findings, localDayOf(known.events.received?.at ?? recordedAt), context);
  if (!facts.ok) return facts;
  return ok({
    ...dossier,
    state: {
      ...state,
      facts: [...state.facts, ...facts.value],
      seen: withSeen(state.seen, report.hash),
      conflicts: withConflicts(state.conflicts, findings.conflicts),
    },
    facts: [...dossier.facts, ...facts.value],
  });
}

function recordFindings(
  dossier: PushedDossier, { facts, notFollowed }: Findings, received: LocalDay, context: PushContext,
): Result<readonly DossierFact[]> {
  const { state } = dossier;
  const decided = recordFacts(state, facts, received, context);
  if (!decided.ok || notFollowed.length === 0) return decided;
  const { topic, backfill } = context;
  const heard = notFollowedFacts(state.facts, decided.value, notFollowed, {
    dossier: state.dossier, topic, recordedAt: recordingInstant(state, context.recordedAt), backfill,
  });
  return ok([...decided.value, ...withinRoom([...state.facts, ...decided.value], heard)]);
}

function recordFacts(
  state: DossierState, facts: readonly ProposedFact[], received: LocalDay, { topic, recordedAt, backfill, dueReferenceOn }: PushContext,
): Result<readonly DossierFact[]> {
  if (facts.length === 0) return ok([]);
  const decided = decideFacts(state.facts, facts, {
    dossier: state.dossier, topic, recordedAt, backfill, reportedBy: 'snapshot', ...dueReferenceOn(received),
  });
  return decided.ok ? checkRoom(state, decided.value) : decided;
}

/**
 * Whether the source may report steps of a dossier as it stands: also asked of a report that was accepted before and changes
 * no fact, for the officer whom it names.
 */
export function mayReportSteps({ dossier, facts }: DossierState, context: PushContext): boolean {
  return checkHolder(dossier, whatIsKnown(facts), context).ok;
}

/** A snapshot needs the unit that it states and the one that has the dossier: naming a unit of one's own opens no other's. */
function checkSnapshotScope({ dossier, unit }: Snapshot, known: KnownDossier, context: PushContext): Result<void> {
  if (unit !== undefined && !context.covers(unit)) return outOfScope('DonViXuLy');
  return unit !== undefined && holderOf(known) === undefined ? ok(undefined) : checkHolder(dossier, known, context);
}

/** The unit in the code stands for the holder until that is known; a code without one gives nobody a say. */
function checkHolder(dossier: DossierId, known: KnownDossier, { covers }: PushContext): Result<void> {
  const unit = holderOf(known) ?? unitInCode(dossier);
  if (unit === undefined) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the unit of this dossier is not known yet, and its code names none', 'MaHoSo');
  return covers(unit) ? ok(undefined) : outOfScope('MaHoSo');
}

function outOfScope(path: string): Result<never> {
  return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this dossier', path);
}

/** The first source to register or receive a dossier owns it; until then every source speaks for it. */
function ownsOrWill(source: string, { owner }: KnownDossier): boolean {
  return owner === undefined || owner === source;
}

function authorityOf(rank: SnapshotRank, highest: SnapshotRank | null, isOwner: boolean): Authority {
  if (!isOwner) return 'contradicts';
  return highest !== null && compareRank(rank, highest) < 0 ? 'adds' : 'corrects';
}

/**
 * Instants that a push does not state (national-sync.md): fees, payments and components take the receipt, else the
 * submission; results the end, else the return.
 */
function intakeEntry(
  { dossier, rank, receivedAt, submittedAt, closedAt, returnedAt }: Snapshot, parts: IntakeParts, { events }: KnownDossier,
  recordedAt: Instant, backfill: boolean,
): IntakeEntry {
  return {
    dossier, recordedAt, rank, parts, backfill,
    receivedAt: receivedAt ?? events.received?.at ?? submittedAt ?? events.registered?.at ?? recordedAt,
    resultAt: closedAt ?? events.finished?.at ?? returnedAt ?? events.returned?.at ?? recordedAt,
  };
}
