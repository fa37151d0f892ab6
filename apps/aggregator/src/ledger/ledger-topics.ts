import { sourceTopic } from '@index766/contracts-dossiers';
import type { TopicContract } from '@index766/contracts-envelope';

import { CASES } from './cases';
import { PETITIONS } from './petitions';

/** All that the group `aggregator.ledger` reads: what is about dossiers and petitions, and what sources say of themselves. */
export const LEDGER_TOPICS: readonly TopicContract[] = [...CASES.topics, ...PETITIONS.topics, sourceTopic];
