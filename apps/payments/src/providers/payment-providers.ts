import { CASH_DESK, STATED_BY_PUSH, type OnlineChannel } from '@index766/payment-life';

/** A provider whose events are taken. */
export interface PaymentProvider {
  readonly name: string;
  /** Where its payments are made: a provider works for one channel. */
  readonly channel: OnlineChannel;
  /** Keys that sign its events. Several while one is replaced by another. */
  readonly keys: readonly string[];
}

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
const SHORTEST_KEY = 32;
const MOST_KEYS = 5;
const CHANNELS: readonly string[] = ['national-portal', 'province-gateway'] satisfies readonly OnlineChannel[];

/**
 * Reads the list of providers: `[{ "name": "bank-a", "channel": "national-portal", "keys": ["…"] }]`. Undefined if it is
 * not of that form, names a provider twice or under a reserved name, or has a key that is too short to be one.
 */
export function parseProviders(text: string): readonly PaymentProvider[] | undefined {
  const list = parseJson(text);
  if (!Array.isArray(list)) return undefined;
  const providers = list.flatMap((entry: unknown) => (isProvider(entry) ? [entry] : []));
  const names = new Set(providers.map(({ name }) => name));
  return providers.length === list.length && names.size === list.length ? providers : undefined;
}

function isProvider(entry: unknown): entry is PaymentProvider {
  if (entry === null || typeof entry !== 'object') return false;
  const { name, channel, keys } = entry as Readonly<Record<string, unknown>>;
  return typeof name === 'string' && NAME.test(name) && name !== STATED_BY_PUSH && name !== CASH_DESK
    && typeof channel === 'string' && CHANNELS.includes(channel)
    && Array.isArray(keys) && keys.length > 0 && keys.length <= MOST_KEYS
    && keys.every((key) => typeof key === 'string' && key.length >= SHORTEST_KEY);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
