export { dossierFactContracts, dossierTopic, intakeTopic, officerSeenTopic, sourceTopic } from './topics';
export { sourceCompleteV1 } from './source-complete/source-complete.v1';
export { sourceHeardV1 } from './source-heard/source-heard.v1';
export { officerSeenV1 } from './officer-seen/officer-seen.v1';
export { MAX_SNAPSHOT_ELEMENTS, snapshotAcceptedV1 } from './snapshot-accepted/snapshot-accepted.v1';
export { statedUnit } from './stated-unit';
