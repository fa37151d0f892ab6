import { versionBegun, type UnitVersioned } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import { FactService, FactServiceBasis, RoundTicker } from '@index766/platform-facts';
import { foldBack } from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import { CachedVersions, UnitScope, UnitTree } from '@index766/platform-reference';
import { CommandPayments } from './application/command-payments';
import { TakeProviderEvent } from './application/take-provider-event';
import { IntakeBatchHandler } from './consumers/intake.batch-handler';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import { ProviderKeys } from './http/provider.guard';
import { PaymentMetrics } from './payment-metrics';
import type { PaymentsConfig } from './payments.config';
import { MongoPayments, PAYMENT_COLLECTION } from './persistence/mongo-payments';
import { foldBackPayments } from './persistence/payments-fold-back';
import type { PaymentsFields } from './persistence/payments.mapper';
import { parseProviders } from './providers/payment-providers';
import { ParkedEvents } from './queries/parked-events';
import { ShowPayments } from './queries/show-payments';

const PARKED_COUNTED_EVERY_MS = 10_000;

export interface PaymentsUseCases {
  readonly commandPayments: CommandPayments;
  readonly takeProviderEvent: TakeProviderEvent;
  readonly showPayments: ShowPayments;
  readonly parkedEvents: ParkedEvents;
  readonly scope: UnitScope;
  readonly providerKeys: ProviderKeys;
  readonly metrics: PaymentMetrics;
}

/** Opens the database, loads the reference and puts everything together: the only place that knows ports and adapters. */
export async function openPayments(config: PaymentsConfig, log: Logger, metrics: Metrics): Promise<FactService<PaymentsUseCases>> {
  const basis = await FactServiceBasis.open({ name: 'payments', collections: [PAYMENT_COLLECTION], config, log, metrics });
  const { database, clock } = basis;
  const store = basis.store<PaymentsFields>(PAYMENT_COLLECTION);
  const payments = new MongoPayments(store, database);
  const reference = await basis.followReference(REFERENCE_TOPICS, payments.indexes);
  const units = new UnitTree(new CachedVersions<UnitVersioned>(reference.cache, 'unit'), versionBegun);
  const paymentMetrics = new PaymentMetrics(metrics);
  const intake = new IntakeBatchHandler(payments, (newFacts) => paymentMetrics.pushesTaken(newFacts));
  return new FactService(basis, {
    writes: [foldBack({ topic: paymentTopic, store, foldBack: foldBackPayments })],
    reference,
    reads: [basis.read('payments.intake', [intakeTopic, dossierTopic], intake)],
    tickers: [
      new RoundTicker({
        round: async () => paymentMetrics.parkedCounted(await payments.countParked()), everyMs: PARKED_COUNTED_EVERY_MS, log,
        failure: 'parked events could not be counted',
      }),
    ],
    useCases: {
      commandPayments: new CommandPayments(payments, clock),
      takeProviderEvent: new TakeProviderEvent(payments, clock, config.eventToleranceMs),
      showPayments: new ShowPayments(payments, clock),
      parkedEvents: new ParkedEvents(payments),
      scope: new UnitScope(units, clock),
      // The configuration was checked: the list is of its form.
      providerKeys: new ProviderKeys(parseProviders(config.providers.reveal()) ?? [], clock, config.eventToleranceMs),
      metrics: paymentMetrics,
    },
  });
}
