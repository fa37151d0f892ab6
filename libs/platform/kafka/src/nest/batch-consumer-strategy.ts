import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { BatchConsumer } from '../consume/batch-consumer';
import type { ConsumerState, ConsumerStatus } from '../consume/consumer-status';

/** `status` comes whenever the state of one of the consumers changes. */
export interface ConsumerEvents extends Record<string, (status: ConsumerStatus) => void> {
  status: (status: ConsumerStatus) => void;
}

export const BATCH_CONSUMER_TRANSPORT = Symbol('index766:batch-consumers');

/** From the most to the least alarming: the state of several consumers is the most alarming one. */
const BY_ALARM: readonly ConsumerState[] = ['dead', 'recovering', 'starting', 'closing', 'closed', 'running'];

/** After this time an application goes on starting while its consumers still look for the broker. */
const JOIN_PATIENCE_MS = 10_000;

/**
 * Nest's life cycle for batch consumers: `app.connectMicroservice({ strategy: new BatchConsumerStrategy(consumers) })`,
 * `startAllMicroservices()` joins the groups, `close()` drains. Handlers are plain providers, Nest routes nothing.
 */
export class BatchConsumerStrategy extends Server<ConsumerEvents, ConsumerState> implements CustomTransportStrategy {
  override readonly transportId = BATCH_CONSUMER_TRANSPORT;

  constructor(
    private readonly consumers: readonly BatchConsumer[],
    private readonly joinPatienceMs: number = JOIN_PATIENCE_MS,
  ) {
    super();
    for (const consumer of consumers) consumer.onStateChange(() => this._status$.next(this.#state()));
  }

  /**
   * Starts all consumers. Calls back when all have joined, with an error when one can never work, and without one when
   * the broker is not there in time: the application then runs, is not ready, and says why.
   */
  listen(callback: (error?: unknown) => void): void {
    let patience: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, this.joinPatienceMs);
    });
    const joined = Promise.all(this.consumers.map((consumer) => consumer.start()));
    void Promise.race([joined, enough])
      .then(() => callback(), callback)
      .finally(() => clearTimeout(patience));
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
  }

  on<Event extends keyof ConsumerEvents>(event: Event, callback: ConsumerEvents[Event]): void {
    if (event !== 'status') throw new Error(`batch consumers have no event ${String(event)}`);
    for (const consumer of this.consumers) consumer.onStateChange(callback);
  }

  /** The consumers, or what `view` makes of them. */
  unwrap<T>(view: (consumers: readonly BatchConsumer[]) => T = (consumers) => consumers as T): T {
    return view(this.consumers);
  }

  #state(): ConsumerState {
    const states = this.consumers.map((consumer) => consumer.status().state);
    return BY_ALARM.find((state) => states.includes(state)) ?? 'running';
  }
}
