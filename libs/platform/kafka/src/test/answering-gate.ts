import { once } from 'node:events';
import net from 'node:net';

/** Requests of Kafka's protocol by their numbers. */
export const HEARTBEAT = 12;
export const JOIN_GROUP = 11;

const SIZE_BYTES = 4;

/** Stands between clients and a broker: lets everything through, but answers chosen requests itself. */
export class AnsweringGate {
  readonly #answers = new Map<number, Buffer>();

  private constructor(private readonly server: net.Server) {}

  static async open(port: number, broker: { readonly host: string; readonly port: number }): Promise<AnsweringGate> {
    const server = net.createServer((client) => {
      const upstream = net.connect(broker.port, broker.host);
      upstream.pipe(client);
      client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
      let rest: Buffer = Buffer.alloc(0);
      client.on('data', (bytes: Buffer) => {
        rest = gate.#forward(Buffer.concat([rest, bytes]), client, upstream);
      });
    });
    const gate = new AnsweringGate(server);
    server.listen(port, broker.host);
    await once(server, 'listening');
    return gate;
  }

  /** The next request of this kind does not reach the broker and is answered by this. */
  answerNext(request: number, body: Buffer): void {
    this.#answers.set(request, body);
  }

  /** True when each of them was asked for. */
  get hasAnswered(): boolean {
    return this.#answers.size === 0;
  }

  close(): void {
    this.server.close();
  }

  /** Passes whole requests on; answers what is left of the last one. */
  #forward(bytes: Buffer, client: net.Socket, upstream: net.Socket): Buffer {
    let from = 0;
    while (bytes.length - from >= SIZE_BYTES) {
      const end = from + SIZE_BYTES + bytes.readInt32BE(from);
      if (end > bytes.length) break;
      const request = bytes.subarray(from, end);
      const kind = request.readInt16BE(SIZE_BYTES);
      const answer = this.#answers.get(kind);
      if (answer === undefined) upstream.write(request);
      else {
        this.#answers.delete(kind);
        client.write(responseTo(request, answer));
      }
      from = end;
    }
    return Buffer.from(bytes.subarray(from));
  }
}

function responseTo(request: Buffer, body: Buffer): Buffer {
  const head = Buffer.alloc(2 * SIZE_BYTES);
  head.writeInt32BE(SIZE_BYTES + body.length, 0);
  request.copy(head, SIZE_BYTES, SIZE_BYTES + 4, SIZE_BYTES + 8); // the number that answers have from their requests
  return Buffer.concat([head, body]);
}
