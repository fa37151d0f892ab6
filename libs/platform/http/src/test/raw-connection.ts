import { connect, type Socket } from 'node:net';

/** One connection on which bytes are sent as they are, and everything that comes back is kept. */
export class RawConnection {
  private text = '';
  private readonly listeners = new Set<() => void>();

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      this.text += part;
      this.tell();
    });
    // What a reset connection has said before is looked at all the same.
    socket.on('error', () => this.tell());
    socket.on('close', () => this.tell());
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RawConnection(socket);
  }

  send(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  /** Resolves to all that was answered once it holds the text; rejects when the connection ends without it. */
  async answered(text: string): Promise<string> {
    await this.when(() => this.text.includes(text) || this.socket.destroyed);
    if (!this.text.includes(text)) throw new Error(`the connection ended without ${text}; it said: ${this.text}`);
    return this.text;
  }

  /** Resolves to all that was answered before the other side ended the connection. */
  async ended(): Promise<string> {
    await this.when(() => this.socket.destroyed);
    return this.text;
  }

  close(): void {
    this.socket.destroy();
  }

  private async when(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        const once = (): void => {
          this.listeners.delete(once);
          resolve();
        };
        this.listeners.add(once);
      });
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** Codes of all problems in the answers of a connection, in their order. */
export function problemCodes(answers: string): readonly string[] {
  return [...answers.matchAll(/"code":"([A-Z_.]+)"/g)].map(([, code = '']) => code);
}

/** Status of each answer of a connection, in their order. */
export function statuses(answers: string): readonly number[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
