import type { DynamicModule } from '@nestjs/common';
import type { DeepReadonly, HttpSettings, LogSettings } from '@index766/platform-config';
import { startHttpApp, type HttpAppOptions, type RunningHttpApp } from '@index766/platform-http';
import { BatchConsumerStrategy } from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog, type ServiceLog } from '@index766/platform-observability';
import { FactService } from './fact-service';

export interface StartedConfig {
  readonly http: DeepReadonly<HttpSettings>;
  readonly log: DeepReadonly<LogSettings>;
}

/** What a service says of its HTTP edge. */
export type EdgeOptions = Pick<HttpAppOptions, 'api' | 'errorCodes' | 'rawBodyPaths' | 'bodyLimitBytesByPath' | 'documents'>;

/**
 * Starts a service: database, reference, what its topics have, consumers, relay, HTTP.
 * @param moduleOf with a `factServiceProvider`
 */
export function startFactService(
  name: string, { http, log: { level } }: StartedConfig, moduleOf: (log: ServiceLog) => DynamicModule, edge: EdgeOptions,
): Promise<RunningHttpApp> {
  return startHttpApp(moduleOf(createServiceLog({ service: name, level })), {
    host: http.host, port: http.port, limits: http, isDatabaseAway, ...edge,
    beforeListen: async (app) => {
      const service = app.get(FactService);
      await service.reconcile();
      app.connectMicroservice({ strategy: new BatchConsumerStrategy(service.consumers) });
      await app.startAllMicroservices();
      await service.start();
    },
  });
}
