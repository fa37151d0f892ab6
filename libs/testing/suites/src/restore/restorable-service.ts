import type { TopicContract } from '@index766/contracts-envelope';
import type { OpenDatabase, Server } from '@index766/testing-integration';

/** What the suite has to know of a service. */
export interface RestorableService {
  readonly name: string;
  /** Those that the service writes. */
  readonly topics: readonly TopicContract[];
  /** Collections of its aggregates, and what of a document has to be the same after a restore. */
  readonly collections: Readonly<Record<string, (document: Readonly<Record<string, unknown>>) => unknown>>;
  /** A database and a broker of the suite's own, with the topics and without a member. */
  open(): Promise<RestorableInstallation>;
}

export interface RestorableInstallation {
  readonly kafka: Server;
  readonly documents: OpenDatabase;
  /** Starts one more member; resolves when it takes commands. @param port 0 = a free one */
  startMember(port?: number): Promise<void>;
  /** Stops all members in order. */
  stopMembers(): Promise<void>;
  /**
   * Makes things number `from` to `to` happen, through a member: each leads to several records, and to the same ones
   * whenever it is repeated. Some keys are new, some are those of earlier numbers.
   */
  write(from: number, to: number): Promise<void>;
  /** Stops members and servers. */
  close(): Promise<void>;
}
