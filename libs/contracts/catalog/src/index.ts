export { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from './topics';
export { UNIT_LEVELS, unitVersionedV1, type UnitLevel, type UnitVersioned } from './unit-versioned/unit-versioned.v1';
export {
  ONLINE_LEVELS, PROCEDURE_PARTS, PROCEDURE_TERM_KINDS, procedureKey, procedureVersionedV1, type OnlineLevel, type ProcedurePart,
  type ProcedureVersioned,
} from './procedure-versioned/procedure-versioned.v1';
export {
  REPORTED_COUNTS, REPORTED_INDICES, REPORTED_MEASURES, figureReportedV1, isReportedIndex, reportedFigureKey, type FigureReported,
  type ReportedCount, type ReportedIndex, type ReportedMeasure,
} from './figure-reported/figure-reported.v1';
export { calendarVersionedV1, type CalendarVersioned } from './calendar-versioned/calendar-versioned.v1';
export { officerDescribedV1, type OfficerDescribed } from './officer-described/officer-described.v1';
export { officerErasedV1 } from './officer-erased/officer-erased.v1';
export { versionBegun, versionInForce, type ReferenceVersion } from './validity';
