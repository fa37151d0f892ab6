import { startKafkaProcess, startMongoProcess } from '@index766/testing-integration';
import { Installation } from '../test/installation';
import { operate } from '../test/operator';
import { SAMPLE_ARGUMENTS } from '../test/small-sample';
import type { SecretFiles } from '../test/services';
import { readState, type SystemState } from './system-state';

/** Loads the sample into an installation of its own without any fault; answers what came of it. Nothing of it stays. */
export async function undisturbedState(secrets: SecretFiles): Promise<SystemState> {
  const [kafka, mongo] = await Promise.all([startKafkaProcess(), startMongoProcess()]);
  try {
    const installation = await Installation.start({ name: 'faults-undisturbed', broker: kafka.address, mongo: mongo.address, secrets });
    try {
      await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS]);
      await operate(installation.access, ['settle']);
      return await readState(installation.access);
    } finally {
      await installation.stop();
    }
  } finally {
    await Promise.all([kafka.stop(), mongo.stop()]);
  }
}
