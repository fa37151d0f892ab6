import { defineErrorCodes } from '@index766/platform-http';

export const AGGREGATOR_ERROR_CODES = defineErrorCodes({
  'UNIT.UNKNOWN': { status: 404, meaning: 'The catalog has no such unit on the last day of the period; GET /v1/scores lists the units below one.' },
  'INDICATOR.UNKNOWN': { status: 404, meaning: 'The definition in force in that period scores no indicator of that id; GET /v1/units/{unit}/scores/{period} lists them.' },
  'GROUP.UNKNOWN': { status: 404, meaning: 'The definition in force in that period has no group of that id: CKMB, TDGQ, DVCTT, TTTT, MDHL, MDSH.' },
  'PLAN.NONE': { status: 404, meaning: 'No plan of that unit and year ships with the system.' },
  'DEFINITION.NONE': { status: 404, meaning: 'No definition of the index is in force in that period.' },
});
