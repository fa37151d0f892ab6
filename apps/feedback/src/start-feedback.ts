import * as contracts from '@index766/contracts-feedback';
import { topicDocuments, topicsIn } from '@index766/contracts-envelope';
import { startFactService } from '@index766/platform-facts';
import type { RunningHttpApp } from '@index766/platform-http';
import { AppModule } from './app.module';
import { FEEDBACK_ERROR_CODES } from './error-codes';
import type { FeedbackConfig } from './feedback.config';

/** Starts the service: database, reference, what its topics have, consumer, relay, HTTP. */
export function startFeedback(config: FeedbackConfig): Promise<RunningHttpApp> {
  return startFactService('feedback', config, (log) => AppModule.forRoot(config, log), {
    api: {
      title: 'Index 766: feedback',
      description: 'Ratings of dossiers and of answers, petitions with their terms, the yearly survey of satisfaction.',
      version: '1',
    },
    documents: topicDocuments({ title: 'Index 766: feedback', description: 'The public topics of feedback.' }, topicsIn(contracts)),
    errorCodes: [FEEDBACK_ERROR_CODES],
  });
}
