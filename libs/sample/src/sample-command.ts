import { formatInstant, instantOf, type Instant } from '@index766/kernel';

/** A command as a service takes it: POST below `/v1/`. */
export interface SampleCommand {
  readonly path: string;
  readonly headers: Readonly<Record<'Idempotency-Key' | 'X-Recorded-At', string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What happens is written down a little later. */
const WRITTEN_DOWN_MS = 60_000;

export function commandAt(path: string, at: Instant, body: object): SampleCommand {
  return {
    path,
    headers: { 'Idempotency-Key': `sample:${path.slice(path.lastIndexOf('/') + 1)}`, 'X-Recorded-At': formatInstant(instantOf(at + WRITTEN_DOWN_MS)) },
    body: { ...body, occurredAt: formatInstant(at) },
  };
}
