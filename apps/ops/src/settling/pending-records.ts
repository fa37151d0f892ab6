import { OpsFailure } from '../failure';
import type { AddressConfig } from '../ops.config';
import { request } from '../services/http-request';

const PENDING = /^outbox_pending_entries(?:\{[^}]*\})? (\S+)$/gm;

/** Records that wait in the outboxes of all services that have one, as their own metrics say. */
export function pendingRecords({ aggregator: _sendsNoFacts, ...producers }: AddressConfig): Promise<readonly { service: string; entries: number }[]> {
  return Promise.all(Object.entries(producers).map(async ([service, url]) => {
    const { status, json } = await request({ method: 'GET', url: `${url}/metrics` });
    if (status !== 200 || typeof json !== 'string') throw new OpsFailure(`The service ${service} shows no metrics at ${url}/metrics.`);
    return { service, entries: sumOfPending(json) };
  }));
}

const GENERATION = /^index_generation (\d+)$/m;

/** Generation of figures that the aggregator serves, as its own metrics say. */
export async function servedGeneration({ aggregator }: AddressConfig): Promise<number> {
  const { status, json } = await request({ method: 'GET', url: `${aggregator}/metrics` });
  const [, generation] = GENERATION.exec(status === 200 && typeof json === 'string' ? json : '') ?? [];
  if (generation === undefined) throw new OpsFailure(`The aggregator does not tell at ${aggregator}/metrics which generation it serves.`);
  return Number(generation);
}

/** Sum over all relays of one exposition text. */
export function sumOfPending(exposition: string): number {
  return [...exposition.matchAll(PENDING)].reduce((sum, [, value]) => sum + Number(value), 0);
}
