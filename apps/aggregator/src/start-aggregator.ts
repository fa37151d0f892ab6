import { startHttpApp, type RunningHttpApp } from '@index766/platform-http';
import { BatchConsumerStrategy } from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import { AggregatorRuntime } from './aggregator.runtime';
import { AppModule } from './app.module';
import { AGGREGATOR_ERROR_CODES } from './error-codes';

/** Starts the aggregator: database, reference, consumers, HTTP. */
export function startAggregator(config: AggregatorConfig): Promise<RunningHttpApp> {
  const log = createServiceLog({ service: 'aggregator', level: config.log.level });
  return startHttpApp(AppModule.forRoot(config, log), {
    host: config.http.host,
    port: config.http.port,
    api: {
      title: 'Index 766: aggregator',
      description: 'The index of Decision 766/QĐ-TTg and the late-officer list of every unit, for any period.',
      version: '1',
    },
    errorCodes: [AGGREGATOR_ERROR_CODES],
    isDatabaseAway,
    beforeListen: async (app) => {
      const runtime = app.get(AggregatorRuntime);
      app.connectMicroservice({ strategy: new BatchConsumerStrategy(runtime.consumers) });
      await app.startAllMicroservices();
      runtime.start();
    },
  });
}
