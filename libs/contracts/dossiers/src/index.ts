export { dossierFactContracts, dossierTopic, intakeTopic, officerSeenTopic } from './topics';
export { officerSeenV1 } from './officer-seen/officer-seen.v1';
export { MAX_SNAPSHOT_ELEMENTS, snapshotAcceptedV1 } from './snapshot-accepted/snapshot-accepted.v1';
export { statedUnit } from './stated-unit';
