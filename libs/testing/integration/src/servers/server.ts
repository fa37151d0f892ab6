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

/** Starts servers in one way (containers, or processes of this machine). Ports are free ones, on 127.0.0.1. */
export interface ServerSource {
  readonly kind: 'containers' | 'processes';
  startKafka(): Promise<Server>;
  startMongo(): Promise<Server>;
}
