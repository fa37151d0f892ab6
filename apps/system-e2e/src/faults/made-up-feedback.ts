import { instantOf, type DossierId, type Instant, type UnitCode } from '@index766/kernel';
import type { RatingVerdict, SamplePetition, SampleRating } from '@index766/sample';
import { UNITS } from '../test/small-sample';

/** The units of the campaign's sample have published hardly anything about feedback: what people tell is made up here. */
export interface MadeUpFeedback {
  readonly ratings: readonly SampleRating[];
  readonly petitions: readonly SamplePetition[];
}

const RATED_ONE_IN = 8;
const VERDICTS: readonly RatingVerdict[] = [1, 2, 3, 4, 5, 'like', 'dislike'];
const PETITIONS = 60;
const FIRST = instantOf(Date.parse('2026-10-05T02:00:00Z'));
const HOUR = 3_600_000;
/** Lives of a petition: what happens to it so many hours after its receipt. */
const LIVES: readonly ((received: Instant) => SamplePetition['events'])[] = [
  () => [],
  (received) => [{ kind: 'refused', at: later(received, 5) }],
  (received) => [{ kind: 'answered', at: later(received, 50) }, { kind: 'published', at: later(received, 60) }, { kind: 'rated', at: later(received, 70), satisfied: true }],
  (received) => [{ kind: 'answered', at: later(received, 400) }, { kind: 'rated', at: later(received, 410), satisfied: false }],
  (received) => [
    { kind: 'supplement-requested', at: later(received, 24) }, { kind: 'supplement-completed', at: later(received, 90) }, { kind: 'answered', at: later(received, 120) },
  ],
];
const CLASSES = ['rules', 'conduct', 'other'] as const;

/** Ratings of one dossier in a few, and petitions of every kind of life: some about a dossier, some about an earlier petition. */
export function madeUpFeedback(dossiers: readonly string[]): MadeUpFeedback {
  const at = (index: number) => later(FIRST, index);
  return {
    ratings: dossiers.filter((_, index) => index % RATED_ONE_IN === 1).map((dossier, index) => ({
      dossier, at: at(index % 200), verdict: VERDICTS[index % VERDICTS.length] ?? 3,
    })),
    petitions: Array.from({ length: PETITIONS }, (_, index): SamplePetition => {
      const receivedAt = at(index * 3);
      return {
        id: idOf(index), unit: UNITS[index % UNITS.length] as UnitCode, class: CLASSES[index % CLASSES.length] ?? 'other', receivedAt,
        about: concernedBy(index, dossiers), events: LIVES[index % LIVES.length]?.(receivedAt) ?? [],
      };
    }),
  };
}

/** Every fourth one is about a dossier, every seventh about the answer of another, each about one of its own. */
function concernedBy(index: number, dossiers: readonly string[]): SamplePetition['about'] {
  if (index % 4 === 1) return { dossier: dossiers[index] as DossierId };
  return index % 7 === 6 ? { petition: idOf(index - 4) } : null;
}

function idOf(index: number): string {
  return `MAU-PA-LOI-${String(index + 1).padStart(3, '0')}`;
}

function later(instant: Instant, hours: number): Instant {
  return instantOf(instant + hours * HOUR);
}
