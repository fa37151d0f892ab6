import fc from 'fast-check';
import { recordFrame, recordIn, type CopiedRecord } from './record-frame';

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const readable = fc.string().map((text) => Buffer.from(text));
const content = fc.oneof(bytes, readable);
const record: fc.Arbitrary<CopiedRecord> = fc.record({
  partition: fc.nat({ max: 47 }),
  key: fc.option(content),
  value: fc.option(content),
  headers: fc.dictionary(fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'), fc.oneof(content, fc.array(content, { minLength: 1, maxLength: 3 }))),
});

describe('a record in a backup', () => {
  it('comes back with the bytes that it had, whatever they are', () => {
    fc.assert(fc.property(record, (given) => {
      expect(recordIn(recordFrame(given))).toEqual({ ...given, headers: { ...given.headers } });
    }), { seed: 766 });
  });

  it('is readable where it is text, with its length in front', () => {
    const frame = Buffer.from(recordFrame({ partition: 3, key: Buffer.from('H44.1-1'), headers: { ce_id: Buffer.from('x') }, value: Buffer.from('{"tên":"Ví Dụ"}') }));

    expect(frame.readInt32LE()).toBe(frame.length);
    expect(JSON.parse(frame.subarray(4).toString('utf8'))).toEqual({ partition: 3, key: 'H44.1-1', headers: { ce_id: 'x' }, value: '{"tên":"Ví Dụ"}' });
  });
});
