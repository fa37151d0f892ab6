export { DossierQueries } from './dossier-queries';
export { LateOfficerQueries } from './late-officer-queries';
export { UnitViews } from './unit-views';
