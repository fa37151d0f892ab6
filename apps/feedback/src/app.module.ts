import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { FactService, factServiceProvider } from '@index766/platform-facts';
import { ObservabilityModule, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import { KeepSurveys } from './application/keep-surveys';
import { SpeakByToken } from './application/speak-by-token';
import { FeedbackMetrics } from './feedback-metrics';
import type { FeedbackConfig } from './feedback.config';
import { openFeedback, type FeedbackUseCases } from './feedback.runtime';
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
      imports: [ObservabilityModule.forRoot(log, config.traces), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [RatingsController, PetitionsController, WordsController, SurveysController],
      providers: [
        factServiceProvider((logger, metrics) => openFeedback(config, logger, metrics)),
        partOf(SpeakByToken, ({ speakByToken }) => speakByToken),
        partOf(KeepSurveys, ({ keepSurveys }) => keepSurveys),
        partOf(ShowFeedback, ({ showFeedback }) => showFeedback),
        partOf(ShowPetitions, ({ showPetitions }) => showPetitions),
        partOf(ShowSurvey, ({ showSurvey }) => showSurvey),
        partOf(UnitScope, ({ scope }) => scope),
        partOf(RatingTokens, ({ tokens }) => tokens),
        partOf(WordLimit, ({ wordLimit }) => wordLimit),
        partOf(FeedbackMetrics, ({ metrics }) => metrics),
        partOf(CommandGate, (useCases) => new CommandGate(
          { rating: useCases.commandRating, petition: useCases.commandPetition }, useCases.rules, useCases.scope, useCases.metrics,
        )),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (useCases: FeedbackUseCases) => T): FactoryProvider<T> {
  return { provide, inject: [FactService], useFactory: (service: FactService<FeedbackUseCases>) => select(service.useCases) };
}
