import { DurationVariable, IntegerVariable, ListVariable } from '../variables';

/** How a service keeps the facts on its own topics, which are keyed by dossier. */
export class FactSettings {
  /** Partitions of the topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  @IntegerVariable('TOPIC_PARTITIONS', { min: 1, max: 1_000 })
  readonly topicPartitions: number = 12;

  /** Between two watermarks of a partition. */
  @DurationVariable('WATERMARK_INTERVAL_MS', { minMs: 1_000, maxMs: 600_000 })
  readonly watermarkIntervalMs: number = 60_000;

  /** A record that waits in an outbox for longer while the broker answers is an alarm. */
  @DurationVariable('OUTBOX_ALARM_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly outboxAlarmMs: number = 300_000;

  /** Records of this service's topics that it did not send, `topic/partition/offset` with commas between: left out at the start. */
  @ListVariable('RESTORE_IGNORED_RECORDS', { pattern: /^[a-z0-9.-]+\/\d+\/\d+$/, example: 'dossiers.public.dossier.v1/3/4711', optional: true })
  readonly ignoredRecords?: readonly string[];
}
