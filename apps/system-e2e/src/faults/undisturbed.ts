import { startKafkaProcess, startMongoProcess } from '@index766/testing-integration';
import { Installation } from '../test/installation';
import { Loading } from '../test/loading';
import { operate } from '../test/operator';
import type { SecretFiles } from '../test/services';
import { readState, type SystemState } from './system-state';

/** Sends the pushes of the sample to an installation of its own without any fault; answers what came of it. Nothing of it stays. */
export async function undisturbedState(secrets: SecretFiles): Promise<SystemState> {
  const [kafka, mongo] = await Promise.all([startKafkaProcess(), startMongoProcess()]);
  try {
    const installation = await Installation.start({ name: 'faults-undisturbed', broker: kafka.address, mongo: mongo.address, secrets });
    try {
      await (await Loading.start(installation.access)).finished();
      await operate(installation.access, ['settle']);
      return await readState(installation.access);
    } finally {
      await installation.stop();
    }
  } finally {
    await Promise.all([kafka.stop(), mongo.stop()]);
  }
}
