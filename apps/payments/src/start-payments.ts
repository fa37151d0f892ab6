import * as contracts from '@index766/contracts-payments';
import { topicDocuments, topicsIn } from '@index766/contracts-envelope';
import { startFactService } from '@index766/platform-facts';
import type { RunningHttpApp } from '@index766/platform-http';
import { AppModule } from './app.module';
import { PAYMENTS_ERROR_CODES } from './error-codes';
import { SIGNED_PATHS } from './http/provider-events.controller';
import type { PaymentsConfig } from './payments.config';

/** Starts the service: database, reference, what its topic has, consumers, relay, HTTP. */
export function startPayments(config: PaymentsConfig): Promise<RunningHttpApp> {
  return startFactService('payments', config, (log) => AppModule.forRoot(config, log), {
    api: {
      title: 'Index 766: payments',
      description: 'The money of dossiers: fees, waivers, payments and refunds, from pushes, by command and as providers report them.',
      version: '1',
    },
    documents: topicDocuments({ title: 'Index 766: payments', description: 'The public topics of payments.' }, topicsIn(contracts)),
    errorCodes: [PAYMENTS_ERROR_CODES],
    rawBodyPaths: SIGNED_PATHS,
  });
}
