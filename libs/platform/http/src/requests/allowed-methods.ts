import type { RequestHandler } from 'express';
import type { ProblemCatalog } from '../problems/problem';
import { sendProblem } from '../problems/problem.filter';

const NO_CONTENT = 204;

/** Paths of an OpenAPI document with the methods of each, in lower case among other members. */
export type DescribedPaths = Readonly<Record<string, object>>;

/**
 * Answers OPTIONS with the methods of a path, and 405 with them (RFC 9110 §15.5.6) for one that the path does not have.
 * Paths that nothing describes go on.
 */
export function refuseOtherMethods(paths: DescribedPaths, catalog: ProblemCatalog): RequestHandler {
  const known = Object.entries(paths).map(([path, methods]) => ({ pattern: patternOf(path), methods: methodsOf(methods) }));
  const problem = catalog.problemOf({ code: 'ROUTE.METHOD_NOT_ALLOWED', detail: 'the header Allow lists the methods of this endpoint' });
  return (request, response, next) => {
    const methods = new Set(known.flatMap((each) => (each.pattern.test(request.path) ? each.methods : [])));
    if (methods.size === 0 || methods.has(request.method)) {
      next();
      return;
    }
    response.setHeader('Allow', [...methods, 'OPTIONS'].join(', '));
    if (request.method === 'OPTIONS') response.status(NO_CONTENT).end();
    else sendProblem(response, problem);
  };
}

/** `/v1/units/{code}` stands for every text without a slash, as the routes have it. */
function patternOf(path: string): RegExp {
  const parts = path.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}/?$`, 'i');
}

function methodsOf(described: object): readonly string[] {
  const methods = Object.keys(described).map((method) => method.toUpperCase());
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}
