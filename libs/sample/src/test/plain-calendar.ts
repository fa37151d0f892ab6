import type { CalendarDefinition, Term } from '@index766/working-time';

/**
 * Working time as one would count it on a wall calendar, day by day and on purpose without libs/working-time: what
 * checks the sample must not share its arithmetic. Instants are milliseconds, local time is UTC+7.
 */
export class PlainCalendar {
  private readonly holidays: ReadonlySet<string>;
  private readonly makeUps: ReadonlySet<string>;

  constructor(definition: CalendarDefinition) {
    this.holidays = new Set(definition.holidays.map(({ day }) => day));
    this.makeUps = new Set(definition.makeUpDays.map(({ day }) => day));
  }

  dueOf(term: Term, receivedAt: number): number {
    const start = this.firstOfficeInstant(receivedAt);
    const dayZero = dayOf(start);
    switch (term.kind) {
      case 'working-hours':
        return this.afterOfficeTime(start, term.amount * HOUR);
      case 'working-days':
        return startOf(this.workingDayAfter(dayZero, term.amount)) + DAY;
      case 'calendar-days':
        return startOf(this.workingDayFrom(dayText(startOf(dayZero) + term.amount * DAY))) + DAY;
      case 'months':
        return startOf(this.workingDayFrom(monthsLater(dayZero, term.amount))) + DAY;
    }
  }

  /** The due instant moved by the working days in (day of the request, day of the completion]. */
  movedByPause(due: number, from: number, to: number): number {
    let days = 0;
    for (let at = startOf(dayOf(from)) + DAY; at <= startOf(dayOf(to)); at += DAY) if (this.isWorkingDay(dayText(at))) days += 1;
    if (days === 0) return due;
    const lastDay = dayOf(due - 1);
    return due + startOf(this.workingDayAfter(lastDay, days)) - startOf(lastDay);
  }

  private isWorkingDay(day: string): boolean {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return this.makeUps.has(day) || (weekday !== 0 && weekday !== 6 && !this.holidays.has(day));
  }

  private workingDayAfter(day: string, count: number): string {
    let at = startOf(day);
    for (let found = 0; found < count;) {
      at += DAY;
      if (this.isWorkingDay(dayText(at))) found += 1;
    }
    return dayText(at);
  }

  private workingDayFrom(day: string): string {
    return this.isWorkingDay(day) ? day : this.workingDayAfter(day, 1);
  }

  private firstOfficeInstant(from: number): number {
    for (let day = dayOf(from); ; day = dayText(startOf(day) + DAY)) {
      const span = this.spansOf(day).find(({ to }) => from < to);
      if (span !== undefined) return Math.max(from, span.from);
    }
  }

  private afterOfficeTime(from: number, time: number): number {
    let left = time;
    for (let day = dayOf(from); ; day = dayText(startOf(day) + DAY)) {
      for (const span of this.spansOf(day)) {
        const start = Math.max(from, span.from);
        const length = Math.max(0, span.to - start);
        if (left <= length) return start + left;
        left -= length;
      }
    }
  }

  private spansOf(day: string): readonly { from: number; to: number }[] {
    if (!this.isWorkingDay(day)) return [];
    const at = startOf(day);
    return [{ from: at + 7.5 * HOUR, to: at + 11.5 * HOUR }, { from: at + 13.5 * HOUR, to: at + 17 * HOUR }];
  }
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONE = 7 * HOUR;

function dayText(instant: number): string {
  return new Date(instant + ZONE).toISOString().slice(0, 10);
}

function dayOf(instant: number): string {
  return dayText(instant);
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - ZONE;
}

function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lastDate = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastDate))).toISOString().slice(0, 10);
}
