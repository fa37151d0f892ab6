import { startHttpApp, type RunningHttpApp } from '@index766/platform-http';
import { BatchConsumerStrategy } from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';
import { AppModule } from './app.module';
import { PAYMENTS_ERROR_CODES } from './error-codes';
import { SIGNED_PATHS } from './http/provider-events.controller';
import type { PaymentsConfig } from './payments.config';
import { PaymentsRuntime } from './payments.runtime';

/** Starts the service: database, reference, what its topic has, consumers, relay, HTTP. */
export function startPayments(config: PaymentsConfig): Promise<RunningHttpApp> {
  const log = createServiceLog({ service: 'payments', level: config.log.level });
  return startHttpApp(AppModule.forRoot(config, log), {
    host: config.http.host,
    port: config.http.port,
    limits: config.http,
    api: {
      title: 'Index 766: payments',
      description: 'The money of dossiers: fees, waivers, payments and refunds, from pushes, by command and as providers report them.',
      version: '1',
    },
    errorCodes: [PAYMENTS_ERROR_CODES],
    isDatabaseAway,
    rawBodyPaths: SIGNED_PATHS,
    beforeListen: async (app) => {
      const runtime = app.get(PaymentsRuntime);
      await runtime.reconciliation.run();
      app.connectMicroservice({ strategy: new BatchConsumerStrategy(runtime.consumers) });
      await app.startAllMicroservices();
      await runtime.start();
    },
  });
}
