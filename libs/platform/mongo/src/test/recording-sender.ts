import type { RecordSender, RelayRecord } from '../relay/relay-lane';

/** A broker of the specs' own: keeps what it is sent, and can refuse or be made to wait. */
export class RecordingSender implements RecordSender {
  readonly log: RelayRecord[] = [];
  sends = 0;
  /** Runs before the records are taken; a rejection is the broker being away. */
  beforeTaking: (records: readonly RelayRecord[]) => Promise<void> = () => Promise.resolve();
  /** Runs after the records are taken and before the sender knows. */
  afterTaking: (records: readonly RelayRecord[]) => Promise<void> = () => Promise.resolve();

  async send(records: readonly RelayRecord[]): Promise<void> {
    await this.beforeTaking(records);
    this.sends += 1;
    this.log.push(...records);
    await this.afterTaking(records);
  }
}

/** Sequences of each key in the order in which each first arrived. */
export function firstArrivals(log: readonly RelayRecord[]): Record<string, number[]> {
  const arrivals: Record<string, number[]> = {};
  for (const { topic, key, headers } of log) {
    const seen = (arrivals[`${topic} ${key}`] ??= []);
    const sequence = Number(headers['ce_sequence']);
    if (!seen.includes(sequence)) seen.push(sequence);
  }
  return arrivals;
}

export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
