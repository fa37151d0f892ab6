import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { BatchConsumer } from '../consume/batch-consumer';
import type { ConsumerStatus } from '../consume/consumer-status';

/** `status` comes whenever the state of one of the consumers changes. */
export interface ConsumerEvents extends Record<string, (status: ConsumerStatus) => void> {
  status: (status: ConsumerStatus) => void;
}

/** Nest's life cycle for batch consumers: `app.connectMicroservice({ strategy: new BatchConsumerStrategy(consumers) })`. */
export declare class BatchConsumerStrategy extends Server<ConsumerEvents> implements CustomTransportStrategy {
  constructor(consumers: readonly BatchConsumer[]);
  listen(callback: (error?: unknown) => void): void;
  close(): Promise<void>;
  on<Event extends keyof ConsumerEvents, Callback extends ConsumerEvents[Event]>(event: Event, callback: Callback): void;
  unwrap<T>(): T;
}
