import { unitTopic } from '@index766/contracts-catalog';
import type { ReferenceSource } from '@index766/platform-reference';

/** What this service copies of the catalog: the tree of units, for the scope of tokens. */
export const REFERENCE_TOPICS = [{ kind: 'unit', topic: unitTopic }] as const satisfies readonly ReferenceSource[];
