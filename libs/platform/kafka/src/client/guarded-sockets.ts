import net from 'node:net';
import tls from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_DELAY_MS = 30_000;
const CHECK_INTERVAL_MS = 1_000;

/**
 * The sockets of one kafkajs client. kafkajs times a request out but goes on using the connection, so that one which a
 * network swallowed would be retried on for many minutes. They can be broken off from outside, and break off by themselves
 * when nothing at all is answered for `answerWithinMs` (a login has no time limit in kafkajs).
 */
export class GuardedSockets {
  readonly #open = new Set<net.Socket>();
  #severed = false;

  constructor(private readonly answerWithinMs: number) {}

  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (this.#severed) throw new Error('the connection was given up');
    // kafkajs gives no ssl when there is none, whatever its types say.
    const options = ssl as tls.ConnectionOptions | undefined;
    const socket: net.Socket = options
      ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }), ...options }, onConnect)
      : net.connect({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    breakOffUnanswered(socket, this.answerWithinMs);
    return socket;
  };

  get severed(): boolean {
    return this.#severed;
  }

  breakOff(): void {
    for (const socket of this.#open) socket.destroy(new Error('the connection was given up'));
  }

  /** Breaks all off and makes no new ones. */
  sever(): void {
    this.#severed = true;
    this.breakOff();
  }
}

function breakOffUnanswered(socket: net.Socket, answerWithinMs: number): void {
  let read = 0;
  let writtenWhenRead = 0;
  let waitingSince: number | undefined;
  let checkedAt = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    // A process that was stopped cannot tell how long the broker has been silent.
    const stopped = now - checkedAt > 3 * CHECK_INTERVAL_MS;
    checkedAt = now;
    if (stopped || socket.bytesRead !== read) {
      read = socket.bytesRead;
      writtenWhenRead = socket.bytesWritten;
      waitingSince = undefined;
    } else if (socket.bytesWritten !== writtenWhenRead) {
      waitingSince ??= now;
      if (now - waitingSince > answerWithinMs) {
        socket.destroy(new Error(`no answer from the broker for ${answerWithinMs} ms`));
      }
    }
  }, CHECK_INTERVAL_MS);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}
