import type { AddressConfig } from '../ops.config';
import type { Broker } from '../services/broker';
import { pendingRecords, servedGeneration } from './pending-records';
import type { Underway } from './settle';

/** What is on its way in the system that these addresses and this broker belong to. */
export function underwayIn(addresses: AddressConfig, broker: Pick<Broker, 'lags'>): Underway {
  return {
    outboxes: () => pendingRecords(addresses),
    lags: () => broker.lags(),
    generation: () => servedGeneration(addresses),
  };
}
