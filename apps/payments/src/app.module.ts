import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { FactService, factServiceProvider } from '@index766/platform-facts';
import { ObservabilityModule, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import { TakeProviderEvent } from './application/take-provider-event';
import { CommandGate } from './http/command-gate';
import { CommandsController } from './http/commands.controller';
import { PaymentsController } from './http/payments.controller';
import { ProviderEventsController } from './http/provider-events.controller';
import { ProviderKeys } from './http/provider.guard';
import { PaymentMetrics } from './payment-metrics';
import type { PaymentsConfig } from './payments.config';
import { openPayments, type PaymentsUseCases } from './payments.runtime';
import { ParkedEvents } from './queries/parked-events';
import { ShowPayments } from './queries/show-payments';

@Module({})
export class AppModule {
  static forRoot(config: PaymentsConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log, config.traces), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [CommandsController, PaymentsController, ProviderEventsController],
      providers: [
        factServiceProvider((logger, metrics) => openPayments(config, logger, metrics)),
        partOf(TakeProviderEvent, ({ takeProviderEvent }) => takeProviderEvent),
        partOf(ShowPayments, ({ showPayments }) => showPayments),
        partOf(ParkedEvents, ({ parkedEvents }) => parkedEvents),
        partOf(UnitScope, ({ scope }) => scope),
        partOf(ProviderKeys, ({ providerKeys }) => providerKeys),
        partOf(PaymentMetrics, ({ metrics }) => metrics),
        partOf(CommandGate, (useCases) => new CommandGate(useCases.commandPayments, useCases.scope, useCases.metrics)),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (useCases: PaymentsUseCases) => T): FactoryProvider<T> {
  return { provide, inject: [FactService], useFactory: (service: FactService<PaymentsUseCases>) => select(service.useCases) };
}
