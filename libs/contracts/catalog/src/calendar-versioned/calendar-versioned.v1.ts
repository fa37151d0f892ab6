import { defineFact, wireLocalDay, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import example from './calendar-versioned.v1.example.json';

const MINUTES_PER_DAY = 24 * 60;

/** ISO weekday: 1 Monday … 7 Sunday. */
const weekday = z.literal([1, 2, 3, 4, 5, 6, 7]);
const dayName = z.string().min(1).max(200);

/** Minutes since local midnight, half-open. */
const officeSpan = z.object({ from: z.int().min(0).max(MINUTES_PER_DAY), to: z.int().min(0).max(MINUTES_PER_DAY) });
const officeDay = z.array(officeSpan).max(10).optional();
const weeklyHours = z.object({
  1: officeDay, 2: officeDay, 3: officeDay, 4: officeDay, 5: officeDay, 6: officeDay, 7: officeDay,
});

const dayOff = z.object({ day: wireLocalDay, name: dayName });
const makeUpDay = z.object({ day: wireLocalDay, name: dayName, hoursOf: weekday, replaces: wireLocalDay.optional() });

const unitOverride = z.object({
  unit: wireUnitCode,
  validFrom: wireLocalDay.optional(),
  validTo: wireLocalDay.optional(),
  officeHours: weeklyHours.optional(),
  extraTermDays: z.array(weekday).max(7).optional(),
  daysOff: z.array(dayOff).max(1000).optional(),
  makeUpDays: z.array(makeUpDay).max(1000).optional(),
});

/**
 * One version of a calendar (lifecycle.md §2). Its latest version holds for all days, past ones too: days off are
 * announced late, and what is published stays. What the fields mean is said where they are computed with (working-time).
 */
export const calendarVersionedV1 = defineFact({
  type: 'catalog.calendar-versioned.v1',
  schema: z.object({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
    version: z.int().min(1),
    source: z.string().min(1).max(1000),
    coversFrom: wireLocalDay,
    coversTo: wireLocalDay,
    officeHours: weeklyHours,
    termDays: z.array(weekday).min(1).max(7),
    holidays: z.array(dayOff).max(1000),
    makeUpDays: z.array(makeUpDay).max(1000),
    overrides: z.array(unitOverride).max(1000),
  }),
  example,
});

export type CalendarVersioned = z.output<typeof calendarVersionedV1.schema>;
