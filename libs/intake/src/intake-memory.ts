import { unitInCode, type DossierId, type Instant, type UnitCode } from '@index766/kernel';
import type { IntakeRank } from './intake-rank';

/** What every record of the intake topic says, whatever else is read of it. */
export interface IntakeRecordHead {
  readonly sequence: number;
  /** Equal records have equal fingerprints. */
  readonly fingerprint: string;
  readonly rank: IntakeRank;
  readonly recordedAt: Instant;
  readonly backfill: boolean;
}

/** Where a fact of the dossier's life puts it. */
export interface UnitStatement {
  /** Of the record on the topic of dossiers. */
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly unit: UnitCode;
}

/** What a reader of the topics of dossiers remembers of one dossier, beside what it makes of it. */
export interface IntakeMemory {
  readonly dossier: DossierId;
  /** Fingerprints of the records that the intake topic had, by sequence: a set, so that none waits for another one. */
  readonly intake: Readonly<Record<number, string>>;
  readonly units: readonly UnitStatement[];
}

/** What became of one thing that came; only what was applied changes anything. */
export interface Taken<Known> {
  readonly change: Known;
  readonly outcome: 'applied' | 'duplicate' | 'conflict';
}

/**
 * Marks a record as known. The records of a dossier are a set: one above a gap counts at once, one that is known is a
 * duplicate, another content under its sequence a conflict, of which nothing is taken.
 */
export function takeRecord<Change extends { readonly state: IntakeMemory }>(
  change: Change, { sequence, fingerprint }: Pick<IntakeRecordHead, 'sequence' | 'fingerprint'>,
): Taken<Change> {
  const known = change.state.intake[sequence];
  if (known !== undefined) return { change, outcome: known === fingerprint ? 'duplicate' : 'conflict' };
  const intake = { ...change.state.intake, [sequence]: fingerprint };
  return { change: { ...change, state: { ...change.state, intake } }, outcome: 'applied' };
}

/** Takes in where a fact of the dossier's life puts it: from then on the dossier is known. */
export function takeStatement<Change extends { readonly state: IntakeMemory }>(change: Change, statement: UnitStatement): Taken<Change> {
  const known = change.state.units.find(({ sequence }) => sequence === statement.sequence);
  if (known !== undefined) return { change, outcome: isSame(known, statement) ? 'duplicate' : 'conflict' };
  const units = [...change.state.units, statement].sort((a, b) => a.sequence - b.sequence);
  return { change: { ...change, state: { ...change.state, units } }, outcome: 'applied' };
}

function isSame(a: UnitStatement, b: UnitStatement): boolean {
  return a.unit === b.unit && a.occurredAt === b.occurredAt;
}

/** The unit that has the dossier, in the order of its life; the one in its code stands for it until one is known. */
export function holderOf({ dossier, units }: Pick<IntakeMemory, 'dossier' | 'units'>): UnitCode | undefined {
  const last = units.reduce<UnitStatement | undefined>((latest, each) => (latest === undefined || isLater(each, latest) ? each : latest), undefined);
  return last?.unit ?? unitInCode(dossier);
}

function isLater(a: UnitStatement, b: UnitStatement): boolean {
  return a.occurredAt === b.occurredAt ? a.sequence > b.sequence : a.occurredAt > b.occurredAt;
}

const HOLES_LISTED = 100;

/** Sequences that were skipped and may still come. */
export function holesOf({ intake }: Pick<IntakeMemory, 'intake'>): readonly number[] {
  const known = Object.keys(intake).map(Number);
  const holes: number[] = [];
  for (let sequence = 1; sequence < Math.max(0, ...known) && holes.length < HOLES_LISTED; sequence += 1) {
    if (intake[sequence] === undefined) holes.push(sequence);
  }
  return holes;
}
