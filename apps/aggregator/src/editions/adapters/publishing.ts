import type { RecordSender } from '@index766/platform-kafka';
import type { MongoDatabase } from '@index766/platform-mongo';

import type { Decisions, TakeDecision } from '../../decisions';
import type { EditionFigures } from '../edition-figures';
import { EditionHeads } from '../edition-heads';
import { EditionKeeper, type EditionKeeperOptions } from '../edition-keeper';
import { EditionQueries } from '../edition-queries';
import type { EditionSeal } from '../edition-seal';
import { PublishEdition } from '../publish-edition';
import { KafkaAnnouncements } from './kafka-announcements';
import { MongoEditions } from './mongo-editions';

export interface PublishingParts extends Pick<EditionKeeperOptions, 'reference' | 'watch' | 'onRefused' | 'rules' | 'now'> {
  readonly database: MongoDatabase;
  readonly sender: RecordSender;
  /** They write to the same database. */
  readonly decisions: Decisions;
  readonly takeDecision: Pick<TakeDecision, 'execute'>;
  readonly figures: () => EditionFigures;
  readonly seal: EditionSeal;
}

/**
 * All that publishes editions, put together in one place: whatever it does to the outside goes through the database, the decisions
 * and the sender that it is given, where a spec kills it at every one of them.
 */
export function publishingOn({ database, sender, seal, ...parts }: PublishingParts) {
  const { decisions, takeDecision, figures, now } = parts;
  const store = new MongoEditions(database);
  const announcements = new KafkaAnnouncements(sender, now);
  const publishEdition = new PublishEdition({
    store, decisions, takeDecision, figures, seal, announce: (edition, texts) => announcements.announce(edition, texts),
    announceFigures: (edition, texts) => announcements.announceFigures(edition, texts),
  });
  const heads = new EditionHeads(decisions);
  const keeper = new EditionKeeper({ ...parts, store, heads, publishEdition, canSign: seal.key !== null });
  return { keeper, heads, queries: new EditionQueries(decisions, store), store, publishEdition };
}
