import * as contracts from '@index766/contracts-catalog';
import { topicDocuments, topicsIn } from '@index766/contracts-envelope';
import { startHttpApp, type RunningHttpApp } from '@index766/platform-http';
import { BatchConsumerStrategy } from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';

import { AppModule } from './app.module';
import type { CatalogConfig } from './catalog.config';
import { CatalogRuntime } from './catalog.runtime';
import { CATALOG_ERROR_CODES } from './error-codes';

const IMPORT_LIMIT_BYTES = 8 * 1024 * 1024;
const IMPORT_PATHS = ['units', 'procedures', 'procedures/json', 'reported-figures'].map((what) => `/v1/imports/${what}`);

/** Starts the catalog: database, what its topics have, relay, consumer, HTTP. */
export function startCatalog(config: CatalogConfig): Promise<RunningHttpApp> {
  const log = createServiceLog({ service: 'catalog', level: config.log.level });
  return startHttpApp(AppModule.forRoot(config, log), {
    host: config.http.host,
    port: config.http.port,
    limits: config.http,
    api: {
      title: 'Index 766: catalog',
      description: 'Reference data: units, procedures with their terms, working calendars, reported figures, officers. Every version is kept.',
      version: '1',
    },
    documents: topicDocuments({ title: 'Index 766: catalog', description: 'The public topics of catalog.' }, topicsIn(contracts)),
    errorCodes: [CATALOG_ERROR_CODES],
    isDatabaseAway,
    bodyLimitBytesByPath: Object.fromEntries(IMPORT_PATHS.map((path) => [path, IMPORT_LIMIT_BYTES])),
    beforeListen: async (app) => {
      const runtime = app.get(CatalogRuntime);
      await runtime.reconciliation.run();
      await runtime.start();
      app.connectMicroservice({ strategy: new BatchConsumerStrategy([runtime.consumer]) });
      await app.startAllMicroservices();
    },
  });
}
