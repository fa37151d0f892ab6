import { versionBegun, versionInForce, type CalendarVersioned, type UnitVersioned } from '@index766/contracts-catalog';
import { localDayOf, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';
import { UnitTree, type VersionSource } from '@index766/platform-reference';
import { VIETNAM_CALENDAR, calendarFor, type CalendarDefinition, type WorkingCalendar } from '@index766/working-time';

/** What is known now of units and calendars. */
export class Calendars {
  private readonly tree: UnitTree<UnitVersioned>;

  /** @param calendarId the calendar that terms are computed with. */
  constructor(
    private readonly units: VersionSource<UnitVersioned>,
    private readonly calendars: VersionSource<CalendarVersioned>,
    private readonly calendarId: string,
  ) {
    this.tree = new UnitTree(units, versionBegun);
  }

  /** Units above this one on a day, nearest first. */
  ancestorsOf(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    return this.tree.ancestorsOf(unit, day);
  }

  /** Whether the catalog has the unit on the day of an instant. */
  isKnownUnit(unit: UnitCode, at: Instant): boolean {
    return versionInForce(this.units.versionsOf(unit), localDayOf(at)) !== undefined;
  }

  /** The newest version of the calendar as it holds for a unit. The one that ships, while the catalog has said nothing. */
  calendarOf(unit: UnitCode, at: Instant): WorkingCalendar {
    // The contract checked it when it was read; only how an absent field is typed differs.
    const versions = this.calendars.versionsOf(this.calendarId) as readonly CalendarDefinition[];
    const newest = versions.reduce<CalendarDefinition>((last, each) => (each.version > last.version || last === VIETNAM_CALENDAR ? each : last), VIETNAM_CALENDAR);
    return calendarFor(newest, this.tree.chainOf(unit, localDayOf(at)));
  }
}
