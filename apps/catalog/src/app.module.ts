import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { mongoProbe, relayProbe } from '@index766/platform-mongo';
import { Health, LOGGER, Metrics, ObservabilityModule, type Logger, type ServiceLog } from '@index766/platform-observability';

import { EraseOfficer } from './application/erase-officer';
import { ImportFigures } from './application/import-figures';
import { ImportProcedures } from './application/import-procedures';
import { ImportUnits } from './application/import-units';
import { RecordCalendar } from './application/record-calendar';
import { RecordFigure } from './application/record-figure';
import { RecordOverrides } from './application/record-overrides';
import { RecordProcedure } from './application/record-procedure';
import { RecordUnit } from './application/record-unit';
import { StateOfficer } from './application/state-officer';
import type { CatalogConfig } from './catalog.config';
import { CatalogRuntime } from './catalog.runtime';
import { CalendarsController } from './http/calendars.controller';
import { ImportsController } from './http/imports.controller';
import { OfficersController } from './http/officers.controller';
import { ProceduresController } from './http/procedures.controller';
import { ReportedFiguresController } from './http/reported-figures.controller';
import { UnitsController } from './http/units.controller';
import { CalendarQueries } from './queries/calendar-queries';
import { FigureQueries } from './queries/figure-queries';
import { OfficerQueries } from './queries/officer-queries';
import { ProcedureQueries, UnitQueries } from './queries/reference-queries';

/** Gives use cases and queries their adapters. */
@Module({})
export class AppModule {
  static forRoot(config: CatalogConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log, config.traces), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [
        UnitsController, ProceduresController, CalendarsController, ReportedFiguresController, OfficersController, ImportsController,
      ],
      providers: [
        {
          provide: CatalogRuntime,
          inject: [LOGGER, Metrics, Health],
          useFactory: async (logger: Logger, metrics: Metrics, health: Health) => {
            const runtime = await CatalogRuntime.open(config, logger, metrics);
            health.addReadiness(mongoProbe(runtime.database));
            health.addReadiness(runtime.reconciliation.readinessProbe());
            health.addReadiness(relayProbe(runtime.relay));
            health.addReadiness(runtime.publisher.readinessProbe());
            health.addReadiness(runtime.consumer.readinessProbe());
            health.addLiveness(runtime.consumer.livenessProbe());
            return runtime;
          },
        },
        partOf(RecordUnit, ({ units, database }) => new RecordUnit(units, database)),
        partOf(ImportUnits, ({ units, database }) => new ImportUnits(units, database)),
        partOf(UnitQueries, ({ units, database }) => new UnitQueries(units, database, 'UNIT.NOT_FOUND')),
        partOf(RecordProcedure, ({ procedures, units, database }) => new RecordProcedure(procedures, units, database)),
        partOf(ImportProcedures, ({ procedures, units, database }) => new ImportProcedures(procedures, units, database)),
        partOf(ProcedureQueries, ({ procedures, database }) => new ProcedureQueries(procedures, database, 'PROCEDURE.NOT_FOUND')),
        partOf(RecordCalendar, ({ calendars, units, database }) => new RecordCalendar(calendars, units, database)),
        partOf(RecordOverrides, ({ calendars, units, database }) => new RecordOverrides(calendars, units, database)),
        partOf(CalendarQueries, ({ calendars }) => new CalendarQueries(calendars)),
        partOf(RecordFigure, ({ figures, units, database }) => new RecordFigure(figures, units, database)),
        partOf(ImportFigures, ({ figures, units, database }) => new ImportFigures(figures, units, database)),
        partOf(FigureQueries, ({ figures }) => new FigureQueries(figures)),
        partOf(StateOfficer, ({ officers, units, database }) => new StateOfficer(officers, units, database)),
        partOf(EraseOfficer, ({ officers, units, database }) => new EraseOfficer(officers, units, database)),
        partOf(OfficerQueries, ({ officers, units }) => new OfficerQueries(officers, units)),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, create: (runtime: CatalogRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [CatalogRuntime], useFactory: create };
}
