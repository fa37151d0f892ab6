import { formatInstant } from '@index766/kernel';

import type { UnitFigures } from '../score-queries';

/** Which figures these are: of which period, evaluated when, by what was known when, by which definition. */
export function askedJson({ period, evaluatedAt, knownBy, definition }: Pick<UnitFigures, 'period' | 'evaluatedAt' | 'knownBy' | 'definition'>) {
  return {
    period: period.name,
    asOf: formatInstant(evaluatedAt),
    /** Null: all that was known when it was asked for. */
    knownAt: knownBy === null ? null : formatInstant(knownBy),
    running: evaluatedAt < period.end,
    definition: definition.id,
  };
}
