export {
  ONE, ZERO, add, compare, divide, fractionOf, multiply, parseDecimal, roundHalfUp, smaller, subtract, toDecimalNumber,
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
  COUNTS, FLOW_COUNTS, NO_MEASURES, OUTCOME_COUNTS, SUPPLIED_MEASURES, addMeasures, addPairs, sumMeasures, undeterminedOf,
  type CountName, type MeasureName, type Measures, type Pair,
} from './measures';
export {
  UNIT_LEVELS, chainOf, isListed, placeOf, treeOn, unitsWithin, unknownUnitOf, type UnitLevel, type UnitNode,
  type UnitTree, type UnitVersion,
} from './unit-tree';
export { rollUp } from './roll-up';
export {
  insufficiencies, scoreOf, type GroupScore, type IndicatorOutcome, type IndicatorScore, type InsufficientReason,
  type MissingReason, type PointsSum, type UnitScore,
} from './score';
export { ratingOf, type Rating } from './rating';
export {
  peersOf, rankUnits, type ApartReason, type Candidate, type Change, type RankedBy, type RankedUnit, type Ranking,
  type UnitApart,
} from './ranking';
export { progressMeasures } from './progress-measures';
