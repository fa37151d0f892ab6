import { defineErrorCodes } from '@index766/platform-http';

export const CATALOG_ERROR_CODES = defineErrorCodes({
  'VALIDITY.NO_SUCH_DAY': { status: 422, meaning: 'The day does not exist.' },
  'VALIDITY.ENDS_BEFORE_IT_BEGINS': { status: 422, meaning: 'A validity does not end before it begins.' },

  'UNIT.NOT_FOUND': { status: 404, meaning: 'No unit is recorded under this code.' },
  'UNIT.RESERVED_CODE': { status: 422, meaning: 'Codes that end with UNKNOWN are kept for dossiers of unknown units.' },
  'UNIT.LEVEL_CHANGED': { status: 422, meaning: 'A unit keeps its level; record a unit with another code.' },
  'UNIT.PARENT_MISSING': { status: 422, meaning: 'A unit of this level stands below another one.' },
  'UNIT.UNKNOWN_PARENT': { status: 422, meaning: 'The parent is not recorded; record it first.' },
  'UNIT.PARENT_NOT_IN_FORCE': { status: 422, meaning: 'The parent does not exist on the day on which the version begins.' },
  'UNIT.PARENT_OF_WRONG_LEVEL': { status: 422, meaning: 'A unit of this level does not stand below one of that level.' },
  'UNIT.SUCCESSOR_WITHOUT_END': { status: 422, meaning: 'Only a unit that ends has a successor; state validTo.' },
  'UNIT.UNKNOWN_SUCCESSOR': { status: 422, meaning: 'The successor is not recorded; record it first.' },
  'UNIT.SUCCESSOR_OF_WRONG_LEVEL': { status: 422, meaning: 'A successor has the level of the unit that it follows.' },
  'UNIT.SUCCESSOR_CYCLE': { status: 422, meaning: 'A unit does not succeed itself, not by way of others either.' },

  'PROCEDURE.NOT_FOUND': { status: 404, meaning: 'No procedure is recorded under this code, for every unit or for the unit given.' },
  'PROCEDURE.UNKNOWN_UNIT': { status: 422, meaning: 'The unit is not recorded; record it first.' },
  'PROCEDURE.TERM_OUT_OF_RANGE': { status: 422, meaning: 'A term is a whole number of hours, days or months within ten years.' },

  'FIGURE.NOT_FOUND': { status: 404, meaning: 'No figure of this unit, measure and period is recorded.' },
  'FIGURE.UNKNOWN_UNIT': { status: 422, meaning: 'The unit is not recorded; record it first.' },
  'FIGURE.PERIOD_OF_INDEX': { status: 422, meaning: 'PAR INDEX and SIPAS are indices of a year.' },
  'FIGURE.VALUE_MALFORMED': { status: 422, meaning: 'A count is a whole number, an index a decimal text; neither is below 0.' },
  'FIGURE.NO_REPORTER': { status: 403, meaning: 'The subject of the token cannot stand on public topics as the reporter.' },

  'CALENDAR.NOT_FOUND': { status: 404, meaning: 'There is no such calendar, or no such version of it.' },
  'CALENDAR.REFUSED': { status: 422, meaning: 'The calendar cannot be computed with; `errors` names every fault.' },

  'OFFICER.NOT_FOUND': { status: 404, meaning: 'No push has named an officer under this pseudonym.' },
  'OFFICER.NAME_MISSING': { status: 422, meaning: 'The name was erased; state one to record anything of the officer.' },
  'OFFICER.ABSENCES_OVERLAP': { status: 422, meaning: 'Absences have days that exist, end after they begin, and do not overlap.' },
  'OFFICER.MERGED_INTO_ITSELF': { status: 422, meaning: 'An officer is merged into another one.' },
  'OFFICER.UNKNOWN_MERGE_TARGET': { status: 422, meaning: 'No push has named the officer that this one is to be merged into.' },
  'OFFICER.MERGE_CHAIN': { status: 422, meaning: 'Merge into the officer that stands for all of them: merges make no chain.' },

  'IMPORT.NOT_CSV': { status: 400, meaning: 'The file is no CSV text with the documented header.' },
  'IMPORT.NOT_ROWS': { status: 400, meaning: 'The body is no JSON object with a list of rows.' },
  'IMPORT.CELL_INVALID': { status: 422, meaning: 'A cell or field of an imported row is not as documented; named in `errors`.' },
  'IMPORT.ROW_REPEATED': { status: 422, meaning: 'Two rows say what begins on one day, or are about one figure; named in `errors`.' },
  'IMPORT.TOO_MANY_ROWS': { status: 413, meaning: 'There are more rows than one import takes; send them in parts.' },
  'IMPORT.ROWS_REFUSED': { status: 422, meaning: 'Nothing was imported; `errors` names every row that is wrong and why.' },
});
