import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { mongoProbe, referenceProbe, relayProbe } from '@index766/platform-mongo';
import { Health, LOGGER, Metrics, ObservabilityModule, type Logger, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import { TakeProviderEvent } from './application/take-provider-event';
import { CommandGate } from './http/command-gate';
import { CommandsController } from './http/commands.controller';
import { PaymentsController } from './http/payments.controller';
import { ProviderEventsController } from './http/provider-events.controller';
import { ProviderKeys } from './http/provider.guard';
import { PaymentMetrics } from './payment-metrics';
import type { PaymentsConfig } from './payments.config';
import { PaymentsRuntime } from './payments.runtime';
import { ParkedEvents } from './queries/parked-events';
import { ShowPayments } from './queries/show-payments';

@Module({})
export class AppModule {
  static forRoot(config: PaymentsConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [CommandsController, PaymentsController, ProviderEventsController],
      providers: [
        {
          provide: PaymentsRuntime,
          inject: [LOGGER, Metrics, Health],
          useFactory: async (logger: Logger, metrics: Metrics, health: Health) => {
            const runtime = await PaymentsRuntime.open(config, logger, metrics);
            health.addReadiness(mongoProbe(runtime.database));
            health.addReadiness(runtime.reconciliation.readinessProbe());
            health.addReadiness(referenceProbe(runtime.referenceCache));
            health.addReadiness(relayProbe(runtime.relay));
            health.addReadiness(runtime.publisher.readinessProbe());
            for (const consumer of runtime.consumers) {
              health.addReadiness(consumer.readinessProbe());
              health.addLiveness(consumer.livenessProbe());
            }
            return runtime;
          },
        },
        partOf(TakeProviderEvent, ({ useCases }) => useCases.takeProviderEvent),
        partOf(ShowPayments, ({ useCases }) => useCases.showPayments),
        partOf(ParkedEvents, ({ useCases }) => useCases.parkedEvents),
        partOf(UnitScope, ({ useCases }) => useCases.scope),
        partOf(ProviderKeys, ({ useCases }) => useCases.providerKeys),
        partOf(PaymentMetrics, ({ useCases }) => useCases.metrics),
        partOf(CommandGate, ({ useCases }) => new CommandGate(useCases.commandPayments, useCases.scope, useCases.metrics)),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (runtime: PaymentsRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [PaymentsRuntime], useFactory: select };
}
