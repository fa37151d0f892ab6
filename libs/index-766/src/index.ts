export {
  ONE, ZERO, add, compare, divide, fractionOf, multiply, parseDecimal, roundHalfUp, roundUp, smaller, subtract, toDecimalNumber,
  toDecimalText, type Fraction,
} from './fraction';
export { points, type EmptyRule } from './points';
export {
  indicatorsOf, type Combination, type GroupDefinition, type IndexDefinition, type IndicatorDefinition,
  type RatingDefinition, type ScoredIndicator, type ShownIndicator, type Wording,
} from './definition';
export { parseDefinition } from './parse-definition';
export { DEFINITIONS, definitionFor, findDefinition, getDefinition } from './definitions';
export {
  COUNTS, FLOW_COUNTS, NO_MEASURES, NO_SETS, OUTCOME_COUNTS, SUM_MEASURES, addMeasures, codeSets, postalShareOf, sumMeasures, undeterminedOf,
  type CaseMeasureName, type CodeSets, type CountName, type Measures, type Pair, type PairsByProcedure, type PetitionMeasureName,
  type PublicationSetName, type SetName, type StockSetName, type SumMeasureName,
} from './measures';
export {
  DISTINCT_MEASURES, SUPPLIED_MEASURES, countMeasures, distinctCodes, isDistinct, pairOf, type CountedMeasures, type DistinctCodes,
  type DistinctMeasureName, type MeasureName,
} from './counted-measures';
export { caseWakeAt, dossierAlone, type CaseView } from './case-view';
export { caseStanding, type CaseStanding, type HasResultDocument } from './case-standing';
export { caseMeasures, type CaseContext } from './case-measures';
export { CaseColumns } from './case-columns';
export { UnitColumns } from './unit-columns';
export { firstSince } from './first-since';
export { petitionMeasures } from './petition-measures';
export {
  NO_STOCKS, procedureStocks, stockMeasures, type Duty, type ProcedureRecord, type ProcedureStocks,
} from './procedure-stocks';
export {
  REPORTED_COUNTS, REPORTED_INDICES, type ReportedCount, type ReportedFigures, type ReportedIndex, type ReportsOfUnits,
} from './reported-figures';
export {
  UNIT_LEVELS, chainOf, isListed, placeOf, treeOn, unitsWithin, unknownUnitOf, type UnitLevel, type UnitNode,
  type UnitTree, type UnitVersion,
} from './unit-tree';
export { RolledUp, rollUp } from './roll-up';
export {
  insufficiencies, scoreOf, sumOutcome, type GroupScore, type IndicatorOutcome, type IndicatorScore, type InsufficientReason,
  type MissingReason, type MissingSumReason, type PointsSum, type SumOutcome, type UnitScore,
} from './score';
export { ratingOf, type Rating } from './rating';
export {
  peersOf, rankUnits, type ApartReason, type Candidate, type Change, type RankedBy, type RankedUnit, type Ranking,
  type UnitApart,
} from './ranking';
export { explainScore, type CostKind, type PointsLost } from './explain-score';
export {
  CASE_INDICATORS, COUNTED_CASE_MEASURES, type CaseFlaw, type CaseIndicator, type CountedCaseMeasure,
} from './case-indicators';
export {
  caseCosts, caseRisks, codeCosts, codeRisks, findPetitionCost, findPetitionRisk, type CaseCost, type CaseScope, type CodeCost, type CodeSetsInTime,
  type CostScope,
  type PetitionCost,
} from './costs';
export type { PetitionFlaw } from './petition-measures';
export { PLAN_MEASURES, type Plan, type PlanMeasure, type PlanTarget } from './plan';
export { parsePlan } from './parse-plan';
export { PLANS, findPlan } from './plans';
export {
  planProgress, type PlanFigures, type PlanMissingReason, type PlanOutcome, type PlanVerdict, type TargetProgress,
} from './plan-progress';
