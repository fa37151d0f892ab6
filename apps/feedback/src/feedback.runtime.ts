import { createSecretKey } from 'node:crypto';
import type { CalendarVersioned, UnitVersioned } from '@index766/contracts-catalog';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { FactService, FactServiceBasis, RoundTicker } from '@index766/platform-facts';
import { foldBack } from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import { CachedVersions, UnitScope } from '@index766/platform-reference';
import { CommandPetition } from './application/command-petition';
import { CommandRating } from './application/command-rating';
import { KeepSurveys } from './application/keep-surveys';
import { SettleLinks } from './application/settle-links';
import { SpeakByToken } from './application/speak-by-token';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import type { PetitionRules } from './domain/petition-command';
import { FeedbackMetrics } from './feedback-metrics';
import type { FeedbackConfig } from './feedback.config';
import { RatingTokens } from './http/rating-tokens';
import { WordLimit } from './http/word-limit.guard';
import { foldBackFeedback, foldBackPetition } from './persistence/feedback-fold-back';
import type { FeedbackFields } from './persistence/feedback.mapper';
import { FEEDBACK_COLLECTION, mongoFeedbacks } from './persistence/mongo-feedbacks';
import { MongoPetitions, PETITION_COLLECTION } from './persistence/mongo-petitions';
import { MongoSurveys } from './persistence/mongo-surveys';
import type { PetitionFields } from './persistence/petition.mapper';
import { Calendars } from './queries/calendars';
import { ShowFeedback } from './queries/show-feedback';
import { ShowPetitions } from './queries/show-petitions';
import { ShowSurvey } from './queries/show-survey';

const LINKS_EVERY_MS = 2_000;

export interface FeedbackUseCases {
  readonly commandRating: CommandRating;
  readonly commandPetition: CommandPetition;
  readonly speakByToken: SpeakByToken;
  readonly keepSurveys: KeepSurveys;
  readonly showFeedback: ShowFeedback;
  readonly showPetitions: ShowPetitions;
  readonly showSurvey: ShowSurvey;
  readonly scope: UnitScope;
  readonly tokens: RatingTokens;
  readonly wordLimit: WordLimit;
  readonly rules: PetitionRules;
  readonly metrics: FeedbackMetrics;
}

/** Opens the database, loads the reference and puts everything together: the only place that knows ports and adapters. */
export async function openFeedback(config: FeedbackConfig, log: Logger, metrics: Metrics): Promise<FactService<FeedbackUseCases>> {
  const basis = await FactServiceBasis.open({ name: 'feedback', collections: [FEEDBACK_COLLECTION, PETITION_COLLECTION], config, log, metrics });
  const { database, clock } = basis;
  const feedbackStore = basis.store<FeedbackFields>(FEEDBACK_COLLECTION);
  const petitionStore = basis.store<PetitionFields>(PETITION_COLLECTION);
  const feedbacks = mongoFeedbacks(feedbackStore, database);
  const petitions = new MongoPetitions(petitionStore, database);
  const surveys = new MongoSurveys(database);
  const reference = await basis.followReference(REFERENCE_TOPICS, [...feedbacks.indexes, ...petitions.indexes]);
  const calendars = new Calendars(
    new CachedVersions<UnitVersioned>(reference.cache, 'unit'), new CachedVersions<CalendarVersioned>(reference.cache, 'calendar'), config.calendarId,
  );
  const rules: PetitionRules = { isKnownUnit: (unit) => calendars.isKnownUnit(unit, clock.now()), changeWithinMs: config.changeWithinMs };
  const settleLinks = new SettleLinks(feedbacks, petitions);
  const feedbackMetrics = new FeedbackMetrics(metrics);
  return new FactService(basis, {
    writes: [
      foldBack({ topic: dossierFeedbackTopic, store: feedbackStore, foldBack: foldBackFeedback }),
      foldBack({ topic: petitionTopic, store: petitionStore, foldBack: foldBackPetition }),
    ],
    reference,
    tickers: [
      // Tells of petitions what a crash or an outage left untold.
      new RoundTicker({
        round: async () => feedbackMetrics.linksPending(await settleLinks.round()), everyMs: LINKS_EVERY_MS, log,
        failure: 'links of petitions could not be settled',
      }),
    ],
    useCases: {
      commandRating: new CommandRating(feedbacks, clock),
      commandPetition: new CommandPetition(petitions, settleLinks, clock),
      speakByToken: new SpeakByToken(feedbacks, petitions, clock, rules),
      keepSurveys: new KeepSurveys(surveys, clock),
      showFeedback: new ShowFeedback(feedbacks, clock),
      showPetitions: new ShowPetitions(petitions, calendars, clock),
      showSurvey: new ShowSurvey(surveys),
      scope: new UnitScope(calendars, clock),
      tokens: new RatingTokens(createSecretKey(Buffer.from(config.tokenKey.reveal()))),
      wordLimit: new WordLimit(config.ratingsPerMinute, () => performance.now()),
      rules,
      metrics: feedbackMetrics,
    },
  });
}
