import { defineErrorCodes } from '@index766/platform-http';

/** Refusals of the digitization service. */
export const DIGITIZATION_ERROR_CODES = defineErrorCodes({
  'DOCUMENT.DOSSIER_UNKNOWN': { status: 404, meaning: 'Nothing of this dossier has come here yet; a dossier that was just made comes within seconds.' },
  'DOCUMENT.IN_FUTURE': { status: 422, meaning: 'Nothing happens to a paper in the future; the instant is wrong.' },
  'DOCUMENT.RESULT_UNKNOWN': { status: 409, meaning: 'No electronic result of this code was issued for the dossier; issue it first.' },
  'DOCUMENT.TOO_MANY_FACTS': { status: 409, meaning: 'The dossier has as many facts about its papers as one may have.' },
});
