import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { localDayOf } from '@index766/kernel';
import { AuthModule } from '@index766/platform-auth';
import { Health, LOGGER, Metrics, ObservabilityModule, type Logger, type ServiceLog } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import type { AggregatorRuntime } from './aggregator.runtime';
import { DecisionsRuntime } from './decisions.runtime';
import { EditionCommands, EditionKeeper, EditionQueries } from './editions';
import { EditionCommandsController } from './editions/http/edition-commands.controller';
import { EDITION_SEAL, EditionKeysController } from './editions/http/edition-keys.controller';
import { EditionsController } from './editions/http/editions.controller';
import { EditionsRuntime } from './editions.runtime';
import { ExplanationQueries } from './explanations';
import { ExplanationsController } from './explanations/http/explanations.controller';
import { following } from './following-provider';
import { IntegrityQueries, ReviewChange, ReviewFlag } from './integrity';
import { IntegrityController } from './integrity/http/integrity.controller';
import { DecideObjection, DossierQueries, LateGroupQueries, LateOfficerQueries, ObjectToLateness, OfficerNaming, TodaysListQueries } from './lateness';
import { LateGroupsController } from './lateness/http/late-groups.controller';
import { LatenessController } from './lateness/http/lateness.controller';
import { ObjectionsController } from './lateness/http/objections.controller';
import { TodaysListController } from './lateness/http/todays-list.controller';
import { LiveAggregator } from './live-aggregator';
import { ImportPortalFigures, ReconciliationQueries } from './reconciliation';
import { PortalFiguresController } from './reconciliation/http/portal-figures.controller';
import { ReconciliationController } from './reconciliation/http/reconciliation.controller';
import { Reference } from './reference';
import { PlanQueries, RankingQueries, ScoreQueries, countsIn } from './scores';
import { RankingsController } from './scores/http/rankings.controller';
import { ScoresController } from './scores/http/scores.controller';

@Module({})
export class AppModule {
  static forRoot(config: AggregatorConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log, config.traces), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [
        ScoresController, RankingsController, LatenessController, ObjectionsController, TodaysListController, LateGroupsController, IntegrityController, ExplanationsController, PortalFiguresController, ReconciliationController,
        EditionsController, EditionCommandsController, EditionKeysController,
      ],
      providers: [
        {
          provide: DecisionsRuntime,
          inject: [LOGGER, Metrics, Health],
          useFactory: async (logger: Logger, metrics: Metrics, health: Health) => {
            const runtime = await DecisionsRuntime.open(config, logger, metrics);
            for (const probe of runtime.readinessProbes()) health.addReadiness(probe);
            return runtime;
          },
        },
        {
          provide: LiveAggregator,
          inject: [DecisionsRuntime, LOGGER, Metrics, Health],
          useFactory: async (beside: DecisionsRuntime, logger: Logger, metrics: Metrics, health: Health) => {
            const live = await LiveAggregator.open(config, beside, logger, metrics);
            for (const probe of live.readinessProbes()) health.addReadiness(probe);
            for (const probe of live.livenessProbes()) health.addLiveness(probe);
            return live;
          },
        },
        {
          provide: EditionsRuntime,
          inject: [DecisionsRuntime, LiveAggregator, LOGGER, Metrics],
          useFactory: (decided: DecisionsRuntime, live: LiveAggregator, logger: Logger, metrics: Metrics) =>
            EditionsRuntime.open(config, decided, live, logger, metrics),
        },
        { provide: EditionQueries, inject: [EditionsRuntime], useFactory: ({ queries }: EditionsRuntime) => queries },
        { provide: EditionKeeper, inject: [EditionsRuntime], useFactory: ({ keeper }: EditionsRuntime) => keeper },
        { provide: EditionCommands, inject: [EditionsRuntime], useFactory: ({ commands }: EditionsRuntime) => commands },
        { provide: EDITION_SEAL, inject: [EditionsRuntime], useFactory: ({ seal }: EditionsRuntime) => seal },
        partOf(ScoreQueries, (runtime) => runtime.scoreQueries),
        partOf(RankingQueries, (runtime) => runtime.rankingQueries),
        partOf(PlanQueries, (runtime) => runtime.planQueries),
        partOf(ExplanationQueries, (runtime) => runtime.explanationQueries),
        partOf(LateOfficerQueries, (runtime) => runtime.lateOfficerQueries),
        partOf(DossierQueries, (runtime) => runtime.dossierQueries),
        partOf(LateGroupQueries, (runtime) => runtime.lateGroupQueries),
        partOf(IntegrityQueries, (runtime) => runtime.integrityQueries),
        partOf(TodaysListQueries, (runtime) => runtime.todaysListQueries),
        partOf(OfficerNaming, (runtime) => runtime.officerNaming),
        partOf(Reference, (runtime) => runtime.reference),
        {
          provide: ObjectToLateness,
          inject: [DecisionsRuntime, LateOfficerQueries, Reference],
          useFactory: ({ takeDecision }: DecisionsRuntime, lists: LateOfficerQueries, reference: Reference) =>
            new ObjectToLateness(takeDecision, lists, reference),
        },
        {
          provide: ReviewChange,
          inject: [DecisionsRuntime, IntegrityQueries, Reference],
          useFactory: ({ database, takeDecision }: DecisionsRuntime, changes: IntegrityQueries, reference: Reference) => new ReviewChange({
            takeDecision, changes, countsIn: (unit) => countsIn(reference.treeOn(localDayOf(database.now())), unit),
          }),
        },
        {
          provide: ReviewFlag,
          inject: [DecisionsRuntime, IntegrityQueries, Reference],
          useFactory: ({ database, takeDecision }: DecisionsRuntime, flags: IntegrityQueries, reference: Reference) => new ReviewFlag({
            takeDecision, flags, countsIn: (unit) => countsIn(reference.treeOn(localDayOf(database.now())), unit),
          }),
        },
        {
          provide: DecideObjection,
          inject: [DecisionsRuntime, Reference],
          useFactory: ({ takeDecision }: DecisionsRuntime, reference: Reference) => new DecideObjection(takeDecision, reference),
        },
        {
          provide: ImportPortalFigures,
          inject: [DecisionsRuntime, Reference],
          useFactory: ({ takeDecision }: DecisionsRuntime, reference: Reference) => new ImportPortalFigures(takeDecision, reference),
        },
        {
          provide: ReconciliationQueries,
          inject: [DecisionsRuntime, ScoreQueries],
          useFactory: ({ decisions }: DecisionsRuntime, scores: ScoreQueries) => new ReconciliationQueries(decisions, scores),
        },
      ],
    };
  }
}

function partOf<T extends object>(provide: Type<T>, select: (runtime: AggregatorRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [LiveAggregator], useFactory: (live: LiveAggregator) => following(() => select(live.current)) };
}
