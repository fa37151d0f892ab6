export { ImportPortalFigures } from './import-portal-figures';
export { ReconciliationQueries } from './reconciliation-queries';
