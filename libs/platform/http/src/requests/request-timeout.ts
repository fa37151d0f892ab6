import type { RequestHandler } from 'express';
import type { ProblemCatalog } from '../problems/problem';
import { sendProblem } from '../problems/problem.filter';

export interface AnswerTimes {
  /** Longest time until an answer begins. */
  readonly answerMs: number;
  /** Longest time after that until the client has taken it. */
  readonly takeMs: number;
}

/**
 * Answers with SERVICE.TIMEOUT when a request takes too long. The work goes on: commands can be repeated, so the caller
 * finds out by asking again. A client that does not take its answer is cut off: it would keep the answer in memory.
 */
export function answerInTime({ answerMs, takeMs }: AnswerTimes, catalog: ProblemCatalog): RequestHandler {
  const problem = catalog.problemOf({ code: 'SERVICE.TIMEOUT', detail: `no answer within ${answerMs} ms; send it again` });
  return (_request, response, next) => {
    const timer = setTimeout(() => {
      if (!response.headersSent) sendProblem(response, problem);
    }, answerMs);
    const cut = setTimeout(() => response.destroy(), answerMs + takeMs);
    response.once('close', () => {
      clearTimeout(timer);
      clearTimeout(cut);
    });
    next();
  };
}
