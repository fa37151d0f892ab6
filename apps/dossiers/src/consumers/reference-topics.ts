import { calendarTopic, procedureTopic, unitTopic } from '@index766/contracts-catalog';
import type { ReferenceSource } from '@index766/platform-reference';
import { FIELDS_OF_PROCEDURE } from '../application/reference';

/** What this service copies of the catalog. */
export const REFERENCE_TOPICS = [
  { kind: 'unit', topic: unitTopic },
  { kind: 'procedure', topic: procedureTopic, fields: FIELDS_OF_PROCEDURE },
  { kind: 'calendar', topic: calendarTopic },
] as const satisfies readonly ReferenceSource[];
