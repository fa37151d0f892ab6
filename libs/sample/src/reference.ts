import { addDays, civilDateOf, formatLocalDay, localDayFrom, type LocalDay, type Period, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR, type CalendarDefinition, type Term } from '@index766/working-time';
import { officersOf, type SampleOfficer } from './dossier/officers';
import { procedureOf, SAMPLE_PROCEDURES } from './dossier/procedures';
import type { AnnouncedProcedure, Announcing } from './figures/announced-procedures';
import type { StockedProcedure } from './figures/procedure-stocks';
import type { SampleUnit } from './figures/sample-units';

/** A unit as the catalog takes it (PUT /v1/units/{code}). Days are written `2026-10-31`. */
export interface ReferenceUnit {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parent: string | null;
  readonly validFrom: string;
}

/** Something that is to be done by a day, and the day on which it was done. */
export interface ReferenceDuty {
  readonly dueOn?: string;
  readonly on?: string;
}

/** The seven parts that a procedure consists of. */
export const PROCEDURE_PARTS = ['name', 'steps', 'manner', 'dossier', 'time-limit', 'applicants', 'agency'] as const;

/** A procedure as the catalog takes it, for every unit or as one has it; a term of null: it has none. */
export interface ReferenceProcedure {
  readonly code: string;
  readonly unit: string | null;
  readonly name: string;
  readonly validFrom: string;
  readonly term: Term | null;
  readonly pauseOnFinancialObligation: boolean;
  readonly announcement?: ReferenceDuty;
  readonly publication?: ReferenceDuty;
  readonly parts?: readonly (typeof PROCEDURE_PARTS)[number][];
  readonly onlineLevel?: 'none' | 'partial' | 'full';
  readonly offeredOnline?: boolean;
  readonly eligibleForFull?: boolean;
  readonly fee?: boolean;
  readonly onlinePayment?: boolean;
  readonly citizen?: boolean;
  readonly certifiedCopies?: boolean;
}

/** A figure that no event gives, as the catalog takes it. */
export interface ReferenceFigure {
  readonly unit: string;
  readonly measure: 'national-synchronised' | 'national-report';
  readonly period: string;
  readonly value: number;
  /** The document that states it. */
  readonly source: { readonly document: string; readonly day: string };
}

/** What the catalog has to know before the pushes come. */
export interface ReferenceRecords {
  /** Parents first. */
  readonly units: readonly ReferenceUnit[];
  readonly procedures: readonly ReferenceProcedure[];
  readonly calendar: CalendarDefinition;
  readonly figures: readonly ReferenceFigure[];
  /** Who the made-up officers are: the pushes say it too, so the catalog learns them from there. */
  readonly officers: readonly SampleOfficer[];
}

/** Reference records, valid from the beginning of the year before the period: dossiers in hand are older than it. */
export function referenceOf(units: readonly SampleUnit[], period: Period): ReferenceRecords {
  const { year } = civilDateOf(addDays(period.firstDay, -1));
  const validFrom = localDayFrom({ year: year - 1, month: 1, day: 1 });
  return {
    units: units.map(({ code, name, level, parent }) => ({ code, name, level, parent, validFrom: formatLocalDay(validFrom) })),
    procedures: [
      ...everywhere(units).map((code) => procedureFrom(code, null, validFrom)),
      ...units.flatMap((unit) => [
        ...unit.procedures.stock.map((stocked) => ({ ...procedureFrom(stocked.procedure, unit.code, validFrom), ...stockFlags(stocked) })),
        ...unit.announced.map((announced) => announcedBy(unit.code, announced, validFrom, period)),
        ...certifyingBy(unit, validFrom),
      ]),
    ],
    calendar: VIETNAM_CALENDAR,
    figures: units.flatMap((unit) => reportedBy(unit, period)),
    officers: units.filter(({ dossiers }) => dossiers > 0).flatMap(({ code, level, dossiers }) => {
      const officers = officersOf(code, level, dossiers);
      return officers === null ? [] : [...officers.reception, ...officers.specialists, ...officers.leaders];
    }),
  };
}

/** Figures of the period are reported on the day after it. */
function reportedBy({ code, reported }: SampleUnit, { name, lastDay }: Period): readonly ReferenceFigure[] {
  if (reported === null) return [];
  const common = { unit: code, period: name, source: { document: 'MAU-BC-01', day: formatLocalDay(addDays(lastDay, 1)) } };
  return [
    { ...common, measure: 'national-synchronised', value: reported.synchronised },
    { ...common, measure: 'national-report', value: reported.report },
  ];
}

/** Procedures that any unit may receive; those of which a unit only has a record are known by it. */
function everywhere(units: readonly SampleUnit[]): readonly ProcedureCode[] {
  const used = units.flatMap(({ procedures: { uses, paidBeforeReceipt } }) => [...uses.map(({ procedure }) => procedure), ...paidBeforeReceipt]);
  return [...new Set([...SAMPLE_PROCEDURES.map(({ code }) => code), ...used])].sort();
}

function procedureFrom(code: ProcedureCode, unit: UnitCode | null, validFrom: LocalDay): ReferenceProcedure {
  const { name, term, pauseOnFinancialObligation } = procedureOf(code);
  return { code, unit, name, term, pauseOnFinancialObligation, validFrom: formatLocalDay(validFrom) };
}

function stockFlags({ procedure, online, fee, citizen }: StockedProcedure): Partial<ReferenceProcedure> {
  const number = Number(procedure.slice(-1));
  return {
    ...(online ? { onlineLevel: number % 3 === 0 ? 'partial' : 'full', eligibleForFull: number % 3 !== 0 } : {}),
    // Nine of ten fee procedures can be paid for online.
    ...(fee ? { fee, onlinePayment: number !== 0 } : {}),
    ...(citizen ? { citizen } : {}),
  };
}

function announcedBy(unit: UnitCode, { procedure, announced, published, hasAllParts, online }: AnnouncedProcedure, validFrom: LocalDay, period: Period): ReferenceProcedure {
  const isNew = announced === 'in-period' || published === 'in-period';
  return {
    ...procedureFrom(procedure, unit, isNew ? period.firstDay : validFrom),
    ...(announced === null ? {} : { announcement: dutyOf(announced, validFrom, period) }),
    ...(published === null ? {} : { publication: dutyOf(published, validFrom, period) }),
    ...(published === null || published === 'overdue' ? {} : { parts: hasAllParts ? PROCEDURE_PARTS : PROCEDURE_PARTS.slice(0, -1) }),
    // What its units offer is said by their own records.
    onlineLevel: online ? 'full' : 'none', offeredOnline: false,
  };
}

function dutyOf(announcing: Announcing, validFrom: LocalDay, { firstDay, lastDay }: Period): ReferenceDuty {
  switch (announcing) {
    case 'before': return { dueOn: formatLocalDay(validFrom), on: formatLocalDay(validFrom) };
    case 'in-period': return { dueOn: formatLocalDay(lastDay), on: formatLocalDay(firstDay) };
    case 'overdue': return { dueOn: formatLocalDay(firstDay) };
  }
}

/** Certified copies are what the first of the procedures is about. */
function certifyingBy({ code, certifiesCopies }: SampleUnit, validFrom: LocalDay): readonly ReferenceProcedure[] {
  const [copies] = SAMPLE_PROCEDURES;
  return copies === undefined || certifiesCopies === null ? []
    : [{ ...procedureFrom(copies.code, code, validFrom), certifiedCopies: certifiesCopies }];
}
