export { DossierQueries } from './dossier-queries';
export { LateOfficerQueries } from './late-officer-queries';
export { UnitViews } from './unit-views';
export { NONE_OPEN, openDossiersOf, sumOpenDossiers, type OpenDossiers } from './open-dossiers';
