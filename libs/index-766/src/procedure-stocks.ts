import { evaluationEnd } from '@index766/dossier-life';
import { localDayOf, type Instant, type LocalDay, type Period, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { codesOf } from './code-order';
import {
  codeSets, NO_MEASURES, PUBLICATION_SETS, STOCK_SETS, type CodeSets, type Measures, type PublicationSetName, type StockSetName,
} from './measures';
import { recordOf } from './record-of';
import type { UnitLevel } from './unit-tree';

/** Something that is to be done by a day, and the day on which it was done. */
export interface Duty {
  readonly dueOn?: LocalDay | undefined;
  readonly on?: LocalDay | undefined;
}

/** A procedure as a unit itself has it, from a day on: the catalog's record of exactly this unit. */
export interface ProcedureRecord {
  readonly code: ProcedureCode;
  readonly validFrom: LocalDay;
  /** The last day; null: still valid. */
  readonly validTo: LocalDay | null;
  readonly announcement?: Duty | undefined;
  readonly publication?: Duty | undefined;
  /** Those of the seven parts that are public. */
  readonly parts?: readonly string[] | undefined;
  /** Of what was announced (3.1). */
  readonly onlineLevel?: 'none' | 'partial' | 'full' | undefined;
  /** Whether the unit offers it as an online service (3.2); absent: as `onlineLevel` says. */
  readonly offeredOnline?: boolean | undefined;
  readonly eligibleForFull?: boolean | undefined;
  readonly fee?: boolean | undefined;
  readonly onlinePayment?: boolean | undefined;
  readonly citizen?: boolean | undefined;
  readonly certifiedCopies?: boolean | undefined;
}

/** What a unit has of procedures at T, by the catalog; each list has a validity of its own (index-766.md §4). */
export interface ProcedureStocks {
  /** Null: nothing is known. Only what a province or a ministry has here counts. */
  readonly publication: Readonly<Record<PublicationSetName, readonly string[]>> | null;
  readonly own: Readonly<Record<StockSetName, readonly string[]>>;
  /** Whether the unit offers certified electronic copies; null: not known. */
  readonly certifiedCopies: boolean | null;
}

const SEVEN_PARTS = 7;

/**
 * The stocks of one unit. A procedure counts if it is valid at T; a duty counts in the period that its day falls into,
 * once that day has come.
 *
 * @param records every version of every procedure of exactly this unit, in the order in which they became known. Of the
 * versions that began by T the one that began last counts, of equal ones the last known.
 */
export function procedureStocks(records: Iterable<ProcedureRecord>, period: Period, at: Instant): ProcedureStocks {
  const today = localDayOf((evaluationEnd(period, at) - 1) as Instant);
  const valid = validOn(today, records);
  const codes = (counts: (record: ProcedureRecord) => boolean): readonly string[] => codesOf(valid.filter(counts).map(({ code }) => code));
  const fallsDue = ({ dueOn }: Duty = {}): boolean => dueOn !== undefined && dueOn >= period.firstDay && dueOn <= today;
  const isDone = ({ on }: Duty = {}): boolean => on !== undefined && on <= today;
  const isPunctual = (duty: Duty = {}): boolean => fallsDue(duty) && isDone(duty) && (duty.on ?? 0) <= (duty.dueOn ?? 0);
  const saysCopies = valid.filter(({ certifiedCopies }) => certifiedCopies !== undefined);
  return {
    publication: valid.length === 0 ? null : {
      'due-to-be-announced': codes(({ announcement }) => fallsDue(announcement)),
      'announced-on-time': codes(({ announcement }) => isPunctual(announcement)),
      'due-to-be-public': codes(({ publication }) => fallsDue(publication)),
      'public-on-time': codes(({ publication }) => isPunctual(publication)),
      public: codes(({ publication }) => isDone(publication)),
      'public-in-full': codes(({ publication, parts }) => isDone(publication) && new Set(parts).size === SEVEN_PARTS),
      announced: codes(({ announcement }) => isDone(announcement)),
      'announced-online': codes((record) => isDone(record.announcement) && isOnline(record)),
    },
    own: {
      'online-offered': codes(isOffered),
      'fee-procedures': codes(({ fee }) => fee === true),
      'fee-payable-online': codes(({ fee, onlinePayment }) => fee === true && onlinePayment === true),
      'citizen-procedures': codes(({ citizen }) => citizen === true),
      'eligible-for-full': codes(({ eligibleForFull }) => eligibleForFull === true),
      'provided-in-full': codes((record) => record.onlineLevel === 'full' && isOffered(record)),
    },
    certifiedCopies: saysCopies.length === 0 ? null : saysCopies.some(({ certifiedCopies }) => certifiedCopies === true),
  };
}

/** Of a unit of which the catalog has no procedure. */
export const NO_STOCKS: ProcedureStocks = { publication: null, own: recordOf(STOCK_SETS, () => []), certifiedCopies: null };

/** What stocks add to the measures of their unit. */
export function stockMeasures(unit: UnitCode, level: UnitLevel, { publication, own, certifiedCopies }: ProcedureStocks): Measures {
  const copies: Partial<CodeSets> = level !== 'COMMUNE' || certifiedCopies === null ? {}
    : { 'communes-with-data': [unit], 'communes-offering-copies': certifiedCopies ? [unit] : [] };
  return { ...NO_MEASURES, sets: codeSets({ ...own, ...publication, ...copies }) };
}

/** Sets without what only a province has. */
export function withoutPublication(sets: CodeSets): CodeSets {
  return hasPublication(sets) ? withPublication(sets, NOTHING_PUBLISHED) : sets;
}

/** What a province shows of procedures, and the units below it with it; a set that is not known is undefined. */
export type PublishedSets = Readonly<Record<PublicationSetName, readonly string[] | undefined>>;

/** Of whoever published nothing. */
export const NOTHING_PUBLISHED: PublishedSets = recordOf(PUBLICATION_SETS, () => undefined);

/** Those of some sets that a province shows. */
export function publicationOf(sets: CodeSets): PublishedSets {
  return hasPublication(sets) ? recordOf(PUBLICATION_SETS, (name) => sets[name]) : NOTHING_PUBLISHED;
}

/** Sets of a unit with those that its province publishes. */
export function withPublication(sets: CodeSets, published: PublishedSets): CodeSets {
  return { ...sets, ...published };
}

function hasPublication(sets: CodeSets): boolean {
  return PUBLICATION_SETS.some((name) => sets[name] !== undefined);
}

function isOnline({ onlineLevel }: ProcedureRecord): boolean {
  return onlineLevel === 'partial' || onlineLevel === 'full';
}

function isOffered(record: ProcedureRecord): boolean {
  return record.offeredOnline ?? isOnline(record);
}

function validOn(day: LocalDay, records: Iterable<ProcedureRecord>): readonly ProcedureRecord[] {
  const inForce = new Map<ProcedureCode, ProcedureRecord>();
  for (const record of records) {
    const known = inForce.get(record.code);
    if (record.validFrom <= day && (known === undefined || known.validFrom <= record.validFrom)) inForce.set(record.code, record);
  }
  return [...inForce.values()].filter(({ validTo }) => validTo === null || day <= validTo);
}
