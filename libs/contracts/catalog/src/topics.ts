import { defineTopic } from '@index766/contracts-envelope';
import { calendarVersionedV1 } from './calendar-versioned/calendar-versioned.v1';
import { figureReportedV1 } from './figure-reported/figure-reported.v1';
import { officerDescribedV1 } from './officer-described/officer-described.v1';
import { officerErasedV1 } from './officer-erased/officer-erased.v1';
import { procedureVersionedV1 } from './procedure-versioned/procedure-versioned.v1';
import { unitVersionedV1 } from './unit-versioned/unit-versioned.v1';

/** Not compacted: a figure is read as of what was known, so every version stays. */
const reference = { producer: 'catalog', visibility: 'public', partitions: 'reference', retention: 'forever' } as const;

export const unitTopic = defineTopic({
  ...reference, name: 'catalog.public.unit.v1', keyedBy: 'unit code', facts: [unitVersionedV1],
});

export const procedureTopic = defineTopic({
  ...reference, name: 'catalog.public.procedure.v1', keyedBy: 'procedure code, @ and unit', facts: [procedureVersionedV1],
});

export const calendarTopic = defineTopic({
  ...reference, name: 'catalog.public.calendar.v1', keyedBy: 'calendar id', facts: [calendarVersionedV1],
});

export const reportedFigureTopic = defineTopic({
  ...reference, name: 'catalog.public.reported-figure.v1', keyedBy: 'unit, @, measure, @ and period', facts: [figureReportedV1],
});

/** Names of officers, for the aggregator alone. Compacted, so that a name can be erased. */
export const officerTopic = defineTopic({
  name: 'catalog.restricted.officer.v1',
  producer: 'catalog',
  visibility: 'restricted',
  keyedBy: 'officer pseudonym',
  partitions: 'reference',
  retention: 'compacted',
  facts: [officerDescribedV1, officerErasedV1],
});
