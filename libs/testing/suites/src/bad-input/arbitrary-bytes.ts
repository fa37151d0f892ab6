import fc from 'fast-check';

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes of a good body, damaged on their way: flipped, cut, doubled, filled with others, or in another encoding. */
export function damagedBytes(text: string): fc.Arbitrary<Buffer> {
  const good = Buffer.from(text);
  const place = fc.nat({ max: Math.max(0, good.length - 1) });
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((each) => Buffer.from(each));
  return fc.oneof(
    fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }).map((flips) => flipped(good, flips)),
    place.map((at) => good.subarray(0, at)),
    fc.tuple(place, bytes).map(([at, more]) => Buffer.concat([good.subarray(0, at), more, good.subarray(at)])),
    fc.tuple(place, place).map(([from, to]) => Buffer.concat([good.subarray(0, Math.max(from, to)), good.subarray(Math.min(from, to))])),
    fc.tuple(place, bytes).map(([at, others]) => Buffer.concat([good.subarray(0, at), others, good.subarray(at + others.length)])),
    fc.constantFrom(
      Buffer.concat([UTF8_BOM, good]), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16(), Buffer.from(`${text}é`, 'latin1'),
      Buffer.concat([good, good]), Buffer.concat([good, Buffer.from([0])]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xc0, 0x80]),
    ),
  );
}

/** A JSON text in which the first object has one of its fields twice, or one that no object should have. */
export function doubledKeys(text: string): fc.Arbitrary<string> {
  const names = [...new Set([...text.matchAll(/"([^"\\]{1,40})":/g)].map(([, name = '']) => name))];
  return fc.tuple(fc.constantFrom(...names, '__proto__'), fc.constantFrom('null', '""', '[]', '{}', '1e400', '-1', '"x"'))
    .map(([name, value]) => text.replace('{', `{${JSON.stringify(name)}:${value},`));
}

function flipped(good: Buffer, flips: readonly (readonly [number, number])[]): Buffer {
  const bytes = Buffer.from(good);
  for (const [at, mask] of flips) bytes.writeUInt8((bytes[at] ?? 0) ^ mask, at);
  return bytes;
}
