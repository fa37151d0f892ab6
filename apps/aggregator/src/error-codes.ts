import { defineErrorCodes } from '@index766/platform-http';

export const AGGREGATOR_ERROR_CODES = defineErrorCodes({
  'UNIT.UNKNOWN': { status: 404, meaning: 'The catalog has no such unit on the last day of the period; GET /v1/scores lists the units below one.' },
  'DEFINITION.NONE': { status: 404, meaning: 'No definition of the index is in force in that period.' },
});
