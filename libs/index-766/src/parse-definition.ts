import type { LocalDay, Result } from '@index766/kernel';
import { isDistinct, SUPPLIED_MEASURES } from './counted-measures';
import type { Combination, GroupDefinition, IndexDefinition, IndicatorDefinition, RatingDefinition } from './definition';
import { ONE } from './fraction';
import type { EmptyRule } from './points';
import {
  countOf, dayOf, FieldFault, fieldsOf, listOf, oneOf, readFields, requireUnique, shareOf, slugOf, targetOf, textOf, wordingOf, type Fields,
} from './raw-fields';
import { UNIT_LEVELS, type UnitLevel } from './unit-tree';

const COMBINATIONS: readonly Combination[] = ['sum', 'distinct'];
const EMPTY_RULES: readonly EmptyRule[] = ['null', 'zero', 'full'];

/**
 * Checks a definition as it stands in its file and turns decimals into fractions and days into local days. Refuses
 * (`DEFINITION.INVALID`, with the path) unless every group's maximum is the sum of its indicators' and the whole
 * maximum that of the groups', every measure is supplied, ids are unique, targets lie in (0, 1], and ratings run down to 0.
 */
export function parseDefinition(raw: unknown): Result<IndexDefinition> {
  return readFields(raw, definitionFrom, 'DEFINITION.INVALID');
}

function definitionFrom(raw: Fields): IndexDefinition {
  const id = slugOf(raw['id'], 'id');
  const max = countOf(raw['max'], 'max');
  const groups = listOf(raw['groups'], 'groups').map((group, index) => groupFrom(fieldsOf(group, `groups[${index}]`), `groups[${index}]`));
  requireSum(groups.map((group) => group.max), max, 'groups');
  const indicators = groups.flatMap((group) => group.indicators);
  requireUnique([...groups, ...indicators].map((part) => part.id), 'groups');
  const leadingIndicator = textOf(raw['leadingIndicator'], 'leadingIndicator');
  if (!indicators.some((indicator) => indicator.id === leadingIndicator && indicator.kind === 'scored')) {
    throw new FieldFault('leadingIndicator', 'is one of the scored indicators');
  }
  const volume = fieldsOf(raw['minimumVolume'], 'minimumVolume');
  return {
    id, max, groups, leadingIndicator,
    source: textOf(raw['source'], 'source'),
    ...validityFrom(raw),
    ratings: ratingsFrom(raw['ratings'], max),
    completenessThreshold: shareOf(raw['completenessThreshold'], 'completenessThreshold'),
    undeterminedLimit: shareOf(raw['undeterminedLimit'], 'undeterminedLimit'),
    minimumVolume: { week: countOf(volume['week'], 'minimumVolume.week'), longer: countOf(volume['longer'], 'minimumVolume.longer') },
  };
}

function groupFrom(raw: Fields, path: string): GroupDefinition {
  const max = countOf(raw['max'], `${path}.max`);
  const indicators = listOf(raw['indicators'], `${path}.indicators`).map((indicator, index) =>
    indicatorFrom(fieldsOf(indicator, `${path}.indicators[${index}]`), `${path}.indicators[${index}]`));
  requireSum(indicators.map((indicator) => (indicator.kind === 'scored' ? indicator.max : 0)), max, `${path}.indicators`);
  return { id: textOf(raw['id'], `${path}.id`), name: wordingOf(raw['name'], `${path}.name`), max, indicators };
}

function indicatorFrom(raw: Fields, path: string): IndicatorDefinition {
  const head = {
    id: textOf(raw['id'], `${path}.id`),
    metricCode: textOf(raw['metricCode'], `${path}.metricCode`),
    name: wordingOf(raw['name'], `${path}.name`),
    ...measureFrom(raw, path),
    levels: levelsOf(raw['levels'], `${path}.levels`),
  };
  const kind = oneOf(['scored', 'shown'] as const, raw['kind'], `${path}.kind`);
  if (kind === 'shown') {
    if (raw['max'] !== undefined) throw new FieldFault(`${path}.max`, 'an indicator that is only shown has no maximum');
    return { ...head, kind };
  }
  return {
    ...head, kind,
    max: countOf(raw['max'], `${path}.max`),
    target: raw['target'] === undefined ? ONE : targetOf(raw['target'], `${path}.target`),
    whenEmpty: oneOf(EMPTY_RULES, raw['whenEmpty'], `${path}.whenEmpty`),
  };
}

/** A measure that nobody supplies would be missing in every unit for ever: it is a fault of the definition. */
function measureFrom(raw: Fields, path: string): Pick<IndicatorDefinition, 'measure' | 'combination'> {
  const measure = oneOf(SUPPLIED_MEASURES, raw['measure'], `${path}.measure`);
  const combination = oneOf(COMBINATIONS, raw['combination'], `${path}.combination`);
  if (combination !== (isDistinct(measure) ? 'distinct' : 'sum')) {
    throw new FieldFault(`${path}.combination`, 'is that of the measure: distinct of codes, sum of all else');
  }
  return { measure, combination };
}

function ratingsFrom(raw: unknown, max: number): readonly RatingDefinition[] {
  const ratings = listOf(raw, 'ratings').map((item, index) => {
    const rating = fieldsOf(item, `ratings[${index}]`);
    const atLeast = rating['atLeast'] === 0 ? 0 : countOf(rating['atLeast'], `ratings[${index}].atLeast`);
    return { atLeast, word: wordingOf(rating['word'], `ratings[${index}].word`) };
  });
  const thresholds = ratings.map((rating) => rating.atLeast);
  const falling = thresholds.every((threshold, index) => index === 0 || threshold < (thresholds[index - 1] ?? 0));
  if (!falling || thresholds.at(-1) !== 0 || (thresholds[0] ?? 0) > max) {
    throw new FieldFault('ratings', 'run from the highest threshold down to 0');
  }
  return ratings;
}

function validityFrom(raw: Fields): { validFrom: LocalDay; validTo: LocalDay | null } {
  const validFrom = dayOf(raw['validFrom'], 'validFrom');
  const validTo = raw['validTo'] === null ? null : dayOf(raw['validTo'], 'validTo');
  if (validTo !== null && validTo < validFrom) throw new FieldFault('validTo', 'is not before validFrom');
  return { validFrom, validTo };
}

function levelsOf(raw: unknown, path: string): readonly UnitLevel[] {
  const levels = raw === 'all' ? UNIT_LEVELS : listOf(raw, path).map((level) => oneOf(UNIT_LEVELS, level, path));
  return levels.filter((level) => level !== 'BALANCE' && level !== 'UNKNOWN');
}

function requireSum(parts: readonly number[], whole: number, path: string): void {
  if (parts.reduce((sum, part) => sum + part, 0) !== whole) throw new FieldFault(path, 'maxima add up to the maximum above them');
}
