import { newAggregate, toWrite } from './aggregate-document';
import { RECORD_LIMIT_BYTES } from './outbox-entry';

const now = new Date('2026-11-24T00:00:00Z');
const record = (bytes: number) => ({ topic: 't', key: 'k', sequence: 1, headers: {}, value: Buffer.alloc(bytes) });

describe('the write of a change', () => {
  it('compares the version that was read, and marks the outbox with the next', () => {
    const of = { id: 'd1', version: 7, pending: 0 };
    expect(toWrite<{ a: number; b?: number }>({ of, set: { a: 1 }, unset: ['b'], records: [record(3)] }, 5, now)).toEqual({
      id: 'd1',
      remnant: { _id: 'd1', version: 8 },
      operation: {
        updateOne: {
          filter: { _id: 'd1', version: 7 },
          update: {
            $set: { a: 1, slot: 5 },
            $unset: { b: '' },
            $inc: { version: 1 },
            $push: { outbox: { $each: [{ ...record(3), headers: '{}', version: 8 }] } },
            $min: { outboxAt: now },
          },
          upsert: true,
        },
      },
    });
  });

  it('leaves the outbox alone when nothing is sent', () => {
    const { operation } = toWrite({ of: { id: 'd1', version: 2, pending: 0 }, set: { a: 1 } }, 5, now);
    expect(operation).toEqual({
      updateOne: { filter: { _id: 'd1', version: 2 }, update: { $set: { a: 1, slot: 5 }, $inc: { version: 1 } }, upsert: true },
    });
  });

  it('inserts a new aggregate whole: another writer of the same is told by its id', () => {
    expect(toWrite<{ a: number; b?: number }>({ of: newAggregate('d1'), set: { a: 1 }, unset: ['b'], records: [record(3)] }, 5, now)).toEqual({
      id: 'd1',
      operation: {
        insertOne: { document: { _id: 'd1', version: 1, slot: 5, a: 1, outbox: [{ ...record(3), headers: '{}', version: 1 }], outboxAt: now } },
      },
    });
    expect(toWrite({ of: newAggregate('d1'), set: { a: 1 } }, 5, now).operation).toEqual({
      insertOne: { document: { _id: 'd1', version: 1, slot: 5, a: 1 } },
    });
  });

  it.each(['_id', 'version', 'slot', 'outbox', 'outboxAt'])('does not let a state write the store’s field %s', (field) => {
    expect(() => toWrite({ of: newAggregate('d1'), set: { [field]: 1 } }, 0, now)).toThrow(field);
    expect(() => toWrite<Record<string, unknown>>({ of: newAggregate('d1'), set: {}, unset: [field] }, 0, now)).toThrow(field);
  });

  it('takes a record of 64 kB and no larger one', () => {
    const change = (bytes: number) => ({ of: newAggregate('d1'), set: {}, records: [record(bytes)] });
    expect(() => toWrite(change(RECORD_LIMIT_BYTES), 0, now)).not.toThrow();
    expect(() => toWrite(change(RECORD_LIMIT_BYTES + 1), 0, now)).toThrow(RangeError);
  });
});
