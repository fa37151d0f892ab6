import { defineErrorCodes } from '@index766/platform-http';

/** Refusals of the feedback service. */
export const FEEDBACK_ERROR_CODES = defineErrorCodes({
  'FEEDBACK.IN_FUTURE': { status: 422, meaning: 'Nobody rates, asks or answers in the future; the instant is wrong.' },
  'FEEDBACK.TOO_MANY_FACTS': { status: 409, meaning: 'The dossier or the petition has as many facts as one may have.' },

  'RATING.NOT_ISSUED': { status: 409, meaning: 'No rating of this dossier was issued.' },
  'RATING.NOT_GIVEN': { status: 409, meaning: 'The rating was not given yet, so there is nothing to take back.' },
  'RATING.ALREADY_GIVEN': { status: 409, meaning: 'The dossier was rated already, and has one rating; a withdrawn one makes room for another.' },
  'RATING.WITHDRAWN': { status: 409, meaning: 'This rating was withdrawn.' },
  'RATING.TOKEN_UNKNOWN': { status: 404, meaning: 'The token was not issued here, or another one took its place; ask the office for a new one.' },
  'RATING.TOKEN_REPLACED': { status: 409, meaning: 'Another token was issued after this one, which counts no more.' },
  'RATING.CHANGE_TOO_LATE': { status: 409, meaning: 'The time in which the rating may be changed or taken back is over.' },
  'RATING.TOO_MANY_ISSUED': { status: 409, meaning: 'As many tokens were issued as may be.' },

  'PETITION.UNKNOWN': { status: 404, meaning: 'The petition had not been received at that instant.' },
  'PETITION.ALREADY_RECEIVED': { status: 409, meaning: 'A petition under this number was received already.' },
  'PETITION.ABOUT_ITSELF': { status: 422, meaning: 'A petition is about the answer to another one.' },
  'PETITION.UNIT_UNKNOWN': { status: 422, meaning: 'The catalog has no such unit today.' },
  'PETITION.NO_SUPPLEMENT_REQUESTED': { status: 409, meaning: 'No supplement was asked for that has not come.' },
  'PETITION.SUPPLEMENT_ALREADY_REQUESTED': { status: 409, meaning: 'A supplement was asked for and has not come yet.' },
  'PETITION.ALREADY_REFUSED': { status: 409, meaning: 'The petition was refused, and that stands.' },
  'PETITION.ALREADY_ANSWERED': { status: 409, meaning: 'The petition was answered, and that stands.' },
  'PETITION.ALREADY_PUBLISHED': { status: 409, meaning: 'The answer was published already.' },
  'PETITION.NOT_ANSWERED': { status: 409, meaning: 'The petition was not answered, so the answer cannot be rated or published.' },

  'SURVEY.UNKNOWN': { status: 404, meaning: 'No survey of this year is known; its questions come first.' },
  'SURVEY.NOT_COUNTED': { status: 404, meaning: 'Nothing was counted for this unit in this year.' },
  'SURVEY.QUESTION_UNKNOWN': { status: 422, meaning: 'The survey of this year has no such question.' },
  'SURVEY.QUESTION_IN_USE': { status: 409, meaning: 'A question that was asked stays in the survey of its year.' },
  'SURVEY.QUESTION_TWICE': { status: 422, meaning: 'A code stands for one question of a year.' },
});
