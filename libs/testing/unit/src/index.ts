export { local, when, type When } from './local-time';
export { DOSSIER_TOPIC, LifeStory, lifeStory, officer, type Recording } from './life-story';
export {
  ARBITRARY_OFFICERS, ARBITRARY_SPAN, ARBITRARY_UNITS, arbitraryArrival, arbitraryInstant, arbitraryLife, arbitraryLives,
} from './arbitrary-life';
export type { StoryBodies, StoryChannel, StoryDueCause, StoryFact, StoryFactKind, StoryField } from './story-facts';
export { THREE_VALUES_ANSWER } from './three-values';
