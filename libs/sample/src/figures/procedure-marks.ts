import type { ProcedureCode } from '@index766/kernel';
import type { Counts } from './counts-by-unit';

/** What can be true of a dossier and lets its procedure count: in 3.2, 3.5a, 3.5b, 4.5a. */
export const PROCEDURE_MARKS = ['online', 'paid', 'fee', 'populationData'] as const;
export type ProcedureMark = (typeof PROCEDURE_MARKS)[number];

/** Where the procedures with a mark are counted. */
export const SET_INDICATORS: Readonly<Record<ProcedureMark, string>> = { online: '3.2', paid: '3.5a', fee: '3.5b', populationData: '4.5a' };

/** Sets of procedures, each with the marks that are counted in it. The codes of what is in no other set begin alike. */
export const SETS = {
  online: { marks: ['online'], family: 2 }, fee: { marks: ['paid', 'fee'], family: 3 }, citizen: { marks: ['populationData'], family: 4 },
} as const satisfies Record<string, { marks: readonly ProcedureMark[]; family: number }>;
export type SetName = keyof typeof SETS;
export const SET_NAMES = ['online', 'fee', 'citizen'] as const satisfies readonly SetName[];
export const SET_OF: Readonly<Record<ProcedureMark, SetName>> = { online: 'online', paid: 'fee', fee: 'fee', populationData: 'citizen' };

/** How many procedures with a mark rows count; 0 where nothing is published. */
export function countedFor(mark: ProcedureMark, rows: Counts): number {
  return rows.get(SET_INDICATORS[mark])?.numerator ?? 0;
}

/** How many procedures a set has. */
export function sizeOf(name: SetName, rows: Counts): number {
  return Math.max(...SETS[name].marks.map((mark) => rows.get(SET_INDICATORS[mark])?.denominator ?? 0));
}

/**
 * Whether the procedures with a mark in a unit's own set are limited to those that it counts. Two things are counted of fee
 * procedures: where there is no row of those with a fee (3.5b), any of them may have one; a payment makes its procedure one of the set.
 */
export function isLimited(mark: ProcedureMark, rows: Counts): boolean {
  return mark !== 'fee' || rows.has(SET_INDICATORS.fee) || !isStated('fee', rows);
}

export function isStated(name: SetName, rows: Counts): boolean {
  return SETS[name].marks.some((mark) => rows.has(SET_INDICATORS[mark]));
}

/** Made-up codes of the sample begin with 9, which no real one does. */
export function procedureCode(family: number, index: number): ProcedureCode {
  return `9.${family}${String(index + 1).padStart(5, '0')}` as ProcedureCode;
}
