import { instantOf, latest, type Instant, type Period } from '@index766/kernel';
import type { SeededRandom } from '../random';

/** What an applicant said of the work on a dossier, by stars or by a thumb; nobody's name is known. */
export type RatingVerdict = 1 | 2 | 3 | 4 | 5 | 'like' | 'dislike';

export interface SampleRating {
  /** Code of the dossier, as the pushes have it. */
  readonly dossier: string;
  readonly at: Instant;
  readonly verdict: RatingVerdict;
}

const DISSATISFIED: readonly RatingVerdict[] = [1, 2, 2, 'dislike'];
const SATISFIED: readonly RatingVerdict[] = [3, 4, 4, 5, 5, 5, 'like', 'like'];
/** Per hundred dossiers that are rated and nobody is dissatisfied with. */
const CONTENT = 2;

/** The rating of a dossier, between its receipt and the period's end; null: none. */
export function drawRating(
  random: SeededRandom, { dossier, dissatisfied, receivedAt, period }: { dossier: string; dissatisfied: boolean; receivedAt: Instant; period: Period },
): SampleRating | null {
  if (!dissatisfied && !random.percent(CONTENT)) return null;
  const from = latest(receivedAt, period.start);
  const at = instantOf(from + Math.floor((period.end - 1000 - from) * (random.between(40, 95) / 100) / 1000) * 1000);
  return { dossier, at, verdict: random.pick(dissatisfied ? DISSATISFIED : SATISFIED) };
}
