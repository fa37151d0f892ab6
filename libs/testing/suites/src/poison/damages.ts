import { HEADER, type EncodedRecord, type TopicContract } from '@index766/contracts-envelope';
import type { RecordToSend } from '@index766/testing-integration';

export interface Damage {
  readonly name: string;
  readonly damage: (record: EncodedRecord) => RecordToSend;
  /** Reason of the dead letter. */
  readonly reason: string;
}

const headers = (record: EncodedRecord, changes: Readonly<Record<string, string>>): RecordToSend => ({ ...record, headers: { ...record.headers, ...changes } });
const without = (record: EncodedRecord, header: string): RecordToSend => ({
  ...record, headers: Object.fromEntries(Object.entries(record.headers).filter(([name]) => name !== header)),
});

const NO_KEY: Damage = { name: 'no key', damage: (record) => ({ ...record, key: null, partition: 0 }), reason: 'ENVELOPE.NO_KEY' };

/** What can happen to records of the topic; a broker takes none without a key for a compacted one. */
export function damagesOf({ retention }: TopicContract): readonly Damage[] {
  return retention === 'compacted' ? DAMAGES : [...DAMAGES, NO_KEY];
}

/** Ways in which a valid record is spoilt, with what every consumer has to say of each. */
const DAMAGES: readonly Damage[] = [
  { name: 'a value that is no JSON', damage: (record) => ({ ...record, value: record.value.subarray(0, -1) }), reason: 'CONTRACT.NOT_JSON' },
  { name: 'a value that is no text', damage: (record) => ({ ...record, value: Buffer.from([0xff, 0x00, 0xfe]) }), reason: 'CONTRACT.NOT_JSON' },
  { name: 'a value against the schema', damage: (record) => ({ ...record, value: '[]' }), reason: 'CONTRACT.INVALID_DATA' },
  { name: 'no value', damage: (record) => ({ ...record, value: null }), reason: 'ENVELOPE.NO_VALUE' },
  {
    name: 'a version that nobody knows', reason: 'CONTRACT.UNKNOWN_TYPE',
    damage: (record) => headers(record, { [HEADER.type]: (record.headers[HEADER.type] ?? '').replace(/\.v\d+$/, '.v99') }),
  },
  { name: 'another version of the envelope', damage: (record) => headers(record, { [HEADER.specVersion]: '2.0' }), reason: 'ENVELOPE.UNSUPPORTED_VERSION' },
  { name: 'no sequence', damage: (record) => without(record, HEADER.sequence), reason: 'ENVELOPE.INVALID_HEADER' },
  { name: 'no type', damage: (record) => without(record, HEADER.type), reason: 'ENVELOPE.MISSING_HEADER' },
  { name: 'another producer', damage: (record) => headers(record, { [HEADER.source]: '/elsewhere' }), reason: 'ENVELOPE.INVALID_HEADER' },
];
