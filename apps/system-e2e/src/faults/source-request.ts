import type { SampleCommand, Push } from '@index766/sample';
import type { ServiceName } from '../test/services';

/** What a source or a desk sends to a service, as often as it takes until it is accepted. */
export interface SourceRequest {
  readonly service: ServiceName;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For messages. */
  readonly what: string;
}

export type SourceAnswer = 'accepted' | { readonly notNow: string } | { readonly refused: string };

const OK = 200;
/** Answers after which a source sends the same again. */
const NOT_NOW: readonly number[] = [429, 503];
const SHOWN = 500;

export function pushRequest(push: Push): SourceRequest {
  return { service: 'dossiers', path: '/v1/national-sync', headers: {}, body: JSON.stringify(push), what: `a push about ${push.data[0]?.MaHoSo ?? 'nothing'}` };
}

export function feedbackRequest({ path, headers, body }: SampleCommand): SourceRequest {
  return { service: 'feedback', path: `/v1/${path}`, headers, body: JSON.stringify(body), what: path };
}

/** Sends it once; no answer within the time is "not now". */
export async function attempt(url: string, { path, headers, body }: SourceRequest, token: string, withinMs: number): Promise<SourceAnswer> {
  let answer: { readonly status: number; readonly text: string };
  try {
    const response = await fetch(`${url}${path}`, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers }, body,
      signal: AbortSignal.timeout(withinMs),
    });
    answer = { status: response.status, text: await response.text() };
  } catch (error) {
    return { notNow: error instanceof Error ? error.message : String(error) };
  }
  if (NOT_NOW.includes(answer.status)) return { notNow: `status ${answer.status}` };
  return answer.status === OK && isTakenWhole(answer.text) ? 'accepted' : { refused: `${answer.status}: ${answer.text.slice(0, SHOWN)}` };
}

/** A push is answered 200 also when some of it was refused; other commands say no error code then. */
function isTakenWhole(text: string): boolean {
  return ((JSON.parse(text) as { readonly error_code?: string }).error_code ?? '0') === '0';
}
