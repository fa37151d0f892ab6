export { isCounted, monthlyRows, type CountedRow, type FigureLevel, type FigureRow } from './figures/figure-row';
export { describeFault, parseFigures, type FiguresFault } from './figures/parse-figures';
export { checkConsistency, type ConsistentFigures, type Inconsistency } from './figures/consistency';
export {
  leftForBalancing, sampleUnitsOf, type LeftForBalancing, type SampleLevel, type SampleScope, type SampleUnit, type SampleUnits,
} from './figures/sample-units';
export { unitPlacesIn, type TopUnit, type UnitPlaces } from './figures/unit-places';
export type { SampleOfficer } from './dossier/officers';
export type { ReferenceFigure, ReferenceProcedure, ReferenceRecords, ReferenceUnit } from './reference';
export type { RatingVerdict, SampleRating } from './feedback/sample-ratings';
export type { SamplePetition } from './feedback/sample-petitions';
export { petitionCommands, ratingCommands } from './feedback/feedback-commands';
export type { SampleWaiver } from './payments/sample-waivers';
export { waiverCommand } from './payments/waiver-commands';
export type { SampleCommand } from './sample-command';
export type { FieldValue, Push, PushElement } from './push/push';
export { generateSample, type Cohort, type Sample, type SampleOptions } from './generate-sample';
