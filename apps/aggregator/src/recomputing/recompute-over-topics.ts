import { TopicReader, createKafkaClient } from '@index766/platform-kafka';
import { createServiceLog } from '@index766/platform-observability';

import type { TopicsConfig } from '../aggregator.config';
import { editionSeal } from '../editions/adapters/edition-keys';
import type { RecomputeEditionsOptions } from '../maintenance/recompute-editions';
import { KafkaTopicLog } from './adapters/kafka-topic-log';
import { recomputeFromTopics } from './recompute-from-topics';

/** Groups of an account begin with its name; without one anybody may be in any. */
const GROUP_WITHOUT_ACCOUNT = 'aggregator';

/** Needs a broker and an account, no database. Says of each edition whether it comes out as it was published; answers whether all do. */
export async function recomputeOverTopics({ kafka, log: { level } }: TopicsConfig, options: RecomputeEditionsOptions, out: (text: string) => void): Promise<boolean> {
  const { logger } = createServiceLog({ service: 'aggregator-maintenance', level });
  const reader = new TopicReader({ client: createKafkaClient(kafka, logger), group: kafka.username ?? GROUP_WITHOUT_ACCOUNT });
  const recomputed = await recomputeFromTopics(new KafkaTopicLog(reader), editionSeal(undefined).hashOf, options);
  for (const { edition: { published: { period, number, sha256 } }, difference, listsAsPublished } of recomputed) {
    out(`${period}  ${number}  ${sha256}  ${difference === null ? 'the same' : `otherwise: ${difference}`}\n`);
    if (listsAsPublished.length > 0) {
      out(`  The lists of late officers of ${listsAsPublished.join(', ')} have the same dossiers and are else taken as published: this account may not read what the catalog knows of officers.\n`);
    }
  }
  if (recomputed.length === 0) out('There is no such edition.\n');
  return recomputed.length > 0 && recomputed.every(({ difference }) => difference === null);
}
