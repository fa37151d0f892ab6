import { calendarTopic, unitTopic } from '@index766/contracts-catalog';
import type { ReferenceSource } from '@index766/platform-reference';

/** What this service copies of the catalog: the tree of units and the calendars that terms are computed with. */
export const REFERENCE_TOPICS = [
  { kind: 'unit', topic: unitTopic },
  { kind: 'calendar', topic: calendarTopic },
] as const satisfies readonly ReferenceSource[];
