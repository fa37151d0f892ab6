import type { DocumentFact } from '@index766/document-life';
import { unitInCode, type DossierId, type Instant, type UnitCode } from '@index766/kernel';

/** How much the snapshot of a record knew: of two records the one that knew more counts, whichever came first. */
export interface IntakeRank {
  /** The latest instant that the snapshot states. */
  readonly latestAt: Instant;
  /** The portal's code; 0 where the source states none. */
  readonly status: number;
  /** Of the record: between snapshots that know equally much the later one corrects. */
  readonly sequence: number;
}

/** What snapshots say of one thing: a component, a source of population data, a result. */
export interface Word {
  /** From when on it is so; null: they say that it is not. */
  readonly at: Instant | null;
  readonly rank: IntakeRank;
  /** How many facts about the thing their words led to. Fewer than there are: a restore brought facts back, not the words. */
  readonly told: number;
}

/** Where a fact of the dossier's life puts it. */
export interface UnitStatement {
  /** Of the record on the topic of dossiers. */
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly unit: UnitCode;
}

/** All that this service keeps of one dossier. */
export interface DocumentsState {
  readonly dossier: DossierId;
  /** In the order of their sequence, from 1 without gaps. */
  readonly facts: readonly DocumentFact[];
  /** Fingerprints of the records that the intake topic had, by sequence: a set, so that none waits for another one. */
  readonly intake: Readonly<Record<number, string>>;
  readonly units: readonly UnitStatement[];
  /** By thing (`thingOf`). */
  readonly words: Readonly<Record<string, Word>>;
}

/** A state and what is new in it: the new facts leave with the write of the state. */
export interface DocumentsChange {
  readonly state: DocumentsState;
  readonly facts: readonly DocumentFact[];
}

export function emptyDocuments(dossier: DossierId): DocumentsState {
  return { dossier, facts: [], intake: {}, units: [], words: {} };
}

export function unchanged(state: DocumentsState): DocumentsChange {
  return { state, facts: [] };
}

/** Whether the dossier exists, as far as has come here: a push passed on parts of it, or a fact of its life or its papers is known. */
export function isKnown({ facts, intake, units }: DocumentsState): boolean {
  return facts.length > 0 || units.length > 0 || Object.keys(intake).length > 0;
}

/** The unit that has the dossier, in the order of its life; the one in its code stands for it until one is known. */
export function holderOf({ dossier, units }: DocumentsState): UnitCode | undefined {
  const last = units.reduce<UnitStatement | undefined>((latest, each) => (latest === undefined || isLater(each, latest) ? each : latest), undefined);
  return last?.unit ?? unitInCode(dossier);
}

function isLater(a: UnitStatement, b: UnitStatement): boolean {
  return a.occurredAt === b.occurredAt ? a.sequence > b.sequence : a.occurredAt > b.occurredAt;
}

/** Sequences that were skipped and may still come. */
export function holesOf({ intake }: DocumentsState): readonly number[] {
  const known = Object.keys(intake).map(Number);
  const holes: number[] = [];
  for (let sequence = 1; sequence < Math.max(0, ...known) && holes.length < HOLES_LISTED; sequence += 1) {
    if (intake[sequence] === undefined) holes.push(sequence);
  }
  return holes;
}

const HOLES_LISTED = 100;

/** Negative: `a` knew less than `b`. */
export function compareIntakeRank(a: IntakeRank, b: IntakeRank): number {
  return a.latestAt - b.latestAt || a.status - b.status || a.sequence - b.sequence;
}
