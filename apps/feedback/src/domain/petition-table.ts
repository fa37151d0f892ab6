import { foldPetition, petitionStage, type PetitionFact, type PetitionStage } from '@index766/petition-life';
import { instantOf, type Instant } from '@index766/kernel';

/** Where a petition stands; `unknown`: it was not received. */
export type PetitionStatus = 'unknown' | PetitionStage;

export type PetitionCommandName =
  | 'receive' | 'classify' | 'transfer' | 'refuse' | 'request-supplement' | 'complete-supplement' | 'answer' | 'publish' | 'rate-answer'
  | 'change-about';

export type PetitionObstacle =
  | 'PETITION.UNKNOWN' | 'PETITION.ALREADY_RECEIVED' | 'PETITION.NO_SUPPLEMENT_REQUESTED' | 'PETITION.SUPPLEMENT_ALREADY_REQUESTED'
  | 'PETITION.ALREADY_REFUSED' | 'PETITION.ALREADY_ANSWERED' | 'PETITION.ALREADY_PUBLISHED' | 'PETITION.NOT_ANSWERED';

const UNKNOWN = 'PETITION.UNKNOWN';
const REFUSED = 'PETITION.ALREADY_REFUSED';
const ANSWERED = 'PETITION.ALREADY_ANSWERED';
const NOT_ANSWERED = 'PETITION.NOT_ANSWERED';
const RECEIVED = 'PETITION.ALREADY_RECEIVED';

/** Which facts are allowed in which status (lifecycle.md §1, §7). A new status does not compile until it is decided. */
export const PETITION_TABLE: Readonly<Record<PetitionStatus, Readonly<Record<PetitionCommandName, 'allowed' | PetitionObstacle>>>> = {
  unknown: {
    receive: 'allowed', classify: UNKNOWN, transfer: UNKNOWN, refuse: UNKNOWN, 'request-supplement': UNKNOWN, 'complete-supplement': UNKNOWN,
    answer: UNKNOWN, publish: UNKNOWN, 'rate-answer': UNKNOWN, 'change-about': UNKNOWN,
  },
  open: {
    receive: RECEIVED, classify: 'allowed', transfer: 'allowed', refuse: 'allowed', 'request-supplement': 'allowed',
    'complete-supplement': 'PETITION.NO_SUPPLEMENT_REQUESTED', answer: 'allowed', publish: NOT_ANSWERED, 'rate-answer': NOT_ANSWERED,
    'change-about': 'allowed',
  },
  // Who was asked and says nothing may be refused, or answered all the same.
  waiting: {
    receive: RECEIVED, classify: 'allowed', transfer: 'allowed', refuse: 'allowed', 'request-supplement': 'PETITION.SUPPLEMENT_ALREADY_REQUESTED',
    'complete-supplement': 'allowed', answer: 'allowed', publish: NOT_ANSWERED, 'rate-answer': NOT_ANSWERED, 'change-about': 'allowed',
  },
  refused: {
    receive: RECEIVED, classify: 'allowed', transfer: REFUSED, refuse: REFUSED, 'request-supplement': REFUSED, 'complete-supplement': REFUSED,
    answer: REFUSED, publish: REFUSED, 'rate-answer': NOT_ANSWERED, 'change-about': 'allowed',
  },
  answered: {
    receive: RECEIVED, classify: 'allowed', transfer: ANSWERED, refuse: ANSWERED, 'request-supplement': ANSWERED, 'complete-supplement': ANSWERED,
    answer: ANSWERED, publish: 'allowed', 'rate-answer': 'allowed', 'change-about': 'allowed',
  },
  published: {
    receive: RECEIVED, classify: 'allowed', transfer: ANSWERED, refuse: ANSWERED, 'request-supplement': ANSWERED, 'complete-supplement': ANSWERED,
    answer: ANSWERED, publish: 'PETITION.ALREADY_PUBLISHED', 'rate-answer': 'allowed', 'change-about': 'allowed',
  },
};

export const OBSTACLES: Readonly<Record<PetitionObstacle, string>> = {
  'PETITION.UNKNOWN': 'the petition had not been received at that instant',
  'PETITION.ALREADY_RECEIVED': 'the petition was received already',
  'PETITION.NO_SUPPLEMENT_REQUESTED': 'no supplement was asked for that has not come',
  'PETITION.SUPPLEMENT_ALREADY_REQUESTED': 'a supplement was asked for and has not come yet',
  'PETITION.ALREADY_REFUSED': 'the petition had been refused',
  'PETITION.ALREADY_ANSWERED': 'the petition had been answered',
  'PETITION.ALREADY_PUBLISHED': 'the answer was published already',
  'PETITION.NOT_ANSWERED': 'the petition had not been answered',
};

/** The status at the end of an instant, by what happened up to then. */
export function statusAt(facts: readonly PetitionFact[], at: Instant): PetitionStatus {
  const view = foldPetition(facts.filter(({ occurredAt }) => occurredAt <= at));
  return view.receivedAt === null ? 'unknown' : petitionStage(view, instantOf(at + 1));
}
