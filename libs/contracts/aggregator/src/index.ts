export { decisionTopic, markTopic } from './topics';
export { portalFiguresKey } from './decision-key';
export { portalFiguresImportedV1, type PortalFiguresImported } from './portal-figures-imported/portal-figures-imported.v1';
export { MOST_UNITS_PER_MARK, unitsTouchedV1 } from './units-touched/units-touched.v1';
