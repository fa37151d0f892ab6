import { commandAt, type SampleCommand } from '../sample-command';
import type { PetitionEvent, SamplePetition } from './sample-petitions';
import type { SampleRating } from './sample-ratings';

const COMMANDS = {
  refused: 'refuse', 'supplement-requested': 'request-supplement', 'supplement-completed': 'complete-supplement', answered: 'answer',
  published: 'publish', rated: 'rate-answer',
} as const satisfies Record<PetitionEvent['kind'], string>;

/** What tells a rating. Telling it again changes nothing. */
export function ratingCommands({ dossier, at, verdict }: SampleRating): readonly SampleCommand[] {
  return [commandAt(`dossiers/${encodeURIComponent(dossier)}/record-rating`, at, { verdict })];
}

/** What tells the life of a petition, in the order in which it happened. Telling it again changes nothing. */
export function petitionCommands({ id, unit, class: petitionClass, receivedAt, about, events }: SamplePetition): readonly SampleCommand[] {
  const path = `petitions/${encodeURIComponent(id)}`;
  return [
    commandAt(`${path}/receive`, receivedAt, { unit, class: petitionClass, ...(about === null ? {} : { about }) }),
    ...events.map((event) => commandAt(`${path}/${COMMANDS[event.kind]}`, event.at, event.kind === 'rated' ? { satisfied: event.satisfied } : {})),
  ];
}
