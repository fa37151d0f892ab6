export { decisionTopic, markTopic, unitScoreLatestTopic } from './topics';
export { portalFiguresKey } from './decision-key';
export { portalFiguresImportedV1, type PortalFiguresImported } from './portal-figures-imported/portal-figures-imported.v1';
export { MOST_UNITS_PER_MARK, unitsTouchedV1 } from './units-touched/units-touched.v1';
export { unitScoreKey } from './unit-scored/unit-score-key';
export { unitScoredV1, type UnitScored } from './unit-scored/unit-scored.v1';
