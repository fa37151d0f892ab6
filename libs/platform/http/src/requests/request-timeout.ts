import type { RequestHandler } from 'express';
import type { ProblemCatalog } from '../problems/problem';
import { sendProblem } from '../problems/problem.filter';

/**
 * Answers with SERVICE.TIMEOUT when a request takes too long. The work goes on: commands can be repeated, so the caller
 * finds out by asking again.
 */
export function answerInTime(timeoutMs: number, catalog: ProblemCatalog): RequestHandler {
  const problem = catalog.problemOf({ code: 'SERVICE.TIMEOUT', detail: `no answer within ${timeoutMs} ms; send it again` });
  return (_request, response, next) => {
    const timer = setTimeout(() => {
      if (!response.headersSent) sendProblem(response, problem);
    }, timeoutMs);
    response.once('close', () => clearTimeout(timer));
    next();
  };
}
