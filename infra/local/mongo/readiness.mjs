import { exchange } from '../ports.mjs';

const OP_MSG = 2013;

/** An OP_MSG with the document { ping: 1, $db: "admin" }. */
function pingMessage() {
  const fields = Buffer.concat([
    Buffer.from('\x10ping\0', 'latin1'), Buffer.from([1, 0, 0, 0]),
    Buffer.from('\x02$db\0', 'latin1'), Buffer.from([6, 0, 0, 0]), Buffer.from('admin\0', 'latin1'),
  ]);
  const body = Buffer.alloc(4 + fields.length + 1);
  body.writeInt32LE(body.length);
  fields.copy(body, 4);
  const message = Buffer.alloc(16 + 4 + 1 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(1, 4);
  message.writeInt32LE(OP_MSG, 12);
  body.copy(message, 21);
  return message;
}

const isWhole = (answer) => answer.length >= 4 && answer.length >= answer.readInt32LE(0);

/** True once the gateway answers: either with ok or by asking who we are. */
export async function isMongoReady(port) {
  try {
    const text = (await exchange(port, pingMessage(), isWhole, 2000)).toString('latin1');
    return text.includes('\x01ok\0\0\0\0\0\0\0\xf0\x3f') || text.includes('requires authentication');
  } catch {
    return false;
  }
}
