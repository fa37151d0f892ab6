import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '@index766/kernel';
import type { LimitMetrics } from '../limits/limit-metrics';
import { PROBLEM_CONTENT_TYPE, type ProblemCatalog } from '../problems/problem';

type Reason = Parameters<LimitMetrics['broken']['add']>[0]['reason'];

const REFUSALS: Readonly<Record<Reason, Refusal>> = {
  malformed: { code: 'REQUEST.MALFORMED', detail: 'this is no request of HTTP/1.1' },
  'head-too-large': { code: 'REQUEST.HEAD_TOO_LARGE', detail: 'the address and the headers are too long' },
  'too-slow': { code: 'REQUEST.TOO_SLOW', detail: 'the request did not come in time' },
};

/**
 * Answers what is no request (bytes that are no HTTP, a length and chunks at once, a head that is too large) or does not
 * come to its end in time with problem details, then ends the connection. Node would answer with an empty 400.
 */
export function answerBrokenRequests(server: Server, catalog: ProblemCatalog, metrics: LimitMetrics): void {
  const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const ofConnection = unanswered.get(request.socket) ?? new Set();
    unanswered.set(request.socket, ofConnection.add(response));
    response.once('close', () => ofConnection.delete(response));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const reason = reasonOf(error);
    if (reason !== undefined) metrics.broken.add({ reason });
    if (reason === undefined || !socket.writable || !isAboutTheNextAnswer(unanswered.get(socket))) {
      socket.destroy();
      return;
    }
    socket.end(answerText(catalog, REFUSALS[reason]), () => socket.destroy());
  });
}

/** Undefined: the connection broke, and nobody is there to be told. */
function reasonOf({ code = '' }: NodeJS.ErrnoException): Reason | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  if (code === 'HPE_HEADER_OVERFLOW') return 'head-too-large';
  return code.startsWith('HPE_') ? 'malformed' : undefined;
}

/** A client that sends request after request would take this answer for the one to an earlier request in work. */
function isAboutTheNextAnswer(unanswered: ReadonlySet<ServerResponse> = new Set()): boolean {
  const [first, ...others] = unanswered;
  return first === undefined || (others.length === 0 && !first.headersSent && !first.req.complete);
}

function answerText(catalog: ProblemCatalog, refusal: Refusal): string {
  const problem = catalog.problemOf(refusal);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Connection: close',
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
