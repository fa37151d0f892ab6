import { createHash } from 'node:crypto';

/** The broker's account towards itself, and those that may do everything. */
const BROKER = 'broker';
const ADMINISTRATORS = [BROKER, 'ops'];

const SCRAM = 'SCRAM-SHA-512';
const PLAIN = 'PLAIN';
const ITERATIONS = 4096;

const login = (module, options) =>
  `org.apache.kafka.common.security.${module} required${Object.entries(options).map(([name, value]) => ` ${name}="${value}"`).join('')};`;

/**
 * Settings by which a broker lets nobody in without an account and nobody do what no rule allows. `accounts` are passwords by
 * name. Clients log in by SCRAM; the quorum of controllers cannot (its records hold the credentials), and has a plain login
 * of the broker alone.
 */
export function securityProperties({ clientListeners, accounts }) {
  const own = { username: BROKER, password: accounts[BROKER] };
  const logins = clientListeners.map((name) => [
    `listener.name.${name.toLowerCase()}.${SCRAM.toLowerCase()}.sasl.jaas.config`, login('scram.ScramLoginModule', own),
  ]);
  return {
    'listener.security.protocol.map': [...clientListeners, 'CONTROLLER'].map((name) => `${name}:SASL_PLAINTEXT`),
    'sasl.enabled.mechanisms': SCRAM,
    'sasl.mechanism.inter.broker.protocol': SCRAM,
    'listener.name.controller.sasl.enabled.mechanisms': PLAIN,
    'sasl.mechanism.controller.protocol': PLAIN,
    ...Object.fromEntries(logins),
    'listener.name.controller.plain.sasl.jaas.config': login('plain.PlainLoginModule', { ...own, [`user_${BROKER}`]: own.password }),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': ADMINISTRATORS.map((name) => `User:${name}`).join(';'),
    'allow.everyone.if.no.acl.found': false,
  };
}

/** Arguments by which the data folder is prepared so that it knows the accounts from the first start on. */
export const scramArguments = (accounts) =>
  Object.entries(accounts).flatMap(([name, password]) => ['--add-scram', `${SCRAM}=[name=${name},iterations=${ITERATIONS},password=${password}]`]);

/** Tells whether a data folder was prepared with these accounts, without saying what they are. */
export function fingerprintOf(accounts) {
  return createHash('sha256').update(JSON.stringify(Object.entries(accounts).sort())).digest('hex');
}
