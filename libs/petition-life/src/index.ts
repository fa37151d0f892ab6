export type {
  PetitionAbout, PetitionClass, PetitionFact, PetitionFactBodies, PetitionFactHead, PetitionFactKind, PetitionFactOf,
} from './facts';
export type { AnswerRating, PetitionHolder, PetitionView, Repetition, SupplementWait } from './view';
