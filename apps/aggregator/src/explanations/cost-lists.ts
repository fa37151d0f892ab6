import { judgeAt } from '@index766/dossier-life';
import {
  caseCosts, caseRisks, codeCosts, codeRisks, findPetitionCost, findPetitionRisk, indicatorsOf, isDistinct, COUNTED_CASE_MEASURES,
  type CaseCost, type CaseView, type CodeSetsInTime, type CountedCaseMeasure, type DistinctMeasureName, type IndexDefinition,
  type MeasureName, type PetitionCost, type PetitionMeasureName,
} from '@index766/index-766';
import { compareText, type Instant, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { judgePetitionAt } from '@index766/petition-life';

import type { KnownPetition } from '../ledger';
import type { Perspective } from '../measures';

/** What is asked for: all that costs, the part of it that can still be put right, or what will cost if nothing happens. */
export const COST_CHOICES = ['costs', 'recoverable', 'risks'] as const;
export type CostChoice = (typeof COST_CHOICES)[number];

/** One reason why something is not in a numerator: a dossier, a petition, a procedure or a commune, by its code. */
export interface CostEntry {
  readonly item: string;
  /** Whose it is at T; null of codes, which are nobody's alone. */
  readonly unit: UnitCode | null;
  readonly flaw: CaseCost['flaw'] | PetitionCost['flaw'] | null;
  readonly recoverable: boolean;
  readonly procedure: ProcedureCode | null;
  /** What it is judged against at T. */
  readonly dueAt: Instant | null;
}

/** Tells entries of one list apart: a dossier that is late and dissatisfied is in it twice. */
export function entryKey({ item, flaw }: CostEntry): string {
  return flaw === null ? item : `${item} ${flaw}`;
}

export function compareEntries(a: CostEntry, b: CostEntry): number {
  return compareText(entryKey(a), entryKey(b));
}

/** The measure of an indicator; undefined: the definition has none of that id, or it is only shown. */
export function findMeasure(definition: IndexDefinition, indicator: string): MeasureName | undefined {
  return indicatorsOf(definition).find(({ id, kind }) => id === indicator && kind === 'scored')?.measure;
}

export function isCaseMeasure(measure: MeasureName): measure is CountedCaseMeasure {
  return (COUNTED_CASE_MEASURES as readonly string[]).includes(measure);
}

export function isCodeMeasure(measure: MeasureName): measure is DistinctMeasureName {
  return isDistinct(measure);
}

/** Entries of the cases that are one unit's at T, of all that it holds or held. */
export function caseEntries(
  measure: CountedCaseMeasure, choice: CostChoice, unit: UnitCode, views: Iterable<CaseView>, { period, evaluatedAt: at, reference }: Perspective,
): readonly CostEntry[] {
  const scope = { period, at, isWithin: (code: UnitCode) => code === unit, hasResultDocument: reference.hasResultDocument(unit, period, at) };
  const entries: CostEntry[] = [];
  for (const view of views) {
    const costs = choice === 'risks' ? caseRisks(measure, view, scope) : caseCosts(measure, view, scope);
    for (const { dossier, unit: of, flaw, recoverable } of costs) {
      if (choice === 'recoverable' && !recoverable) continue;
      const { dueAt } = judgeAt(view.dossier, period, at);
      entries.push({ item: dossier, unit: of, flaw, recoverable, procedure: view.dossier.procedure, dueAt });
    }
  }
  return entries;
}

/** As `caseEntries`, of petitions. */
export function petitionEntries(
  measure: PetitionMeasureName, choice: CostChoice, unit: UnitCode, views: Iterable<KnownPetition>,
  { period, evaluatedAt: at, reference }: Perspective,
): readonly CostEntry[] {
  const scope = { period, at, isWithin: (code: UnitCode) => code === unit };
  const calendarOf = (code: UnitCode) => reference.calendarOf(code, period.lastDay);
  return [...views].flatMap((view): readonly CostEntry[] => {
    const cost = choice === 'risks' ? findPetitionRisk(measure, view, scope, calendarOf) : findPetitionCost(measure, view, scope, calendarOf);
    if (cost === undefined || (choice === 'recoverable' && !cost.recoverable)) return [];
    const { dueAt } = judgePetitionAt(view, period, at, calendarOf);
    return [{ item: view.petition, ...cost, procedure: null, dueAt }];
  });
}

/** The procedures or communes that a distinct count leaves out. */
export function codeEntries(
  measure: DistinctMeasureName, choice: CostChoice, sets: CodeSetsInTime, { period, evaluatedAt: at }: Perspective,
): readonly CostEntry[] {
  return (choice === 'risks' ? codeRisks(measure, sets) : codeCosts(measure, sets, { period, at }))
    .filter(({ recoverable }) => choice === 'costs' || recoverable)
    .map(({ code, recoverable }) => ({ item: code, unit: null, flaw: null, recoverable, procedure: null, dueAt: null }));
}
