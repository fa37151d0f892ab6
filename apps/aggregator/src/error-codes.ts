import { defineErrorCodes } from '@index766/platform-http';

export const AGGREGATOR_ERROR_CODES = defineErrorCodes({
  'UNIT.UNKNOWN': { status: 404, meaning: 'The catalog has no such unit on the last day of the period; GET /v1/scores lists the units below one.' },
  'INDICATOR.UNKNOWN': { status: 404, meaning: 'The definition in force in that period scores no indicator of that id; GET /v1/units/{unit}/scores/{period} lists them.' },
  'GROUP.UNKNOWN': { status: 404, meaning: 'The definition in force in that period has no group of that id: CKMB, TDGQ, DVCTT, TTTT, MDHL, MDSH.' },
  'PLAN.NONE': { status: 404, meaning: 'No plan of that unit and year ships with the system.' },
  'DEFINITION.NONE': { status: 404, meaning: 'No definition of the index is in force in that period.' },

  'EDITION.NONE': { status: 404, meaning: 'The period has no edition of that number, or none that counts.' },
  'EDITION.NO_PROVINCE': { status: 404, meaning: 'Editions are published of provinces that the catalog has on the last day of the period.' },
  'EDITION.NO_PERIOD': { status: 422, meaning: 'Editions are of weeks, months, quarters, half years, 6, 9 and 12 months; any run of days is computed when it is asked for.' },
  'EDITION.NO_DOCUMENT': { status: 404, meaning: 'The edition has no such document: no such unit, or it amends nothing and has no changes.' },
  'EDITION.NO_AUTHOR': { status: 403, meaning: 'The subject of the token cannot stand on public topics as the author of a decision.' },
  'EDITION.HELD_BACK': { status: 409, meaning: 'The period cannot be closed yet; GET /v1/editions/{province}/{period} says why: mend it, or waive it with a reason.' },
  'EDITION.PUBLISHED_ALREADY': { status: 409, meaning: 'The period has an edition that counts: later facts amend it, or it is taken back first.' },
  'EDITION.NOTHING_TO_WAIVE': { status: 422, meaning: 'Nothing of that kind and id holds back the period.' },
  'EDITION.BEING_RESTORED': { status: 503, meaning: 'The documents of the edition were lost here and are computed again from the facts; try later.' },

  'PORTAL_FIGURES.NONE': { status: 404, meaning: 'No figures of the portal were imported for that unit and period.' },
  'PORTAL_FIGURES.EMPTY': { status: 422, meaning: 'The import states neither a figure nor a group nor the total.' },
  'PORTAL_FIGURES.UNKNOWN_INDICATOR': { status: 422, meaning: 'The definition has no indicator of that id or metric code; `path` names the figure.' },
  'PORTAL_FIGURES.UNKNOWN_GROUP': { status: 422, meaning: 'The definition has no group of that id: CKMB, TDGQ, DVCTT, TTTT, MDHL, MDSH.' },
  'PORTAL_FIGURES.STATED_TWICE': { status: 422, meaning: 'An indicator or group stands in the import twice, maybe once by its id and once by its metric code.' },
  'PORTAL_FIGURES.COUNT_MALFORMED': { status: 422, meaning: 'A numerator or denominator is a whole number, not below 0.' },
  'PORTAL_FIGURES.COUNTS_INCOMPLETE': { status: 422, meaning: 'Numerator and denominator stand together or not at all.' },
  'PORTAL_FIGURES.NUMERATOR_ABOVE_DENOMINATOR': { status: 422, meaning: 'A numerator is a part of its denominator.' },
  'PORTAL_FIGURES.RATIO_ABOVE_ONE': { status: 422, meaning: 'A ratio is a share of 1, not of 100.' },
  'PORTAL_FIGURES.POINTS_ABOVE_MAXIMUM': { status: 422, meaning: 'Points are at most the maximum of the indicator, the group or the index; an indicator that is only shown has none.' },
  'PORTAL_FIGURES.NO_SOURCE': { status: 422, meaning: 'The source is a document or an address; state one.' },
  'PORTAL_FIGURES.READ_IN_FUTURE': { status: 422, meaning: 'Figures are not imported before they were read.' },
  'PORTAL_FIGURES.READ_BEFORE_PERIOD': { status: 422, meaning: 'Nothing is published of a period before it begins.' },
  'PORTAL_FIGURES.NO_IMPORTER': { status: 403, meaning: 'The subject of the token cannot stand on public topics as the importer.' },

  'OBJECTION.NOT_LISTED': { status: 404, meaning: 'The late-officer list of that unit and period has no late dossier of the officer; GET …/late-officers/{period} lists them.' },
  'OBJECTION.DOSSIER_NOT_LISTED': { status: 422, meaning: 'The list has no such late dossier of the officer; `path` names it.' },
  'OBJECTION.WAITING': { status: 409, meaning: 'An objection of the officer about this list waits for its decision.' },
  'OBJECTION.NOT_FOUND': { status: 404, meaning: 'There is no objection of that officer and number about the list of that unit and period.' },
  'OBJECTION.DECIDED': { status: 409, meaning: 'The objection was decided otherwise; with new evidence, object anew.' },
  'OBJECTION.NO_SUBJECT': { status: 403, meaning: 'The subject of the token cannot stand on public topics as who objected or decided.' },

  'INTEGRITY.NO_SUCH_CHANGE': { status: 404, meaning: 'No integrity rule flags a fact of that sequence of the dossier; GET /v1/units/{unit}/integrity/{period} lists them.' },
  'INTEGRITY.NO_REVIEWER': { status: 403, meaning: 'The subject of the token cannot stand on public topics as the reviewer.' },
});
