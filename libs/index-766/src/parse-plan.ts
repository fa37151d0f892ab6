import { parseUnitCode, type Result, type UnitCode } from '@index766/kernel';
import { PLAN_MEASURES, type Plan, type PlanTarget } from './plan';
import {
  countOf, FieldFault, fieldsOf, listOf, oneOf, readFields, requireUnique, slugOf, targetOf, textOf, wordingOf, type Fields,
} from './raw-fields';

/**
 * Checks a plan as it stands in its file. Refuses (`PLAN.INVALID`, with the path) unless it names a unit and a year, its
 * targets have ids of their own, and each has a measure that is known and a threshold in (0, 1].
 */
export function parsePlan(raw: unknown): Result<Plan> {
  return readFields(raw, planFrom, 'PLAN.INVALID');
}

function planFrom(raw: Fields): Plan {
  const targets = listOf(raw['targets'], 'targets').map((target, index) => targetFrom(fieldsOf(target, `targets[${index}]`), `targets[${index}]`));
  requireUnique(targets.map(({ id }) => id), 'targets');
  return {
    id: slugOf(raw['id'], 'id'), source: textOf(raw['source'], 'source'), unit: unitOf(raw['unit']), year: countOf(raw['year'], 'year'), targets,
  };
}

function targetFrom(raw: Fields, path: string): PlanTarget {
  return {
    id: textOf(raw['id'], `${path}.id`),
    name: wordingOf(raw['name'], `${path}.name`),
    measure: oneOf(PLAN_MEASURES, raw['measure'], `${path}.measure`),
    threshold: targetOf(raw['threshold'], `${path}.threshold`),
    comparison: oneOf(['at-least', 'above'] as const, raw['comparison'], `${path}.comparison`),
  };
}

function unitOf(raw: unknown): UnitCode {
  const unit = parseUnitCode(textOf(raw, 'unit'));
  if (unit === undefined) throw new FieldFault('unit', 'is the code of a unit');
  return unit;
}
