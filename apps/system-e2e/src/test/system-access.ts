import { instantOf, type Instant } from '@index766/kernel';
import type { SecretFiles, ServiceName } from './services';

/** How a running installation is reached: plain values, so that one process can tell another. */
export interface SystemAccess {
  /** `host:port` */
  readonly broker: string;
  /** `mongodb://` address of the database server, account included. */
  readonly mongo: string;
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** Name of each service's database on that server. */
  readonly databases: Readonly<Record<ServiceName, string>>;
  readonly secrets: SecretFiles;
}

const VARIABLE = 'INDEX766_E2E_LOADED_SYSTEM';
const LOADED_AT = 'INDEX766_E2E_LOADED_AT';

/** Tells the spec processes of the system that the run's setup has loaded: they inherit its environment. */
export function announceLoadedSystem(access: SystemAccess): void {
  process.env[VARIABLE] = JSON.stringify(access);
  process.env[LOADED_AT] = String(Date.now());
}

/** When everything was in the loaded system. */
export function loadedAt(): Instant {
  return instantOf(Number(process.env[LOADED_AT]));
}

/**
 * The system that is started once for the whole run, with the sample in it, settled. Specs may read it, push the same
 * again and have its editions published (`publishedEditions`); one that changes figures or kills a service starts an installation of its own.
 */
export function loadedSystem(): SystemAccess {
  const announced = process.env[VARIABLE];
  if (announced === undefined) throw new Error('no loaded system: run this spec by jest.e2e.config.cjs');
  return JSON.parse(announced) as SystemAccess;
}
