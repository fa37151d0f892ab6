export { BACKLOG_GAP_MS, MeasureKeeper, type MeasureKeeperOptions } from './measure-keeper';
export { measureUnitBy, type MeasureUnit } from './measure-unit';
export { asOfMinute, evaluationInstant, livePeriods } from './live-periods';
export type { EvaluatedMeasures, FencedPartial, MarkSender, PartialMeasures, PartialMeasuresStore } from './partial-measures';
export { MeasureQueries } from './measure-queries';
export { unitsOf } from './partition-views';
