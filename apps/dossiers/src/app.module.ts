import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { FactService, factServiceProvider } from '@index766/platform-facts';
import { ObservabilityModule, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import { CompleteSource } from './application/complete-source';
import { HearSource } from './application/hear-source';
import { TakePush } from './application/take-push';
import { DossierMetrics } from './dossier-metrics';
import type { DossiersConfig } from './dossiers.config';
import { openDossiers, type DossiersUseCases } from './dossiers.runtime';
import { CommandGate } from './http/command-gate';
import { CommandsController } from './http/commands.controller';
import { DossiersController } from './http/dossiers.controller';
import { SourcesController } from './http/sources.controller';
import { WhatIfController } from './http/what-if.controller';
import { NationalSyncController } from './intake/national-sync.controller';
import { OfficerPseudonyms } from './intake/officer-pseudonyms';
import { DueDateChanges } from './queries/due-date-changes';
import { ShowDossier } from './queries/show-dossier';
import { WhatIfCalendar } from './queries/what-if-calendar';

@Module({})
export class AppModule {
  static forRoot(config: DossiersConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log, config.traces), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [NationalSyncController, CommandsController, DossiersController, WhatIfController, SourcesController],
      providers: [
        factServiceProvider((logger, metrics) => openDossiers(config, logger, metrics)),
        partOf(TakePush, ({ takePush }) => takePush),
        partOf(HearSource, ({ hearSource }) => hearSource),
        partOf(CompleteSource, ({ completeSource }) => completeSource),
        partOf(ShowDossier, ({ showDossier }) => showDossier),
        partOf(DueDateChanges, ({ dueDateChanges }) => dueDateChanges),
        partOf(WhatIfCalendar, ({ whatIfCalendar }) => whatIfCalendar),
        partOf(UnitScope, ({ scope }) => scope),
        partOf(OfficerPseudonyms, ({ pseudonyms }) => pseudonyms),
        partOf(DossierMetrics, ({ metrics }) => metrics),
        partOf(CommandGate, (useCases) => new CommandGate(useCases.commandDossier, useCases.scope, useCases.metrics)),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (useCases: DossiersUseCases) => T): FactoryProvider<T> {
  return { provide, inject: [FactService], useFactory: (service: FactService<DossiersUseCases>) => select(service.useCases) };
}
