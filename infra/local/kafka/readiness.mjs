import { exchange } from '../ports.mjs';

const METADATA = 3;
const METADATA_VERSION = 1;
const CLIENT = 'readiness';

/** A Metadata v1 request for no topic: size, key, version, correlation, client id, then an empty list of topics. */
function metadataRequest() {
  const head = Buffer.alloc(10);
  head.writeInt16BE(METADATA, 0);
  head.writeInt16BE(METADATA_VERSION, 2);
  head.writeInt32BE(1, 4);
  head.writeInt16BE(CLIENT.length, 8);
  const body = Buffer.concat([head, Buffer.from(CLIENT), Buffer.alloc(4)]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

const isWhole = (answer) => answer.length >= 4 && answer.length >= 4 + answer.readInt32BE(0);

/** True once the broker answers and lists itself. */
export async function isKafkaReady(port) {
  try {
    const answer = await exchange(port, metadataRequest(), isWhole);
    const brokers = answer.readInt32BE(8);
    return brokers > 0;
  } catch {
    return false;
  }
}
