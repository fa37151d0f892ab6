import { takeServers } from './running-servers';

/** Jest's globalTeardown. */
export default async function stopServers(): Promise<void> {
  await Promise.all(takeServers().map((server) => server.stop()));
}
