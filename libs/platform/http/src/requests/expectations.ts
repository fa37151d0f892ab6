import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { PROBLEM_CONTENT_TYPE, type ProblemCatalog } from '../problems/problem';

const EXPECTATION_FAILED = 417;

/**
 * `Expect: 100-continue` gets its answer when the body is about to be read, not before: a client whose token or length is
 * refused never sends it. Another expectation is refused (RFC 9110 §10.1.1).
 */
export function answerExpectations(server: Server, catalog: ProblemCatalog): void {
  const problem = JSON.stringify(catalog.problemOf({ code: 'REQUEST.EXPECTATION_FAILED', detail: 'Expect takes 100-continue alone' }));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => server.emit('request', request, response));
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(EXPECTATION_FAILED, { 'Content-Type': PROBLEM_CONTENT_TYPE }).end(problem);
  });
}

/** Tells a client that waits with its body to send it. */
export function goOnSending(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
}
