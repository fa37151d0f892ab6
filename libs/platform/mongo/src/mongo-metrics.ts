import { defineMetrics } from '@index766/platform-observability';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const MONGO_METRICS = defineMetrics('mongo', {
  commandTime: {
    kind: 'histogram', name: 'mongo_command_duration_seconds', help: 'Time of one command, asked to answered',
    labels: { command: [], outcome: ['ok', 'failed'] }, buckets: SECONDS,
  },
  repeated: {
    kind: 'counter', name: 'mongo_repeated_operations_total',
    help: 'Operations sent again after a broken connection, a deadlock or a fail-over', labels: {},
  },
});

export const OUTBOX_METRICS = defineMetrics('outbox', {
  pending: {
    kind: 'gauge', name: 'outbox_pending_entries', help: 'Records that wait in the slots this member leases', labels: { relay: [] },
  },
  oldestAge: {
    kind: 'gauge', name: 'outbox_oldest_age_seconds', help: 'How long the oldest of them has waited; 0 when none waits',
    labels: { relay: [] },
  },
});

export const RELAY_METRICS = defineMetrics('relay', {
  sent: {
    kind: 'counter', name: 'relay_sent_records_total', help: 'Records that the broker has and the outbox no more', labels: { relay: [] },
  },
  failures: {
    kind: 'counter', name: 'relay_failed_rounds_total', help: 'Rounds that the broker or the database failed',
    labels: { relay: [], obstacle: ['broker', 'database'] },
  },
  leasedSlots: {
    kind: 'gauge', name: 'relay_leased_slots', help: 'Slots that this member sends for', labels: { relay: [] },
  },
});
