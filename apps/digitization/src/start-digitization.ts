import { startHttpApp, type RunningHttpApp } from '@index766/platform-http';
import { BatchConsumerStrategy } from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';
import { AppModule } from './app.module';
import type { DigitizationConfig } from './digitization.config';
import { DigitizationRuntime } from './digitization.runtime';
import { DIGITIZATION_ERROR_CODES } from './error-codes';

/** Starts the service: database, reference, what its topic has, consumers, relay, HTTP. */
export function startDigitization(config: DigitizationConfig): Promise<RunningHttpApp> {
  const log = createServiceLog({ service: 'digitization', level: config.log.level });
  return startHttpApp(AppModule.forRoot(config, log), {
    host: config.http.host,
    port: config.http.port,
    limits: config.http,
    api: {
      title: 'Index 766: digitization',
      description: 'The papers of dossiers: components digitised and reused, data of the population, electronic results, from pushes and by command.',
      version: '1',
    },
    errorCodes: [DIGITIZATION_ERROR_CODES],
    isDatabaseAway,
    beforeListen: async (app) => {
      const runtime = app.get(DigitizationRuntime);
      await runtime.reconciliation.run();
      app.connectMicroservice({ strategy: new BatchConsumerStrategy(runtime.consumers) });
      await app.startAllMicroservices();
      await runtime.start();
    },
  });
}
