import { rmSync } from 'node:fs';
import { stopServersOfRun } from '@index766/testing-integration';
import { takeRun } from './running-system';

/** Jest's globalTeardown. Rejects when a service of the loaded system had ended by itself. */
export default async function stopLoadedSystem(): Promise<void> {
  const running = takeRun();
  try {
    await running?.installation.stop();
  } finally {
    await stopServersOfRun();
    if (running !== undefined) rmSync(running.secretsFolder, { recursive: true });
  }
}
