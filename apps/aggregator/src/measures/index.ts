export { MeasureKeeper, type MeasureKeeperOptions } from './measure-keeper';
export { MEASURED_CASES, measureCasesBy, measureColumnsBy } from './case-measures';
export { measurePetitionsBy, measuredPetitionsBy, measureReceivedBy } from './petition-measures';
export type { MeasureUnit } from './measure-unit';
export type { MeasuredSubject } from './measured-subject';
export { asOfMinute, evaluationInstant, livePeriods } from './live-periods';
export {
  MEASURE_SOURCES, partialId, type EvaluatedMeasures, type FencedPartial, type MarkSender, type MeasureSource, type PartialMeasures,
  type PartialMeasuresStore,
} from './partial-measures';
export { MeasureQueries } from './measure-queries';
export { perspectiveOn, type Perspective } from './perspective';
