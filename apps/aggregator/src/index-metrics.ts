import { defineMetrics } from '@index766/platform-observability';

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
});
