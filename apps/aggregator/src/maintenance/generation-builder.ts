import {
  BatchConsumer, BatchConsumerStrategy, type BatchHandler, type DeadLetterSender, type FailureClassifier,
  type KafkaClient,
} from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';

import { groupIdOf } from '../generations';
import { LEDGER_LIMITS, LedgerBatchHandler, SourceBatchHandler, type ArrivalNotes, type LedgerFollower } from '../ledger';
import { ReferenceBatchHandler } from '../reference';
import type { GenerationStores } from './generation-stores';
import type { SourceStores } from './source-stores';

/** Figures of a generation that nobody reads are measured once, when all facts are there. */
const NOBODY_FOLLOWS: LedgerFollower<unknown> = {
  assigned: () => Promise.resolve(),
  revoked: () => undefined,
  saved: () => Promise.resolve(),
};

/**
 * Reads the topics into a generation that is not live, by the handlers that the live one uses. It has no publisher: no
 * mark, no result, and no dead letter either, since the live group sets the same records aside.
 */
export class GenerationBuilder {
  private readonly consumers: readonly BatchConsumer[];
  private readonly joining: BatchConsumerStrategy;
  private refused = 0;

  constructor(client: KafkaClient, { generation, cases, petitions, referenceStore, arrivals }: GenerationStores) {
    const classify: FailureClassifier = (error) => (isDatabaseAway(error) ? 'away' : undefined);
    const deadLetters: DeadLetterSender = {
      sendVerbatim: (records) => {
        this.refused += records.length;
        return Promise.resolve();
      },
    };
    const consumerOf = (group: string, handlers: readonly BatchHandler<unknown, unknown>[]): BatchConsumer =>
      new BatchConsumer({ client, group, groupId: groupIdOf(group, generation), handlers, deadLetters, classify, limits: LEDGER_LIMITS });
    this.consumers = [
      consumerOf('aggregator.reference', [new ReferenceBatchHandler(referenceStore)]),
      consumerOf('aggregator.ledger', [handlerOf(cases, arrivals), handlerOf(petitions, arrivals), new SourceBatchHandler(arrivals)]),
    ];
    this.joining = new BatchConsumerStrategy(this.consumers);
  }

  /** Records that this builder could not take, as the live generation could not. */
  get refusedRecords(): number {
    return this.refused;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.joining.listen((error) => (error === undefined ? resolve() : reject(error instanceof Error ? error : new Error('a consumer cannot start'))));
    });
  }

  /** Ends the batches in work and commits them. */
  stop(): Promise<void> {
    return this.joining.close();
  }
}

function handlerOf<View>({ subject, ledger }: SourceStores<View>, arrivals: ArrivalNotes): LedgerBatchHandler<View> {
  return new LedgerBatchHandler<View>(subject, ledger, NOBODY_FOLLOWS, arrivals);
}
