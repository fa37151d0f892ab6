import * as contracts from '@index766/contracts-aggregator';
import { topicDocuments, topicsIn } from '@index766/contracts-envelope';
import { startHttpApp, type RunningHttpApp } from '@index766/platform-http';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import { AppModule } from './app.module';
import { DecisionsRuntime } from './decisions.runtime';
import { EditionsRuntime } from './editions.runtime';
import { AGGREGATOR_ERROR_CODES } from './error-codes';
import { LiveAggregator } from './live-aggregator';

/** Starts the aggregator: databases, reference, what the topic of decisions has, consumers, HTTP. */
export function startAggregator(config: AggregatorConfig): Promise<RunningHttpApp> {
  const log = createServiceLog({ service: 'aggregator', level: config.log.level });
  return startHttpApp(AppModule.forRoot(config, log), {
    host: config.http.host,
    port: config.http.port,
    limits: config.http,
    api: {
      title: 'Index 766: aggregator',
      description: 'The index of Decision 766/QĐ-TTg and the late-officer list of every unit, for any period.',
      version: '1',
    },
    documents: topicDocuments({ title: 'Index 766: aggregator', description: 'The public topics of aggregator.' }, topicsIn(contracts)),
    errorCodes: [AGGREGATOR_ERROR_CODES],
    isDatabaseAway,
    // Not by Nest's connectMicroservice: consumers are replaced while the application runs.
    beforeListen: async (app) => {
      await app.get(DecisionsRuntime).start();
      await app.get(LiveAggregator).start();
      app.get(EditionsRuntime).start();
    },
  });
}
