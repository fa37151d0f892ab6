import { petitionTopic } from '@index766/contracts-feedback';
import type { PetitionId } from '@index766/kernel';
import { foldPetition, type PetitionFact, type PetitionView } from '@index766/petition-life';

import type { LedgerSubject } from './ledger-subject';

/** What is known of a petition, with its id. */
export interface KnownPetition extends PetitionView {
  readonly petition: PetitionId;
}

/** Petitions, by their own ids: each counts by itself, whatever it is about. */
export const PETITIONS: LedgerSubject<KnownPetition> = {
  collection: 'petitions',
  topics: [petitionTopic],
  viewForm: 1,
  fold: (id, facts) => {
    const petition = id as PetitionId;
    // The facts were checked against their contracts, whose own spec holds them to the bodies that this library folds.
    return { petition, ...foldPetition(facts.map((fact) => ({ ...fact, petition }) as PetitionFact)) };
  },
  idOf: ({ petition }) => petition,
  unitsOf: ({ holders }) => new Set(holders.map(({ unit }) => unit)),
  toStored: (view) => view,
  toView: (stored) => stored as KnownPetition,
};
