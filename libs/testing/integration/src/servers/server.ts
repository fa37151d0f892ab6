import type { ChildEntry } from './process-family';

/** A server that specs use: it answers from the moment the handle exists. */
export interface Server {
  /** `host:port` of the broker, or the whole `mongodb://` address with the account in it. */
  readonly address: string;
  /** Ends it without warning, as a power cut does. What it acknowledged stays on its disk. */
  kill(): Promise<void>;
  /** Starts it again on the same address and the same disk, after kill(). */
  restart(): Promise<void>;
  /** Ends it in order and removes what it stored. */
  stop(): Promise<void>;
}

/** A listener of the broker for clients that come by a proxy: `name` in capitals, ports of 127.0.0.1. */
export interface ListenerBehind {
  readonly name: string;
  /** Where the broker listens. */
  readonly port: number;
  /** Where the proxy listens: what the broker tells such a client to connect to. */
  readonly advertisedPort: number;
}

/** A server as processes of this machine, each of which can be killed or stopped alone. */
export interface ServerProcess<Part extends string = string> extends Server {
  readonly parts: readonly Part[];
  /** Kills one part; the launcher then ends the others too. Without a part: all at once. */
  kill(part?: Part): Promise<void>;
  /** Resolves when it runs no more, whoever ended it. */
  ended(): Promise<void>;
  /** SIGSTOP to a part and all its children: connections stay, nothing answers. */
  pause(part: Part): void;
  resume(part: Part): void;
  /** Processes that a part has started for its work. */
  children(part: Part): readonly ChildEntry[];
}

/** Starts servers in one way (containers, or processes of this machine). Ports are free ones, on 127.0.0.1. */
export interface ServerSource {
  readonly kind: 'containers' | 'processes';
  startKafka(): Promise<Server>;
  startMongo(): Promise<Server>;
}
