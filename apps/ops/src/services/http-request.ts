import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, OpsFailure } from '../failure';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A file of rows, instead of a body of JSON. */
  readonly csv?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly json: unknown;
}

const PATIENCE_MS = 120_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const ANSWER_WITHIN_MS = 60_000;
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;

/**
 * Sends a request and repeats it while the service is away or overloaded (no connection, 503, 429), for two minutes;
 * every request of this program may be repeated. Throws an `OpsFailure` when the time is over.
 */
export async function request(asked: HttpRequest, patienceMs = PATIENCE_MS): Promise<HttpAnswer> {
  const end = Date.now() + patienceMs;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    const answer = await attempt(asked);
    if (answer.kind === 'answered') return answer;
    if (Date.now() + wait > end) throw new OpsFailure(`${new URL(asked.url).origin} does not answer: ${answer.why}.`);
    await pause(Math.max(wait, answer.retryAfterMs));
  }
}

/** The problem of an answer (RFC 9457) in one line: code, detail and every part. */
export function describeProblem({ status, json }: HttpAnswer): string {
  const problem = typeof json === 'object' && json !== null ? json as { code?: unknown; detail?: unknown; errors?: unknown } : {};
  const parts = Array.isArray(problem.errors) ? (problem.errors as { path?: unknown; detail?: unknown }[]) : [];
  const told = [problem.code, problem.detail, ...parts.map(({ path, detail }) => `${String(path)}: ${String(detail)}`)];
  return [`status ${status}`, ...told.filter((part) => typeof part === 'string')].join(', ');
}

type Attempt = (HttpAnswer & { readonly kind: 'answered' }) | { readonly kind: 'away'; readonly why: string; readonly retryAfterMs: number };

async function attempt({ method, url, token, headers = {}, body, csv }: HttpRequest): Promise<Attempt> {
  try {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(csv !== undefined ? { 'content-type': 'text/csv' } : body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(csv !== undefined ? { body: csv } : body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === UNAVAILABLE || response.status === TOO_MANY_REQUESTS) {
      return { kind: 'away', why: `status ${response.status}`, retryAfterMs: Number(response.headers.get('retry-after') ?? 0) * 1_000 || 0 };
    }
    return { kind: 'answered', status: response.status, json: jsonOf(text) };
  } catch (error) {
    return { kind: 'away', why: reasonOf(error), retryAfterMs: 0 };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Metrics and proxies answer in plain text.
    return text;
  }
}

function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : 'no connection');
}
