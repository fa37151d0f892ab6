import type { Refusal } from '@index766/kernel';

/** Others wrote the dossier each time between its load and its save. */
export const CONTENDED: Refusal = { code: 'AGGREGATE.CONTENDED', detail: 'many writers change this dossier at once: send it again' };

/** The broker is away, and more records of the dossier wait than its document may hold. */
export const FULL: Refusal = { code: 'OUTBOX.FULL', detail: 'too many records of this dossier wait for the broker: send it again later' };

/** Loads, decisions and saves of a dossier before its caller is told to come again. */
export const ROUNDS = 8;
