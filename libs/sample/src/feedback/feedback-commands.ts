import { formatInstant, instantOf, type Instant } from '@index766/kernel';
import type { PetitionEvent, SamplePetition } from './sample-petitions';
import type { SampleRating } from './sample-ratings';

/** A command as the feedback service takes it: POST below `/v1/`. */
export interface FeedbackCommand {
  readonly path: string;
  readonly headers: Readonly<Record<'Idempotency-Key' | 'X-Recorded-At', string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const COMMANDS = {
  refused: 'refuse', 'supplement-requested': 'request-supplement', 'supplement-completed': 'complete-supplement', answered: 'answer',
  published: 'publish', rated: 'rate-answer',
} as const satisfies Record<PetitionEvent['kind'], string>;
/** What happens is written down a little later. */
const WRITTEN_DOWN_MS = 60_000;

/** What tells a rating. Telling it again changes nothing. */
export function ratingCommands({ dossier, at, verdict }: SampleRating): readonly FeedbackCommand[] {
  return [command(`dossiers/${encodeURIComponent(dossier)}/record-rating`, at, { verdict })];
}

/** What tells the life of a petition, in the order in which it happened. Telling it again changes nothing. */
export function petitionCommands({ id, unit, class: petitionClass, receivedAt, about, events }: SamplePetition): readonly FeedbackCommand[] {
  const path = `petitions/${encodeURIComponent(id)}`;
  return [
    command(`${path}/receive`, receivedAt, { unit, class: petitionClass, ...(about === null ? {} : { about }) }),
    ...events.map((event) => command(`${path}/${COMMANDS[event.kind]}`, event.at, event.kind === 'rated' ? { satisfied: event.satisfied } : {})),
  ];
}

function command(path: string, at: Instant, body: object): FeedbackCommand {
  return {
    path,
    headers: { 'Idempotency-Key': `sample:${path.slice(path.lastIndexOf('/') + 1)}`, 'X-Recorded-At': formatInstant(instantOf(at + WRITTEN_DOWN_MS)) },
    body: { ...body, occurredAt: formatInstant(at) },
  };
}
