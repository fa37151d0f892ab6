import { defineMetrics } from '@index766/platform-observability';

import { INTEGRITY_FLAGS } from './integrity';

/** The periods that run now and are told on /metrics; all others are asked for over HTTP. */
export const TOLD_PERIODS = ['week', 'month', 'year'] as const;

export const INDEX_METRICS = defineMetrics('index', {
  dossiers: {
    kind: 'gauge', name: 'index_dossiers', help: 'Dossiers in the partitions that this member owns', labels: {},
  },
  unknownUnitDossiers: {
    kind: 'gauge', name: 'index_unknown_unit_dossiers',
    help: 'Of these, dossiers of units that the catalog does not know: they count in the reserved unit of their province',
    labels: {},
  },
  generation: {
    kind: 'gauge', name: 'index_generation', help: 'Generation of the figures that this member serves', labels: {},
  },
  openHoles: {
    kind: 'gauge', name: 'index_open_holes',
    help: 'Records that are missing below the highest sequence of their dossier, in the partitions that this member owns',
    labels: { topic: [] },
  },
  points: {
    kind: 'gauge', name: 'index_points', help: 'Points of a province in the period that runs', labels: { unit: [], period: TOLD_PERIODS },
  },
  groupPoints: {
    kind: 'gauge', name: 'index_group_points', help: 'Points of a province in one group of the index, in the period that runs',
    labels: { unit: [], period: TOLD_PERIODS, index_group: [] },
  },
  completeness: {
    kind: 'gauge', name: 'index_completeness_ratio', help: 'Share of the applicable points of a province that has data',
    labels: { unit: [], period: TOLD_PERIODS },
  },
  countedDossiers: {
    kind: 'gauge', name: 'index_counted_dossiers', help: 'Dossiers that 2.1 of a province counts in the period that runs',
    labels: { unit: [], period: TOLD_PERIODS },
  },
  late: {
    kind: 'gauge', name: 'index_late_ratio', help: 'Of these, the share that is late, ended or not', labels: { unit: [], period: TOLD_PERIODS },
  },
  openDossiers: {
    kind: 'gauge', name: 'index_open_dossiers', help: 'Dossiers in hand, in the partitions that this member owns, by the unit that holds them',
    labels: { unit: [] },
  },
  overdueDossiers: {
    kind: 'gauge', name: 'index_overdue_dossiers', help: 'Of these, dossiers that are late now', labels: { unit: [] },
  },
  integrityFlags: {
    kind: 'gauge', name: 'index_integrity_flags',
    help: 'Flags that integrity rules raised this week (many corrections at a week\'s end: until the next one) and no reviewer has looked at; each is told by one member',
    labels: { unit: [], flag: INTEGRITY_FLAGS },
  },
  waitingPeriod: {
    kind: 'gauge', name: 'index_waiting_period_age_seconds',
    help: 'How long the oldest ended period of a province that reports could have been official and is not; 0 when none waits',
    labels: { unit: [], period: TOLD_PERIODS },
  },
  lastEdition: {
    kind: 'gauge', name: 'index_last_edition_timestamp_seconds', help: 'When an edition of a province was published last, by the kind of its period',
    labels: { unit: [], period: TOLD_PERIODS },
  },
  dueTodayDossiers: {
    kind: 'gauge', name: 'index_due_today_dossiers', help: 'Of these, dossiers in term whose due instant is today (Asia/Ho_Chi_Minh)',
    labels: { unit: [] },
  },
});
