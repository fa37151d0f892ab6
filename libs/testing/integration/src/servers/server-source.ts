import { canUseContainers, containers } from './containers';
import { processes } from './processes';
import type { ServerSource } from './server';

/** Containers if an engine answers and has the images, else processes of this machine. */
export async function chooseServerSource(): Promise<ServerSource> {
  return (await canUseContainers()) ? containers : processes;
}
