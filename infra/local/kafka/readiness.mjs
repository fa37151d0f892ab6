import { exchange } from '../ports.mjs';

const METADATA = { key: 3, version: 1, body: Buffer.alloc(4) }; // of no topic
const API_VERSIONS = { key: 18, version: 0, body: Buffer.alloc(0) };
const CLIENT = 'readiness';

/** A request: size, key, version, correlation, client id, body. */
function requestOf({ key, version, body }) {
  const head = Buffer.alloc(10);
  head.writeInt16BE(key, 0);
  head.writeInt16BE(version, 2);
  head.writeInt32BE(1, 4);
  head.writeInt16BE(CLIENT.length, 8);
  const rest = Buffer.concat([head, Buffer.from(CLIENT), body]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(rest.length);
  return Buffer.concat([size, rest]);
}

const isWhole = (answer) => answer.length >= 4 && answer.length >= 4 + answer.readInt32BE(0);

/** True once the broker answers and lists itself; one that asks for a login (`secured`) says before it only what it speaks. */
export async function isKafkaReady(port, { secured = false } = {}) {
  try {
    const answer = await exchange(port, requestOf(secured ? API_VERSIONS : METADATA), isWhole);
    return secured ? answer.readInt16BE(8) === 0 : answer.readInt32BE(8) > 0;
  } catch {
    return false;
  }
}
