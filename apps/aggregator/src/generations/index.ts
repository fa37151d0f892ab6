export { FIRST_GENERATION, databaseOf, groupIdOf, type Generation } from './generation';
export {
  FIRST_STATE, withBuilding, withDropped, withDropping, withMended, withSwitchTo, type GenerationState,
} from './generation-state';
export type { GenerationStore } from './generation-store';
export { GenerationWatch, type GenerationWatchOptions } from './generation-watch';
