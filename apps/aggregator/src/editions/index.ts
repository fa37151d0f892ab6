export type { ClosingWatch } from './closing-watch';
export { EditionCommands } from './edition-commands';
export { EditionFigures } from './edition-figures';
export { EditionKeeper, type EditionRules } from './edition-keeper';
export { EditionQueries } from './edition-queries';
export type { EditionSeal } from './edition-seal';
export { seriesOf, standingEditions, type PublishedEdition } from './edition-history';
export { claimOf } from './manifest-visibility';
export { PublishEdition } from './publish-edition';
