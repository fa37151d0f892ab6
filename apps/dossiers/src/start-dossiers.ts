import { startHttpApp, type RunningHttpApp } from '@index766/platform-http';
import { BatchConsumerStrategy } from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';
import { AppModule } from './app.module';
import type { DossiersConfig } from './dossiers.config';
import { DossiersRuntime } from './dossiers.runtime';
import { DOSSIERS_ERROR_CODES } from './error-codes';

/** Starts the service: database, reference, what its topics have, consumer, relay, HTTP. */
export function startDossiers(config: DossiersConfig): Promise<RunningHttpApp> {
  const log = createServiceLog({ service: 'dossiers', level: config.log.level });
  return startHttpApp(AppModule.forRoot(config, log), {
    host: config.http.host,
    port: config.http.port,
    limits: config.http,
    api: {
      title: 'Index 766: dossiers',
      description: 'Dossiers and the facts of their lives: the national push, a command for every fact, the due date explained.',
      version: '1',
    },
    errorCodes: [DOSSIERS_ERROR_CODES],
    isDatabaseAway,
    bodyLimitBytesByPath: { '/v1/national-sync': config.pushBodyLimitBytes },
    beforeListen: async (app) => {
      const runtime = app.get(DossiersRuntime);
      await runtime.reconciliation.run();
      app.connectMicroservice({ strategy: new BatchConsumerStrategy([runtime.consumer]) });
      await app.startAllMicroservices();
      await runtime.start();
    },
  });
}
