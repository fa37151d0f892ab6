import type { RefusalCode } from '@index766/kernel';

import { CATALOG_ERROR_CODES } from '../error-codes';

const NOT_ON_RECORDING: readonly string[] = ['UNIT.NOT_FOUND', 'PROCEDURE.NOT_FOUND', 'FIGURE.NOT_FOUND'];

const codesOf = (context: string): readonly RefusalCode[] =>
  (Object.keys(CATALOG_ERROR_CODES) as RefusalCode[]).filter((code) => code.startsWith(`${context}.`) && !NOT_ON_RECORDING.includes(code));

/** Of every endpoint that writes. */
export const WRITE_REFUSALS: readonly RefusalCode[] = ['AUTH.UNIT_OUT_OF_SCOPE', 'AGGREGATE.CONTENDED', 'OUTBOX.FULL'];

/** Of every endpoint that records a version. */
export const RECORD_REFUSALS: readonly RefusalCode[] = [...WRITE_REFUSALS, ...codesOf('RECORDED_AT'), ...codesOf('VALIDITY')];

export const UNIT_REFUSALS = codesOf('UNIT');
export const PROCEDURE_REFUSALS = codesOf('PROCEDURE');
export const FIGURE_REFUSALS = codesOf('FIGURE');
export const OFFICER_REFUSALS = [...codesOf('OFFICER'), ...codesOf('VALIDITY')];
/** Faults of single rows stand in `errors`. */
export const IMPORT_REFUSALS = codesOf('IMPORT');
