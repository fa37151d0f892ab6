export { local } from './local-time';
export { DOSSIER_TOPIC, LifeStory, lifeStory, officer, type Recording } from './life-story';
export type { StoryBodies, StoryChannel, StoryDueCause, StoryFact, StoryFactKind, StoryField } from './story-facts';
