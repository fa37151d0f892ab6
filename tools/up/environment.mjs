import { HOST } from '../../infra/local/ports.mjs';

const ISSUER = 'index766-local';
const AUDIENCE = 'index766';

/** Services in the order of their start, with their default ports. */
const SERVICES = [
  { name: 'catalog', port: 7661 },
  { name: 'dossiers', port: 7662, readsPseudonymKey: true },
  { name: 'aggregator', port: 7666 },
];

/** Ports of one running installation; an offset lets a second one run beside it. */
export function portsWith(offset) {
  return {
    kafka: 7692 + offset,
    mongo: 7617 + offset,
    services: SERVICES.map((service) => ({ ...service, port: service.port + offset, url: `http://${HOST}:${service.port + offset}` })),
  };
}

/** What every program may know of the caller's environment. The rest of it must not change how a service runs. */
function plainEnvironment() {
  const kept = ['PATH', 'HOME', 'TZ', 'LANG', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(kept.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
}

export function serviceEnvironment({ name, port, readsPseudonymKey = false }, { brokers, mongoUri, secrets }) {
  return {
    ...plainEnvironment(),
    HTTP_HOST: HOST,
    HTTP_PORT: String(port),
    MONGO_URI: mongoUri,
    MONGO_DATABASE: name,
    KAFKA_BROKERS: brokers,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    AUTH_MODE: 'local',
    AUTH_LOCAL_KEY_FILE: secrets.verifyingKeyFile,
    AUTH_SOURCE_TOKENS_FILE: secrets.sourceTokensFile,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    LOG_LEVEL: 'info',
    ...(readsPseudonymKey ? { OFFICER_PSEUDONYM_KEY_FILE: secrets.pseudonymKeyFile } : {}),
  };
}

/** Environment of the operator commands; without `brokers` only what works with nothing running. */
export function operatorEnvironment({ services, brokers, secrets }) {
  const urls = services.map(({ name, url }) => [`${name.toUpperCase()}_URL`, url]);
  return {
    ...plainEnvironment(),
    ...Object.fromEntries(urls),
    ...(brokers === undefined ? {} : { KAFKA_BROKERS: brokers }),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    AUTH_LOCAL_SIGNING_KEY_FILE: secrets.signingKeyFile,
    AUTH_SOURCE_TOKENS_FILE: secrets.sourceTokensFile,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    OFFICER_PSEUDONYM_KEY_FILE: secrets.pseudonymKeyFile,
  };
}
