import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverProperties } from './settings.mjs';

const propertiesOf = (options) => Object.fromEntries(serverProperties(options).trimEnd().split('\n').map((line) => line.split(/=(.*)/s)));
const node = { port: 9092, controllerPort: 9093, dataFolder: '/broker' };

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
