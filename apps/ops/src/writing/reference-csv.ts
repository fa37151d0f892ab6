import type { ReferenceFigure, ReferenceProcedure, ReferenceUnit } from '@index766/sample';

type Cell = string | number | boolean | null | undefined;

/** Units as the catalog imports them. */
export function unitsCsv(units: readonly ReferenceUnit[]): string {
  return csvText(
    ['code', 'name', 'level', 'parent', 'validFrom', 'validTo', 'successor', 'reportingSince'],
    units.map((unit) => [unit.code, unit.name, unit.level, unit.parent, unit.validFrom, null, null, null]),
  );
}

/** Procedures as the catalog imports them. */
export function proceduresCsv(procedures: readonly ReferenceProcedure[]): string {
  return csvText(
    [
      'code', 'unit', 'name', 'termKind', 'termAmount', 'pauseOnFinancialObligation', 'announcementDueOn', 'announcedOn', 'publicationDueOn',
      'publishedOn', 'parts', 'onlineLevel', 'offeredOnline', 'eligibleForFull', 'fee', 'onlinePayment', 'citizen', 'certifiedCopies', 'validFrom',
      'validTo',
    ],
    procedures.map((procedure) => [
      procedure.code, procedure.unit, procedure.name, procedure.term?.kind, procedure.term?.amount, procedure.pauseOnFinancialObligation,
      procedure.announcement?.dueOn, procedure.announcement?.on, procedure.publication?.dueOn, procedure.publication?.on,
      procedure.parts?.join(';'), procedure.onlineLevel, procedure.offeredOnline, procedure.eligibleForFull, procedure.fee, procedure.onlinePayment,
      procedure.citizen, procedure.certifiedCopies, procedure.validFrom, null,
    ]),
  );
}

/** Reported figures as the catalog imports them. */
export function figuresCsv(figures: readonly ReferenceFigure[]): string {
  return csvText(
    ['unit', 'measure', 'period', 'value', 'sourceDocument', 'sourceDay'],
    figures.map(({ unit, measure, period, value, source }) => [unit, measure, period, value, source.document, source.day]),
  );
}

function csvText(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [titles, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(value: Cell): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
