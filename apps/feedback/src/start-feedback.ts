import { startHttpApp, type RunningHttpApp } from '@index766/platform-http';
import { BatchConsumerStrategy } from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';
import { AppModule } from './app.module';
import { FEEDBACK_ERROR_CODES } from './error-codes';
import type { FeedbackConfig } from './feedback.config';
import { FeedbackRuntime } from './feedback.runtime';

/** Starts the service: database, reference, what its topics have, consumer, relay, HTTP. */
export function startFeedback(config: FeedbackConfig): Promise<RunningHttpApp> {
  const log = createServiceLog({ service: 'feedback', level: config.log.level });
  return startHttpApp(AppModule.forRoot(config, log), {
    host: config.http.host,
    port: config.http.port,
    limits: config.http,
    api: {
      title: 'Index 766: feedback',
      description: 'Ratings of dossiers and of answers, petitions with their terms, the yearly survey of satisfaction.',
      version: '1',
    },
    errorCodes: [FEEDBACK_ERROR_CODES],
    isDatabaseAway,
    beforeListen: async (app) => {
      const runtime = app.get(FeedbackRuntime);
      await runtime.reconciliation.run();
      app.connectMicroservice({ strategy: new BatchConsumerStrategy([runtime.consumer]) });
      await app.startAllMicroservices();
      await runtime.start();
    },
  });
}
