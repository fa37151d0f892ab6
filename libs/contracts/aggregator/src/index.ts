export { markTopic } from './topics';
export { MOST_UNITS_PER_MARK, unitsTouchedV1 } from './units-touched/units-touched.v1';
