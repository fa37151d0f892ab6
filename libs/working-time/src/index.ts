export type { CalendarDefinition, DayOff, MakeUpDay, OfficeSpan, UnitOverride, WeeklyHours } from './definition';
export { checkCalendar } from './check-calendar';
export type { CalendarDay, DayStanding, WorkingCalendar } from './working-calendar';
export { calendarFor } from './calendar-for';
export { TERM_KINDS, type Term, type TermKind } from './term';
export { dueOf, moveForPause, statedDue, type Arrival, type Due, type Pause, type PauseLength, type Working } from './due';
export { readHolidayList, type HolidayList } from './holiday-list';
export { VIETNAM_CALENDAR } from './calendars/vietnam';
