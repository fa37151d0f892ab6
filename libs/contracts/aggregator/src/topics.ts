import { defineTopic } from '@index766/contracts-envelope';
import { unitsTouchedV1 } from './units-touched/units-touched.v1';

/** Distributes the merging of units over the members of the aggregator. */
export const markTopic = defineTopic({
  name: 'aggregator.internal.mark.v1',
  producer: 'aggregator',
  visibility: 'internal',
  keyedBy: 'root unit: a province, a ministry or the country',
  partitions: 'dossier',
  retention: 'day',
  facts: [unitsTouchedV1],
});
