import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Refusal } from '@index766/kernel';
import type { Logger } from '@index766/platform-observability';
import type { Request, Response } from 'express';
import { refusalOfForeignError } from './foreign-error';
import { PROBLEM_CONTENT_TYPE, type Problem, type ProblemCatalog } from './problem';
import { RefusalException } from './refusal.exception';

const RETRY_AFTER_SECONDS = 5;

const DATABASE_AWAY: Refusal = { code: 'SERVICE.DATABASE_AWAY', detail: 'the database cannot be reached; try again' };
const FAILED: Refusal = { code: 'SERVICE.FAILED', detail: 'the request failed for a reason that is in the log of the service' };

export interface ProblemFilterOptions {
  readonly catalog: ProblemCatalog;
  readonly logger: Logger;
  /** Whether an error means that the database cannot be reached now. */
  readonly isDatabaseAway: (error: unknown) => boolean;
}

/** Answers everything that is thrown with problem details (RFC 9457). Nothing of an unknown error leaves the service. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly options: ProblemFilterOptions) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    if (isLateAnswer(error, response)) {
      this.options.logger.debug('a request was done after its time was over');
      return;
    }
    const problem = this.problemOf(error);
    this.report(error, problem, http.getRequest<Request>());
    sendProblem(response, problem);
  }

  private problemOf(error: unknown): Problem {
    const { catalog, isDatabaseAway } = this.options;
    if (error instanceof RefusalException) return catalog.problemOf(error.refusal, error.parts);
    const refusal = refusalOfForeignError(error);
    if (refusal) return catalog.problemOf(refusal);
    return catalog.problemOf(isDatabaseAway(error) ? DATABASE_AWAY : FAILED);
  }

  private report(error: unknown, { code, status }: Problem, request: Request): void {
    const { logger, catalog } = this.options;
    const fields = { code, status, method: request.method, route: routeOf(request) };
    if (!catalog.lists(code)) logger.warn(fields, 'a refusal has a code that no list mentions');
    if (status === 500) logger.error({ ...fields, err: error }, 'a request failed');
    else if (status === 503) logger.warn({ ...fields, err: error }, 'a request was put off');
    else logger.debug(fields, 'a request was refused');
  }
}

/** SERVICE.TIMEOUT was answered meanwhile, and Express cannot send the answer that came in the end. */
function isLateAnswer(error: unknown, response: Response): boolean {
  const code = error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;
  return response.writableEnded && code === 'ERR_HTTP_HEADERS_SENT';
}

/** Answers with a problem, unless the answer has begun: then the connection is cut, so that it cannot pass for whole. */
export function sendProblem(response: Response, problem: Problem, retryAfterSeconds: number = RETRY_AFTER_SECONDS): void {
  if (response.writableEnded) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(problem.status).setHeader('Content-Type', PROBLEM_CONTENT_TYPE);
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (problem.status === 503 || problem.status === 429) response.setHeader('Retry-After', String(retryAfterSeconds));
  response.end(JSON.stringify(problem));
}

function routeOf(request: Request): string {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'unmatched';
}
