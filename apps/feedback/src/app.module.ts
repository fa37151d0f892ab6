import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { mongoProbe, referenceProbe, relayProbe } from '@index766/platform-mongo';
import { Health, LOGGER, Metrics, ObservabilityModule, type Logger, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import { KeepSurveys } from './application/keep-surveys';
import { SpeakByToken } from './application/speak-by-token';
import { FeedbackMetrics } from './feedback-metrics';
import type { FeedbackConfig } from './feedback.config';
import { FeedbackRuntime } from './feedback.runtime';
import { CommandGate } from './http/command-gate';
import { PetitionsController } from './http/petitions.controller';
import { RatingTokens } from './http/rating-tokens';
import { RatingsController } from './http/ratings.controller';
import { SurveysController } from './http/surveys.controller';
import { WordLimit } from './http/word-limit.guard';
import { WordsController } from './http/words.controller';
import { ShowFeedback } from './queries/show-feedback';
import { ShowPetitions } from './queries/show-petitions';
import { ShowSurvey } from './queries/show-survey';

@Module({})
export class AppModule {
  static forRoot(config: FeedbackConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [RatingsController, PetitionsController, WordsController, SurveysController],
      providers: [
        {
          provide: FeedbackRuntime,
          inject: [LOGGER, Metrics, Health],
          useFactory: async (logger: Logger, metrics: Metrics, health: Health) => {
            const runtime = await FeedbackRuntime.open(config, logger, metrics);
            health.addReadiness(mongoProbe(runtime.database));
            health.addReadiness(runtime.reconciliation.readinessProbe());
            health.addReadiness(referenceProbe(runtime.referenceCache));
            health.addReadiness(relayProbe(runtime.relay));
            health.addReadiness(runtime.publisher.readinessProbe());
            health.addReadiness(runtime.consumer.readinessProbe());
            health.addLiveness(runtime.consumer.livenessProbe());
            return runtime;
          },
        },
        partOf(SpeakByToken, ({ useCases }) => useCases.speakByToken),
        partOf(KeepSurveys, ({ useCases }) => useCases.keepSurveys),
        partOf(ShowFeedback, ({ useCases }) => useCases.showFeedback),
        partOf(ShowPetitions, ({ useCases }) => useCases.showPetitions),
        partOf(ShowSurvey, ({ useCases }) => useCases.showSurvey),
        partOf(UnitScope, ({ useCases }) => useCases.scope),
        partOf(RatingTokens, ({ useCases }) => useCases.tokens),
        partOf(WordLimit, ({ useCases }) => useCases.wordLimit),
        partOf(FeedbackMetrics, ({ useCases }) => useCases.metrics),
        partOf(CommandGate, ({ useCases }) => new CommandGate(
          { rating: useCases.commandRating, petition: useCases.commandPetition }, useCases.rules, useCases.scope, useCases.metrics,
        )),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (runtime: FeedbackRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [FeedbackRuntime], useFactory: select };
}
