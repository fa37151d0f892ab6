import { LOCAL_AUDIENCE, LOCAL_ISSUER } from '@index766/platform-auth';
import { SERVICE_TRAITS, type ServiceName } from './services';
import type { SystemAccess } from './system-access';
import { plainEnvironment } from './workspace';

export const HOST = '127.0.0.1';

/** The stores as one service reaches them, and what all services of an installation have in common. */
export type ServiceSurroundings = Pick<SystemAccess, 'broker' | 'mongo' | 'databases' | 'secrets'>;

/** As the start scripts give it (tools/up/environment.mjs), without HTTP_PORT. */
export function serviceEnvironment(name: ServiceName, { broker, mongo, databases, secrets }: ServiceSurroundings): Record<string, string> {
  return {
    ...plainEnvironment(),
    HTTP_HOST: HOST,
    MONGO_URI: mongo,
    MONGO_DATABASE: databases[name],
    KAFKA_BROKERS: broker,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    AUTH_MODE: 'local',
    AUTH_LOCAL_KEY_FILE: secrets.verifyingKey,
    AUTH_ISSUER: LOCAL_ISSUER,
    AUTH_AUDIENCE: LOCAL_AUDIENCE,
    LOG_LEVEL: 'info',
    ...SERVICE_TRAITS[name].environment?.(secrets),
  };
}
