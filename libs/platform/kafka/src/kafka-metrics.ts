import { defineMetrics } from '@index766/platform-observability';
import { DEAD_LETTER_CAUSES } from './dead-letters/dead-letter';

/** How a record ended. */
export const RECORD_OUTCOMES = ['applied', 'duplicate', 'conflict', 'dead-lettered', 'ignored', 'watermark'] as const;
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const KAFKA_METRICS = defineMetrics('kafka', {
  records: {
    kind: 'counter', name: 'kafka_consumer_records_total', help: 'Records worked on, by how they ended',
    labels: { topic: [], group: [], outcome: RECORD_OUTCOMES },
  },
  workTime: {
    kind: 'histogram', name: 'kafka_consumer_chunk_duration_seconds', help: 'Time from decoding a chunk of records to its commit',
    labels: { topic: [], group: [] }, buckets: SECONDS,
  },
  lag: {
    kind: 'gauge', name: 'kafka_consumer_lag_records', help: 'Records behind, of the partitions this member owns, as it sees it',
    labels: { topic: [], group: [] },
  },
  eventAge: {
    kind: 'gauge', name: 'kafka_consumer_lag_age_seconds', help: 'Age of the oldest unread position of this member; 0 when nothing is unread',
    labels: { topic: [], group: [] },
  },
  groupLag: {
    kind: 'gauge', name: 'kafka_group_lag_records', help: 'End offsets minus committed offsets of the whole group, asked from outside',
    labels: { topic: [], group: [] },
  },
  groupLagAge: {
    kind: 'gauge', name: 'kafka_group_lag_age_seconds',
    help: 'How long the whole group has not read what was there already, seen from outside; 0 when nothing waits',
    labels: { topic: [], group: [] },
  },
  watermarkAge: {
    kind: 'gauge', name: 'kafka_watermark_age_seconds',
    help: 'Age of the oldest last watermark in the partitions that this member owns: how long their producer has promised nothing',
    labels: { topic: [], group: [] },
  },
  commitFailures: {
    kind: 'counter', name: 'kafka_consumer_commit_failures_total', help: 'Commits that the broker did not take; their records come again',
    labels: { group: [] },
  },
  lastProgress: {
    kind: 'gauge', name: 'kafka_consumer_last_progress_timestamp_seconds', help: 'When this member committed last',
    labels: { group: [] },
  },
  ownedPartitions: {
    kind: 'gauge', name: 'kafka_consumer_owned_partitions', help: 'Partition numbers that this member owns; over all members they add up to all',
    labels: { group: [] },
  },
  blockedLanes: {
    kind: 'gauge', name: 'kafka_consumer_blocked_lanes', help: 'Lanes that wait for database or broker', labels: { group: [] },
  },
  rebalances: {
    kind: 'counter', name: 'kafka_consumer_rebalances_total', help: 'Assignments that this member got', labels: { group: [] },
  },
  crashes: {
    kind: 'counter', name: 'kafka_consumer_crashes_total', help: 'Consumers that ended or stalled and were replaced', labels: { group: [] },
  },
  deadLetters: {
    kind: 'counter', name: 'kafka_dead_letters_total', help: 'Records set aside, by cause',
    labels: { topic: [], group: [], cause: DEAD_LETTER_CAUSES },
  },
  openDeadLetters: {
    kind: 'gauge', name: 'kafka_open_dead_letters', help: 'Records of the whole group that were set aside, and neither sent again nor given up since',
    labels: { topic: [], group: [] },
  },
  published: {
    kind: 'counter', name: 'kafka_published_records_total', help: 'Records that the broker acknowledged', labels: { topic: [] },
  },
  publishTime: {
    kind: 'histogram', name: 'kafka_publish_duration_seconds', help: 'Time of one request with its retries', labels: {}, buckets: SECONDS,
  },
  publishFailures: {
    kind: 'counter', name: 'kafka_publish_failures_total', help: 'Requests whose senders were told that they failed',
    labels: { reason: ['away', 'refused', 'unknown-topic'] },
  },
  producersReplaced: {
    kind: 'counter', name: 'kafka_producers_replaced_total', help: 'Producers given up after a failure that no retry mended', labels: {},
  },
});
