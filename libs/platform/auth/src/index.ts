export {
  ALL_UNITS, ROLES, checkCovers, covers, hasRole, isRole, type AncestorsOf, type Principal, type Role,
} from './principal';
export { Authenticator, type AskingRequest, type AuthConfig } from './authenticator';
export {
  SOURCE_NAME_FORM, createSourceToken, isSourceName, parseSourceTokens, type SourceTokens,
} from './source-tokens';
export { createLocalKeyPair, type LocalKeyPair } from './local-key-pair';
export { LOCAL_AUDIENCE, LOCAL_ISSUER, issueLocalToken, type LocalTokenRequest } from './issue-local-token';
export { CurrentPrincipal, OptionalPrincipal, Public, Roles } from './route-access';
export { AuthModule, type AuthLog } from './auth.module';
export { routeAccesses, undeclaredRoutes } from './undeclared-routes';
export type { RouteAccess } from './route-access';
