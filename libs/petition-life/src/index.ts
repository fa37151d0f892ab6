export type {
  PetitionAbout, PetitionClass, PetitionFact, PetitionFactBodies, PetitionFactHead, PetitionFactKind, PetitionFactOf,
} from './facts';
export type { AnswerRating, PetitionHolder, PetitionView, Repetition, SupplementWait } from './view';
export { UNKNOWN_PETITION, foldPetition } from './fold';
export {
  PETITION_TERMS, clockOf, petitionDues, petitionStage, unitAt, type CalendarOf, type PetitionDues, type PetitionStage,
} from './terms';
export { judgePetitionAt, petitionWakeAt, type PetitionJudgement, type Span } from './judge';
