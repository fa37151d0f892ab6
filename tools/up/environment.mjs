import { HOST } from '../../infra/local/ports.mjs';
import { membersFrom } from './members.mjs';

const ISSUER = 'index766-local';
const AUDIENCE = 'index766';

/** Services in the order of their start, with their default ports. */
export const SERVICES = [
  { name: 'catalog', port: 7661 },
  { name: 'dossiers', port: 7662, readsPseudonymKey: true },
  { name: 'payments', port: 7663, readsProviderKeys: true },
  { name: 'digitization', port: 7664 },
  { name: 'feedback', port: 7665, readsRatingTokenKey: true },
  { name: 'aggregator', port: 7666, signsEditions: true },
];

export const SERVICE_NAMES = SERVICES.map(({ name }) => name);

/**
 * Ports of one running installation; an offset lets a second one run beside it. `services` has one entry for each member,
 * the first member of a service first; `members` is how many each has where it is not one.
 */
export function portsWith(offset, members = {}) {
  return {
    kafka: 7692 + offset,
    mongo: 7617 + offset,
    services: SERVICES.flatMap((service) => membersFrom({ ...service, port: service.port + offset }, members[service.name] ?? 1))
      .map((member) => ({ ...member, url: `http://${HOST}:${member.port}` })),
  };
}

/** One member of each service at these ports, in the order of `SERVICES`. */
export function servicesAt(ports) {
  return SERVICES.map((service, place) => ({ ...service, label: service.name, port: ports[place], url: `http://${HOST}:${ports[place]}` }));
}

/** What every program may know of the caller's environment. The rest of it must not change how a service runs. */
function plainEnvironment() {
  const kept = ['PATH', 'HOME', 'TZ', 'LANG', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(kept.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
}

/** Who a program is for the broker; nothing for a broker without accounts. */
function brokerLogin(account, kafkaAccounts) {
  return kafkaAccounts === undefined ? {} : { KAFKA_SASL_USERNAME: account, KAFKA_SASL_PASSWORD_FILE: kafkaAccounts.files[account] };
}

/** `kafkaAccounts`: those of a broker that asks for a login (`secrets().kafka`). */
export function serviceEnvironment({ name, port, readsPseudonymKey = false, readsProviderKeys = false, readsRatingTokenKey = false, signsEditions = false }, { brokers, kafkaAccounts, mongoUri, secrets, further = {} }) {
  return {
    ...plainEnvironment(),
    HTTP_HOST: HOST,
    HTTP_PORT: String(port),
    MONGO_URI: mongoUri,
    MONGO_DATABASE: name,
    KAFKA_BROKERS: brokers,
    ...brokerLogin(name, kafkaAccounts),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    AUTH_MODE: 'local',
    AUTH_LOCAL_KEY_FILE: secrets.verifyingKeyFile,
    AUTH_SOURCE_TOKENS_FILE: secrets.sourceTokensFile,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    LOG_LEVEL: 'info',
    ...(readsPseudonymKey ? { OFFICER_PSEUDONYM_KEY_FILE: secrets.pseudonymKeyFile } : {}),
    ...(readsProviderKeys ? { PAYMENT_PROVIDERS_FILE: secrets.paymentProvidersFile } : {}),
    ...(readsRatingTokenKey ? { RATING_TOKEN_KEY_FILE: secrets.ratingTokenKeyFile } : {}),
    ...(signsEditions ? { EDITION_SIGNING_KEY_FILE: secrets.editionKeyFile } : {}),
    ...further,
  };
}

/**
 * Environment of the operator commands, which speak to the first member; without `brokers` and `mongo` (host and port)
 * only what works with nothing running. `kafkaAccounts` as for a service.
 */
export function operatorEnvironment({ services, brokers, kafkaAccounts, mongo, secrets }) {
  const firsts = services.filter(({ name }, index) => services.findIndex((other) => other.name === name) === index);
  const urls = firsts.map(({ name, url }) => [`${name.toUpperCase()}_URL`, url]);
  return {
    ...plainEnvironment(),
    ...Object.fromEntries(urls),
    ...(brokers === undefined ? {} : { KAFKA_BROKERS: brokers, ...brokerLogin('ops', kafkaAccounts) }),
    ...(mongo === undefined ? {} : maintenanceEnvironment(mongo, secrets)),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    AUTH_LOCAL_SIGNING_KEY_FILE: secrets.signingKeyFile,
    AUTH_SOURCE_TOKENS_FILE: secrets.sourceTokensFile,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    OFFICER_PSEUDONYM_KEY_FILE: secrets.pseudonymKeyFile,
  };
}

/** The maintenance commands of the aggregator open its database themselves. */
function maintenanceEnvironment(mongo, { database: { user, password } }) {
  return { MONGO_URI: `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${mongo}/`, MONGO_DATABASE: 'aggregator', LOG_LEVEL: 'warn' };
}
