import { SetMetadata, UnauthorizedException, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal, Role } from './principal';

/** What a route asks of its caller. */
export type RouteAccess = { readonly kind: 'public' } | { readonly kind: 'roles'; readonly anyOf: readonly Role[] };

export const ROUTE_ACCESS = 'index766:route-access';

/** The request as the guard leaves it. */
export interface AuthenticatedRequest {
  readonly headers: { readonly authorization?: string | undefined };
  principal?: Principal;
}

/** Needs no token. A token that is sent all the same is checked, so that the route can show more to its bearer. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata<string, RouteAccess>(ROUTE_ACCESS, { kind: 'public' });

/** Needs a token with one of these roles. Unit scope depends on the request: ask `checkCovers` in the use case. */
export const Roles = (...anyOf: readonly [Role, ...Role[]]): MethodDecorator & ClassDecorator =>
  SetMetadata<string, RouteAccess>(ROUTE_ACCESS, { kind: 'roles', anyOf });

/** The principal of a route with `@Roles`. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new UnauthorizedException({ code: 'AUTH.MISSING_TOKEN', detail: MISSING_TOKEN });
  return principal;
});

/** The principal of a `@Public` route, if a token was sent. */
export const OptionalPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | undefined =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().principal,
);

export const MISSING_TOKEN = 'send a token: Authorization: Bearer <token>';
