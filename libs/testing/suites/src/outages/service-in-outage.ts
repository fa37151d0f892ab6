import type { Server } from '@index766/testing-integration';

export type Away = 'database' | 'broker';

/** The service, running on a broker and a database that the suite takes away and brings back. */
export interface RunningServiceInOutage {
  /** Puts the n-th input in; resolves when it is acknowledged, rejects when it is not taken at present. */
  give(number: number): Promise<void>;
  /** How often each input shows at the far end: in the topic that the service writes, or in the database that it keeps. */
  arrived(): Promise<ReadonlyMap<number, number>>;
  /** A request that needs the database: the n-th input, if inputs are requests. It is refused and given again later. */
  ask(number: number): Promise<Response>;
  /** Status of `/health/live` or `/health/ready`. */
  health(probe: 'live' | 'ready'): Promise<number>;
  /** What `/metrics` answers. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

export interface ServiceInOutage {
  readonly name: string;
  /**
   * Starts it, with the topics of its groups and their dead letters.
   * @param limits environment variables: how long it waits for a server before it gives up
   */
  start(servers: { readonly kafka: Server; readonly mongo: Server }, limits: Readonly<Record<string, string>>): Promise<RunningServiceInOutage>;
  /** What acknowledges an input: while that is away none is given. */
  readonly inputNeeds: Away;
  readonly deadLetterTopics: readonly string[];
}
