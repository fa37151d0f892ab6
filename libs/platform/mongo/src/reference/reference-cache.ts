import type { Logger } from '@index766/platform-observability';
import { isDatabaseAway } from '../failures/database-failure';
import type { Fenced } from '../documents/fenced-documents';
import { endsWithin, pause } from '../timing';
import type { ReferenceCollection } from './reference-collection';

const DEFAULT_POLL_MS = 1_000;
/** What `fresh` makes sure of: several polls, so that it asks only where polls failed or the process was stopped. */
const FRESH_MS = 5_000;
const STOP_WITHIN_MS = 500;
/** Everything is read again so often: mends what a server's clock that ran backwards would hide. */
const FULL_READ_MS = 600_000;

export interface ReferenceCacheOptions<Content> {
  /** Default 1,000. */
  readonly pollMs?: number;
  readonly log?: Logger;
  /** After each refresh that changed something, the first load included. */
  readonly onChange?: (changed: ReadonlyMap<string, Content>) => void;
}

/** All documents of a reference collection in memory, refreshed every second. */
export class ReferenceCache<Content extends object> {
  readonly #known = new Map<string, Fenced<Content>>();
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #ready = false;
  #failing = false;
  #revision = 0;
  #readFrom: Date | undefined;
  #fullReadAt: number | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly source: Pick<ReferenceCollection<Content>, 'changedSince'>,
    private readonly options: ReferenceCacheOptions<Content> = {},
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  /** True once loaded. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Counts the refreshes that changed something: for whoever derives something from the whole. */
  get revision(): number {
    return this.#revision;
  }

  get size(): number {
    return this.#known.size;
  }

  find(id: string): Content | undefined {
    return this.#known.get(id)?.content;
  }

  *entries(): IterableIterator<[string, Content]> {
    for (const [id, { content }] of this.#known) yield [id, content];
  }

  /** Resolves after the first load; keeps trying while the database is away. */
  async start(): Promise<void> {
    while (!this.#ready && !this.#stopping.signal.aborted) {
      if (!(await this.tryRefresh())) await pause(this.options.pollMs ?? DEFAULT_POLL_MS, this.#stopping.signal);
    }
    this.#loop ??= this.run();
  }

  /** A read that waits for the database is not waited for. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#loop) await endsWithin(this.#loop, STOP_WITHIN_MS);
  }

  /**
   * Resolves when what is known is at most five seconds old: before a decision that a member with an older memory must not
   * take. Reads only where the polls could not: the database was away or the process was stopped.
   */
  async fresh(): Promise<void> {
    if (this.monotonic() - this.#readAt > FRESH_MS) await this.refresh();
  }

  /** Reads what changed now: for whoever cannot wait for the next poll. */
  async refresh(): Promise<void> {
    const startedAt = this.monotonic();
    const isFull = this.#fullReadAt === undefined || startedAt - this.#fullReadAt >= FULL_READ_MS;
    const { documents, next } = await this.source.changedSince(isFull ? undefined : this.#readFrom, (id) => this.#known.get(id)?.rev ?? 0);
    const changed = new Map<string, Content>();
    for (const document of documents) {
      if ((this.#known.get(document.id)?.rev ?? 0) >= document.rev) continue;
      this.#known.set(document.id, document);
      changed.set(document.id, document.content);
    }
    this.#readFrom = next;
    this.#readAt = Math.max(this.#readAt, startedAt);
    if (isFull) this.#fullReadAt = startedAt;
    if (changed.size > 0) this.#revision += 1;
    this.#ready = true;
    if (changed.size > 0) this.options.onChange?.(changed);
  }

  private async run(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      await pause(this.options.pollMs ?? DEFAULT_POLL_MS, signal);
      if (signal.aborted) return;
      await this.tryRefresh();
    }
  }

  private async tryRefresh(): Promise<boolean> {
    try {
      await this.refresh();
      this.#failing = false;
      return true;
    } catch (error) {
      // What is known goes on serving; the next poll reads the same changes. An outage is told once, when it begins.
      const level = isDatabaseAway(error) ? 'warn' : 'error';
      if (!this.#failing) this.options.log?.[level]({ err: error }, 'reference documents could not be refreshed');
      this.#failing = true;
      return false;
    }
  }
}
