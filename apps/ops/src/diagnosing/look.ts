import { codeOf, OpsFailure } from '../failure';
import type { AddressConfig, BrokerConfig } from '../ops.config';
import { Broker } from '../services/broker';
import { openLetters } from '../services/letter-desk';
import { seriesOf } from './metric-sums';
import type { BrokerSeen, Seen, ServiceSeen } from './diagnose';

const ANSWER_WITHIN_MS = 5_000;

/** Looks at everything at once; what cannot be asked is told as such and keeps nothing else from being looked at. */
export async function lookAtAll(addresses: AddressConfig, broker: BrokerConfig): Promise<Seen> {
  const at = Date.now();
  const [services, brokerSeen] = await Promise.all([
    Promise.all(Object.entries(addresses).map(([service, url]) => lookAtService(service, url))),
    lookAtBroker(broker),
  ]);
  return { at, services, broker: brokerSeen };
}

async function lookAtService(service: string, url: string): Promise<ServiceSeen> {
  try {
    const [live, ready, metrics] = await Promise.all(['health/live', 'health/ready', 'metrics'].map((path) => ask(`${url}/${path}`)));
    if (live === undefined || ready === undefined || metrics === undefined) throw new Error('nothing was asked');
    return { service, url, isLive: live.status === 200, notReady: reasonsIn(ready.text), clockAheadMs: ready.clockAheadMs, series: seriesOf(metrics.text) };
  } catch (error) {
    return { service, url, away: codeOf(error) ?? (error instanceof Error ? error.message : 'no connection') };
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly clockAheadMs: number;
}

async function ask(url: string): Promise<Answer> {
  const before = Date.now();
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const text = await response.text();
  const stated = Date.parse(response.headers.get('date') ?? '');
  return { status: response.status, text, clockAheadMs: Number.isNaN(stated) ? 0 : stated - (before + Date.now()) / 2 };
}

function reasonsIn(text: string): Readonly<Record<string, readonly string[]>> {
  const { probes = {} } = JSON.parse(text) as { readonly probes?: Readonly<Record<string, { readonly healthy: boolean; readonly reasons?: readonly string[] }>> };
  return Object.fromEntries(Object.entries(probes).flatMap(([name, { healthy, reasons = [] }]) => (healthy ? [] : [[name, reasons]])));
}

async function lookAtBroker(config: BrokerConfig): Promise<BrokerSeen> {
  const broker = new Broker(config);
  try {
    const topicsUnfit = await complaintOf(() => broker.verifyTopics());
    if (topicsUnfit?.startsWith('TOPICS.') === false) return { away: topicsUnfit };
    const [lags, watermarks] = [await broker.lags(), await broker.watermarks()];
    const letters = topicsUnfit === undefined ? await openLetters(config) : [];
    return { lags, watermarks, letters, ...(topicsUnfit === undefined ? {} : { topicsUnfit }) };
  } catch (error) {
    if (error instanceof OpsFailure) return { away: error.message };
    throw error;
  }
}

/** What an operation has against what it found; undefined: nothing. */
async function complaintOf(operation: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await operation();
    return undefined;
  } catch (error) {
    if (error instanceof OpsFailure) return error.message;
    throw error;
  }
}
