import { instantOf, type Instant, type OfficerPseudonym, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR } from '@index766/working-time';

import type { CalendarContent } from '../domain/calendar';
import { NOTHING_STATED, type Officer, type OfficerStatement, type Sighting } from '../domain/officer';
import type { ProcedureContent } from '../domain/procedure';
import type { FigureContent, FigureId } from '../domain/reported-figure';
import type { UnitContent, UnitDirectory } from '../domain/unit';
import type { History } from '../domain/versions';

export const unitCode = (code: string) => code as UnitCode;
export const procedureCode = (code: string) => code as ProcedureCode;
export const pseudonym = (digit: string) => digit.repeat(32) as OfficerPseudonym;

/** Noon of a day of October 2026, UTC. */
export const october = (day: number): Instant => instantOf(Date.UTC(2026, 9, day, 12));

export const aUnit = (fields: Partial<UnitContent> = {}): UnitContent => ({
  name: 'UBND xã Ví Dụ', level: 'COMMUNE', parent: unitCode('H44'), validFrom: '2025-07-01', ...fields,
});

export const aProvince = (fields: Partial<UnitContent> = {}): UnitContent =>
  aUnit({ name: 'UBND tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01', ...fields });

export const aProcedure = (fields: Partial<ProcedureContent> = {}): ProcedureContent => ({
  name: 'Chứng thực bản sao', term: { kind: 'working-days', amount: 2 }, pauseOnFinancialObligation: false,
  validFrom: '2025-07-01', ...fields,
});

/** A procedure of which everything is said. */
export const aWholeProcedure = (fields: Partial<ProcedureContent> = {}): ProcedureContent => aProcedure({
  announcement: { dueOn: '2025-06-30', on: '2025-06-27' }, publication: { dueOn: '2025-07-10', on: '2025-07-04' },
  parts: ['name', 'steps', 'agency'], onlineLevel: 'partial', offeredOnline: false, eligibleForFull: true, fee: true, onlinePayment: true, citizen: true,
  resultDocument: false, certifiedCopies: false, validTo: '2026-12-31', ...fields,
});

export const aFigureId = (fields: Partial<FigureId> = {}): FigureId => ({
  unit: unitCode('H44.1'), measure: 'national-report', period: '2026-10', ...fields,
});

export const aFigure = (fields: Partial<FigureContent> = {}): FigureContent => ({
  value: 152_595, source: { document: '318/BC-VP', day: '2026-11-05' }, reporter: 'report-desk', ...fields,
});

export const aCalendar = (fields: Partial<CalendarContent> = {}): CalendarContent => {
  const { id: _id, version: _version, ...content } = VIETNAM_CALENDAR;
  return { ...content, ...fields };
};

export const aSighting = (fields: Partial<Sighting> = {}): Sighting => ({
  sequence: 1, recordedAt: october(1), name: 'Trần Thị Ví Dụ', title: 'Công chức', department: 'Phòng Văn hóa - Xã hội',
  unit: unitCode('H44.1'), ...fields,
});

export const aStatement = (fields: Partial<OfficerStatement> = {}): OfficerStatement => ({ ...NOTHING_STATED, ...fields });

export const anOfficer = (fields: Partial<Officer> = {}): Officer => ({
  unit: unitCode('H44.1'), lastSeen: 1, sighting: { name: 'Trần Thị Ví Dụ' }, statement: NOTHING_STATED, knownSince: october(1), earlier: [],
  erased: false, records: 1, recordedAt: october(1), ...fields,
});

/** One version a content, numbered from 1, all recorded on 1 October. */
export const recorded = <Content>(...contents: readonly Content[]): History<Content> =>
  contents.map((content, index) => ({ version: index + 1, recordedAt: october(1), content }));

export const directoryOf = (units: Readonly<Record<string, readonly UnitContent[]>>): UnitDirectory => ({
  find: (code) => {
    const contents = units[code];
    return contents === undefined ? undefined : recorded(...contents);
  },
});
