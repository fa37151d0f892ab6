import {
  ForbiddenException, Injectable, ServiceUnavailableException, UnauthorizedException, type CanActivate,
  type ExecutionContext, type HttpException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Refusal } from '@index766/kernel';
import { Authenticator } from './authenticator';
import { hasRole } from './principal';
import { MISSING_TOKEN, ROUTE_ACCESS, type AuthenticatedRequest, type RouteAccess } from './route-access';

/**
 * Checks token and role before every route. It fails closed: a route that says neither `@Public()` nor `@Roles(…)` is
 * refused to everybody.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Batch handlers of a message consumer have no caller.
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw forbidden('AUTH.UNDECLARED_ROUTE', 'this route says to nobody that it may be used');
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const principal = await this.authenticator.callerOf(request);
    if (!principal.ok) throw exceptionOf(principal.error);
    if (principal.value) request.principal = principal.value;
    if (access.kind === 'public') return true;
    const caller = principal.value;
    if (!caller) throw new UnauthorizedException({ code: 'AUTH.MISSING_TOKEN', detail: MISSING_TOKEN });
    if (access.anyOf.some((role) => hasRole(caller, role))) return true;
    throw forbidden('AUTH.MISSING_ROLE', `the token needs the role ${access.anyOf.join(' or ')}`);
  }
}

function exceptionOf(refusal: Refusal): HttpException {
  return refusal.code === 'AUTH.KEYS_UNAVAILABLE'
    ? new ServiceUnavailableException(refusal)
    : new UnauthorizedException(refusal);
}

function forbidden(code: Refusal['code'], detail: string): HttpException {
  return new ForbiddenException({ code, detail });
}
