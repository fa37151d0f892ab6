import type { Span } from '@index766/dossier-life';
import type { Instant, UnitCode } from '@index766/kernel';
import { judgePetitionAt, type CalendarOf, type PetitionJudgement, type PetitionView } from '@index766/petition-life';
import { NO_MEASURES, PETITION_MEASURES, type Measures, type Pair, type PetitionMeasureName } from './measures';
import { recordOf } from './record-of';

/** Why a petition that was received in the period is not in the numerator: the first that holds. */
export type PetitionFlaw = 'late' | 'rated-unsatisfied' | 'repeated' | 'other-class';

/** What keeps a petition of the denominator out of the numerator; null: it is in (index-766.md §4, 5.1 to 5.3). */
export const PETITION_FLAWS: Readonly<Record<PetitionMeasureName, (judgement: PetitionJudgement) => PetitionFlaw | null>> = {
  'petitions-about-rules': (judgement) => (judgement.class === 'rules' ? null : 'other-class'),
  'petitions-about-officers': (judgement) => (judgement.class === 'conduct' ? null : 'other-class'),
  'petitions-on-time': ({ onTime }) => (onTime ? null : 'late'),
  'petitions-satisfied': dissatisfactionOf,
};

/**
 * What a unit's petitions say of a period at T. A petition counts for the unit that has it at T, in the period that it
 * was received in.
 *
 * @param views every petition that the unit has or ever had, each once; others change nothing.
 */
export function petitionMeasures(
  views: Iterable<PetitionView>, unit: UnitCode, period: Span, at: Instant, calendarOf: CalendarOf,
): Measures {
  const judgements = [...views].map((view) => judgePetitionAt(view, period, at, calendarOf))
    .filter((judgement) => judgement.belongs && judgement.unit === unit);
  const pairs = recordOf(PETITION_MEASURES, (name): Pair => ({
    numerator: judgements.filter((judgement) => PETITION_FLAWS[name](judgement) === null).length,
    denominator: judgements.length,
  }));
  return { ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, ...pairs } };
}

/** Each petition once, however much is wrong with it. */
function dissatisfactionOf({ late, ratedUnsatisfied, repeated }: PetitionJudgement): PetitionFlaw | null {
  if (late) return 'late';
  if (ratedUnsatisfied) return 'rated-unsatisfied';
  return repeated ? 'repeated' : null;
}
