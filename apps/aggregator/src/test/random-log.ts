import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import { encodeRecord, encodeWatermark, envelopeOf } from '@index766/contracts-envelope';
import { instantOf, parseInstant } from '@index766/kernel';
import type { OutgoingRecord } from '@index766/platform-kafka';

/** A step of this name makes the broken handler of a spec fail. */
export const BROKEN_STEP = 'broken';
const SECOND = 1_000;

/** The same numbers for the same seed, each in [0, 1). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Stretches of a log of dossiers' facts as producers under faults write it: facts out of order and above holes, some
 * recorded long before they are written, watermarks between them, copies of what was sent already, records that nobody
 * can read. Two dossiers never lose their hole.
 */
export function randomLog({ seed, stretches, partitions }: { readonly seed: number; readonly stretches: number; readonly partitions: number }): readonly OutgoingRecord[][] {
  const random = seededNumbers(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const chance = (probability: number): boolean => random() < probability;
  const dossiers = Array.from({ length: 24 }, (_, index) => ({ id: `H44.1-20261001-${String(index + 1).padStart(4, '0')}`, next: 1, held: [] as OutgoingRecord[] }));
  const sent: OutgoingRecord[] = [];
  let now = parseInstant('2026-10-05T01:00:00Z') as number;

  const fact = (id: string, sequence: number): OutgoingRecord => {
    const recordedAt = instantOf(now - (chance(0.2) ? below(600) * SECOND : 0));
    const [contract, body] = sequence === 1
      ? [dossierFactContracts['dossier-received'], { unit: `H44.${1 + below(3)}`, procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }] as const
      : [dossierFactContracts['step-assigned'], { step: chance(0.05) ? BROKEN_STEP : `s${sequence}` }] as const;
    const envelope = envelopeOf(dossierTopic, { type: contract.type, occurredAt: recordedAt, recordedAt, subject: id, sequence });
    return { topic: dossierTopic.name, ...encodeRecord(envelope, body, contract) };
  };
  const watermark = (partition: number): OutgoingRecord =>
    ({ topic: dossierTopic.name, partition, ...encodeWatermark('dossiers', instantOf(now - 30 * SECOND)) });

  const stretch = (): OutgoingRecord[] => {
    const records: OutgoingRecord[] = [];
    for (let count = 0; count < 120; count += 1) {
      now += below(20) * SECOND;
      const dossier = dossiers[below(dossiers.length)];
      if (dossier === undefined) continue;
      const made = fact(dossier.id, dossier.next);
      dossier.next += 1;
      if (chance(0.1)) dossier.held.push(made);
      else records.push(made);
      if (chance(0.3) && dossiers.indexOf(dossier) > 1) records.push(...dossier.held.splice(0));
      if (chance(0.1)) records.push(...[...sent, ...records].slice(-1 - below(50)).slice(0, 3));
      if (chance(0.05)) records.push({ topic: dossierTopic.name, key: dossier.id, headers: {}, value: Buffer.from('{') });
      if (chance(0.1)) records.push(watermark(below(partitions)));
    }
    sent.push(...records);
    return records;
  };
  return Array.from({ length: stretches }, stretch);
}
