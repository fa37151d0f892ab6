import { once } from 'node:events';
import net from 'node:net';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; at least two bytes, so that it can be sent in two parts. */
  readonly body: string;
}

/** A request of which the service has the head and a part of the body. */
export interface HalfSentRequest {
  /** Sends the rest; resolves to the status of the answer, or to undefined when the connection ends without one. */
  finish(): Promise<number | undefined>;
}

export async function sendHalf(url: string, { method, path, headers, body }: SentRequest): Promise<HalfSentRequest> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => { answer += text; });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => socket.destroy()); // seen as the lack of an answer
  const bytes = Buffer.from(body);
  const lines = { ...headers, host: `${hostname}:${port}`, 'content-type': 'application/json', 'content-length': String(bytes.length), connection: 'close' };
  socket.write(`${method} ${path} HTTP/1.1\r\n${Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  socket.write(bytes.subarray(0, 1));
  return {
    async finish() {
      socket.write(bytes.subarray(1));
      await closed;
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
      return status === undefined ? undefined : Number(status);
    },
  };
}
