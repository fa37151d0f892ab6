import type { IndexDefinition, MeasureName } from '@index766/index-766';
import { indicatorsOf } from '@index766/index-766';

import type { PortalFigure } from './portal-figures';

type Part = 'numerator' | 'denominator';

/** What the definition demands of two figures of one unit and period (index-766.md §7). */
interface Relation {
  readonly of: MeasureName;
  readonly part: Part;
  readonly sign: '=' | '≤';
  readonly other: MeasureName;
}

/** Over the dossiers of 2.1. */
export const OVER_THE_DOSSIERS_OF_2_1: readonly MeasureName[] = [
  'on-time', 'electronic-results', 'dossiers-digitised', 'components-reused', 'personal-store-used', 'population-data-used',
  'dossiers-satisfied',
];

const RELATIONS: readonly Relation[] = [
  ...OVER_THE_DOSSIERS_OF_2_1.filter((measure) => measure !== 'on-time')
    .map((of): Relation => ({ of, part: 'denominator', sign: '=', other: 'on-time' })),
  { of: 'dossiers-paid-online', part: 'denominator', sign: '≤', other: 'on-time' },
  { of: 'received-online', part: 'denominator', sign: '≤', other: 'on-time' },
  { of: 'dossiers-satisfied', part: 'numerator', sign: '≤', other: 'on-time' },
  { of: 'dossiers-digitised', part: 'numerator', sign: '≤', other: 'electronic-results' },
  { of: 'petitions-satisfied', part: 'numerator', sign: '≤', other: 'petitions-on-time' },
  { of: 'petitions-satisfied', part: 'denominator', sign: '=', other: 'petitions-on-time' },
  { of: 'petitions-on-time', part: 'denominator', sign: '=', other: 'petitions-satisfied' },
  { of: 'procedures-paid-online', part: 'denominator', sign: '=', other: 'procedures-fee-synchronised' },
  { of: 'procedures-fee-synchronised', part: 'denominator', sign: '=', other: 'procedures-paid-online' },
];

export interface BrokenRelation {
  readonly part: Part;
  /** `4.1 d = 2.1 d` */
  readonly relation: string;
}

/** What one indicator's published figures do not keep beside the others of the same unit and period. */
export function brokenRelations(definition: IndexDefinition, published: ReadonlyMap<string, PortalFigure>, measure: MeasureName): readonly BrokenRelation[] {
  const idOf = (name: MeasureName) => indicatorsOf(definition).find((indicator) => indicator.measure === name)?.id ?? '';
  return RELATIONS.filter(({ of }) => of === measure).flatMap(({ of, part, sign, other }): readonly BrokenRelation[] => {
    const [a, b] = [published.get(idOf(of))?.[part], published.get(idOf(other))?.[part]];
    const holds = a === undefined || b === undefined || (sign === '=' ? a === b : a <= b);
    return holds ? [] : [{ part, relation: `${idOf(of)} ${part.charAt(0)} ${sign} ${idOf(other)} ${part.charAt(0)}` }];
  });
}
