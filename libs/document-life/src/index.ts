export type {
  ComponentKey, DocumentFact, DocumentFactBodies, DocumentFactHead, DocumentFactKind, DocumentFactOf, DocumentThing, PopulationSource, ResultKey, Retractable,
} from './facts';
export { INSTANT_OF_KIND, NO_DOCUMENTS, type DocumentView } from './view';
export { statementsOf, thingOf, type DocumentStatement } from './statements';
export { foldDocuments } from './fold';
export { documentStanding, nextChangeAfter, type DocumentStanding } from './standing';
