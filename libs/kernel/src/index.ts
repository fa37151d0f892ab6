export type { Brand } from './brand';
export { canonicalText, saysTheSame } from './canonical-text';
export { failed, ok, refused, type Refusal, type RefusalCode, type Result } from './result';
export {
  MILLISECONDS_PER_DAY, MILLISECONDS_PER_MINUTE, earliest, formatInstant, instantOf, latest, parseInstant, type Instant,
} from './instant';
export {
  ZONE, ZONE_OFFSET_MILLISECONDS, addDays, addMonthsClamped, civilDateOf, endOfDay, formatLocalDay, isStartOfDay,
  localDayFrom, localDayOf, minuteOfDay, parseLocalDay, startOfDay, weekdayOf, type CivilDate, type LocalDay,
  type Weekday,
} from './local-day';
export { PERIOD_KINDS, parsePeriod, periodBefore, periodContaining, type Period, type PeriodKind } from './period';
export {
  compareText, isCode, parseDossierId, parseOfficerPseudonym, parsePetitionId, parseProcedureCode, parseUnitCode, unitInCode,
  type DossierId, type OfficerPseudonym, type PetitionId, type ProcedureCode, type StepId, type SupplementId, type UnitCode,
} from './ids';
