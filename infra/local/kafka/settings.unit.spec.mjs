import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scramArguments } from './accounts.mjs';
import { serverProperties } from './settings.mjs';

const propertiesOf = (options) => Object.fromEntries(serverProperties(options).trimEnd().split('\n').map((line) => line.split(/=(.*)/s)));
const node = { port: 9092, controllerPort: 9093, dataFolder: '/broker' };

describe('a broker with accounts', () => {
  const accounts = { broker: 'own', ops: 'operators', consumer: 'readers' };
  const properties = propertiesOf({ ...node, behind: [{ name: 'DOSSIERS1', port: 9094, advertisedPort: 9194 }], accounts });

  it('asks for a login on every listener and refuses what no rule allows', () => {
    assert.equal(properties['listener.security.protocol.map'], 'CLIENT:SASL_PLAINTEXT,DOSSIERS1:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT');
    assert.equal(properties['allow.everyone.if.no.acl.found'], 'false');
    assert.equal(properties['super.users'], 'User:broker;User:ops');
  });

  it('has no password in its settings but its own', () => {
    assert.doesNotMatch(Object.values(properties).join(), /operators|readers/);
    assert.match(properties['listener.name.client.scram-sha-512.sasl.jaas.config'], /username="broker" password="own";$/);
  });

  it('is prepared with every account', () => {
    assert.deepEqual(scramArguments(accounts).filter((argument) => argument !== '--add-scram'), [
      'SCRAM-SHA-512=[name=broker,iterations=4096,password=own]', 'SCRAM-SHA-512=[name=ops,iterations=4096,password=operators]',
      'SCRAM-SHA-512=[name=consumer,iterations=4096,password=readers]',
    ]);
  });
});

describe('the listeners of the broker', () => {
  it('are one for clients and one for the controller', () => {
    const properties = propertiesOf(node);
    assert.equal(properties.listeners, 'CLIENT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093');
    assert.equal(properties['advertised.listeners'], 'CLIENT://127.0.0.1:9092');
  });

  it('send a client that comes by a proxy back to the proxy', () => {
    const properties = propertiesOf({ ...node, behind: [{ name: 'DOSSIERS1', port: 9094, advertisedPort: 9194 }] });
    assert.equal(properties.listeners, 'CLIENT://127.0.0.1:9092,DOSSIERS1://127.0.0.1:9094,CONTROLLER://127.0.0.1:9093');
    assert.equal(properties['advertised.listeners'], 'CLIENT://127.0.0.1:9092,DOSSIERS1://127.0.0.1:9194');
    assert.equal(properties['listener.security.protocol.map'], 'CLIENT:PLAINTEXT,DOSSIERS1:PLAINTEXT,CONTROLLER:PLAINTEXT');
  });
});
