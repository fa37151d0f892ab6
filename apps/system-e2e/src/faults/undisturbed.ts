import { startKafkaProcess, startMongoProcess } from '@index766/testing-integration';
import { Installation } from '../test/installation';
import { Loading } from '../test/loading';
import { operate } from '../test/operator';
import type { SecretFiles } from '../test/services';
import { sampleCohorts } from '../test/small-sample';
import type { SystemAccess } from '../test/system-access';
import { tokenFor } from '../test/tokens';
import { madeUpFeedback } from './made-up-feedback';
import { dossiersOf, feedbackParcels } from './source-parcels';
import { attempt } from './source-request';
import { readState, type SystemState } from './system-state';

const ANSWER_WITHIN_MS = 60_000;

/** Sends the sample to an installation of its own without any fault; answers what came of it. Nothing of it stays. */
export async function undisturbedState(secrets: SecretFiles): Promise<SystemState> {
  const [kafka, mongo] = await Promise.all([startKafkaProcess(), startMongoProcess()]);
  try {
    const installation = await Installation.start({ name: 'faults-undisturbed', broker: kafka.address, mongo: mongo.address, secrets });
    try {
      await (await Loading.start(installation.access)).finished();
      await tellFeedback(installation.access);
      await operate(installation.access, ['settle']);
      return await readState(installation.access);
    } finally {
      await installation.stop();
    }
  } finally {
    await Promise.all([kafka.stop(), mongo.stop()]);
  }
}

async function tellFeedback(access: SystemAccess): Promise<void> {
  const token = await tokenFor(access, 'source', 'replay');
  for (const request of feedbackParcels(madeUpFeedback(dossiersOf(sampleCohorts()))).flatMap(({ requests }) => requests)) {
    const answer = await attempt(access.urls.feedback, request, token, ANSWER_WITHIN_MS);
    if (answer !== 'accepted') throw new Error(`${request.what} was not accepted: ${JSON.stringify(answer)}`);
  }
}
