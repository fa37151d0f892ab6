export { ExplanationQueries } from './explanation-queries';
