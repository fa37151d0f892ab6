export { MOST_UNITS_PER_MARK, markTopic, unitsTouchedV1 } from './units-touched.v1';
