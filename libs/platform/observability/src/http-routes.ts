import type { IncomingMessage } from 'node:http';

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'] as const;
export type Method = (typeof METHODS)[number];

/** A request as Express leaves it: with the pattern of the route that took it. */
export type RoutedRequest = IncomingMessage & { readonly route?: { readonly path?: unknown }; readonly baseUrl?: string };

export function methodOf({ method }: IncomingMessage): Method {
  return METHODS.find((known) => known === method) ?? 'other';
}

/** The pattern, never the path, which has ids in it. */
export function routeOf({ route, baseUrl }: RoutedRequest): string {
  return typeof route?.path === 'string' ? `${baseUrl ?? ''}${route.path}` : 'unmatched';
}
