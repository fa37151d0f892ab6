import {
  latenessObjectedV1, objectionDecidedV1, type LatenessObjected, type ObjectionDecided,
} from '@index766/contracts-aggregator';
import { isCode, ok, parsePeriod, refused, type DossierId, type Instant, type OfficerPseudonym, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Decision, DecisionHistory } from '../decisions';

/** An objection with what was decided on it. */
export interface Objection {
  /** Names it among the objections of its officer: the sequence of its fact. */
  readonly number: number;
  readonly said: LatenessObjected;
  readonly recordedAt: Instant;
  readonly decision: { readonly said: ObjectionDecided; readonly recordedAt: Instant } | null;
}

/** What somebody objects, for the list of which unit and period. */
export interface StatedObjection {
  readonly officer: OfficerPseudonym;
  readonly unit: UnitCode;
  readonly period: Period;
  /** Absent: all that the list has of the officer. */
  readonly dossiers?: readonly DossierId[] | undefined;
  readonly reason: LatenessObjected['reason'];
  readonly evidence: readonly string[];
}

/** The objection that is decided, and how. */
export interface StatedDecision {
  readonly officer: OfficerPseudonym;
  readonly unit: UnitCode;
  readonly period: Period;
  readonly number: number;
  readonly outcome: ObjectionDecided['outcome'];
  readonly reason: ObjectionDecided['reason'];
}

/** The objections of one officer, in their order, as they were known at K; null: as they are known now. */
export function objectionsKnown(history: DecisionHistory, knownBy: Instant | null): readonly Objection[] {
  const objections: Objection[] = [];
  for (const each of history) {
    if (knownBy !== null && each.recordedAt > knownBy) continue;
    if (each.type === latenessObjectedV1.type) {
      objections.push({ number: each.sequence, said: each.data, recordedAt: each.recordedAt, decision: null });
    } else if (each.type === objectionDecidedV1.type) {
      const at = objections.findIndex(({ number }) => number === each.data.objection);
      const found = objections[at];
      if (found !== undefined) objections[at] = { ...found, decision: { said: each.data, recordedAt: each.recordedAt } };
    }
  }
  return objections;
}

/**
 * Whether it was decided that the lateness of a dossier up to `bound` is not the officer's: a lift covers what was late up
 * to the end of the period that was objected to; what is late after that is late anew.
 */
export function isLiftedBy(objections: readonly Objection[], dossier: DossierId, bound: Instant): boolean {
  return objections.some(({ said, decision }) =>
    decision?.said.outcome === 'lifted' && said.dossiers.includes(dossier) && bound <= endOf(said.period));
}

/**
 * Whether an objection may be recorded. One that waits for its decision stands in the way of another one about the same
 * list.
 *
 * @param listed the late dossiers that the list of the unit and period has of the officer now
 */
export function decideObjection(
  history: DecisionHistory, stated: StatedObjection, listed: readonly DossierId[], objectedBy: string,
): Result<readonly Decision[]> {
  if (!isCode(objectedBy)) return noSubject();
  if (listed.length === 0) {
    return refused('OBJECTION.NOT_LISTED', 'the list of this unit and period has no late dossier of the officer', 'officer');
  }
  const dossiers = [...new Set(stated.dossiers ?? listed)];
  const foreign = dossiers.findIndex((dossier) => !listed.includes(dossier));
  if (foreign !== -1) {
    return refused('OBJECTION.DOSSIER_NOT_LISTED', 'the list has no such late dossier of the officer', `dossiers.${foreign}`);
  }
  const { officer, unit, period, reason, evidence } = stated;
  const waiting = objectionsKnown(history, null)
    .find(({ said, decision }) => decision === null && said.unit === unit && said.period === period.name);
  if (waiting !== undefined) {
    return refused('OBJECTION.WAITING', `objection ${waiting.number} about this list waits for its decision`, 'officer');
  }
  const data: LatenessObjected = { officer, unit, period: period.name, dossiers, reason, evidence: [...evidence], objectedBy };
  return ok([{ type: latenessObjectedV1.type, data }]);
}

/** Whether an objection may be decided so: once, and the same again says nothing new. */
export function decideOnObjection(history: DecisionHistory, stated: StatedDecision, decidedBy: string): Result<readonly Decision[]> {
  if (!isCode(decidedBy)) return noSubject();
  const { officer, unit, period, number, outcome, reason } = stated;
  const objection = objectionsKnown(history, null)
    .find((each) => each.number === number && each.said.unit === unit && each.said.period === period.name);
  if (objection === undefined) {
    return refused('OBJECTION.NOT_FOUND', 'there is no objection of that number about the list of this unit and period', 'number');
  }
  const before = objection.decision?.said;
  if (before !== undefined) {
    return before.outcome === outcome && before.reason === reason
      ? ok([])
      : refused('OBJECTION.DECIDED', `the objection was decided: ${before.outcome}; object anew with new evidence`, 'number');
  }
  const data: ObjectionDecided = { officer, unit, period: period.name, objection: number, outcome, reason, decidedBy };
  return ok([{ type: objectionDecidedV1.type, data }]);
}

function endOf(periodName: string): Instant {
  const period = parsePeriod(periodName);
  // The contract checked it.
  if (!period.ok) throw new RangeError(`${periodName} is no period`);
  return period.value.end;
}

function noSubject(): Result<never> {
  return refused('OBJECTION.NO_SUBJECT', 'the subject of the token is no code of letters, digits and . _ / -, so it cannot stand on a public topic');
}
