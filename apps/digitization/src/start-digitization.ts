import * as contracts from '@index766/contracts-digitization';
import { topicDocuments, topicsIn } from '@index766/contracts-envelope';
import { startFactService } from '@index766/platform-facts';
import type { RunningHttpApp } from '@index766/platform-http';
import { AppModule } from './app.module';
import type { DigitizationConfig } from './digitization.config';
import { DIGITIZATION_ERROR_CODES } from './error-codes';

/** Starts the service: database, reference, what its topic has, consumers, relay, HTTP. */
export function startDigitization(config: DigitizationConfig): Promise<RunningHttpApp> {
  return startFactService('digitization', config, (log) => AppModule.forRoot(config, log), {
    api: {
      title: 'Index 766: digitization',
      description: 'The papers of dossiers: components digitised and reused, data of the population, electronic results, from pushes and by command.',
      version: '1',
    },
    documents: topicDocuments({ title: 'Index 766: digitization', description: 'The public topics of digitization.' }, topicsIn(contracts)),
    errorCodes: [DIGITIZATION_ERROR_CODES],
  });
}
