import * as contracts from '@index766/contracts-dossiers';
import { topicDocuments, topicsIn } from '@index766/contracts-envelope';
import { startFactService } from '@index766/platform-facts';
import type { RunningHttpApp } from '@index766/platform-http';
import { AppModule } from './app.module';
import type { DossiersConfig } from './dossiers.config';
import { DOSSIERS_ERROR_CODES } from './error-codes';

/** Starts the service: database, reference, what its topics have, consumer, relay, HTTP. */
export function startDossiers(config: DossiersConfig): Promise<RunningHttpApp> {
  return startFactService('dossiers', config, (log) => AppModule.forRoot(config, log), {
    api: {
      title: 'Index 766: dossiers',
      description: 'Dossiers and the facts of their lives: the national push, a command for every fact, the due date explained.',
      version: '1',
    },
    documents: topicDocuments({ title: 'Index 766: dossiers', description: 'The public topics of dossiers.' }, topicsIn(contracts)),
    errorCodes: [DOSSIERS_ERROR_CODES],
    bodyLimitBytesByPath: { '/v1/national-sync': config.pushBodyLimitBytes },
  });
}
