import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operatorEnvironment, portsWith } from './environment.mjs';
import { membersOf } from './members.mjs';

const SERVICES = ['catalog', 'dossiers', 'payments', 'digitization', 'feedback', 'aggregator'];

test('members of several services come by commas, by repeating the option, or both', () => {
  assert.deepEqual(membersOf(['aggregator=2,dossiers=3', 'catalog=2'], SERVICES), { aggregator: 2, dossiers: 3, catalog: 2 });
  assert.deepEqual(membersOf([], SERVICES), {});
});

for (const [values, sentence] of [
  [['aggregator'], /takes a service and a number such as aggregator=2/],
  [['aggregator=two'], /takes a service and a number/],
  [['aggregator=2,'], /takes a service and a number/],
  [['web=2'], /there is no service web, but catalog, dossiers, payments, digitization, feedback, aggregator/],
  [['constructor=2'], /there is no service constructor/],
  [['aggregator=0'], /aggregator can have 1 to 9 members/],
  [['aggregator=10'], /aggregator can have 1 to 9 members/],
  [['aggregator=2', 'aggregator=3'], /states the members of aggregator twice/],
]) {
  test(`--members ${values.join(' ')} is refused`, () => assert.throws(() => membersOf(values, SERVICES), sentence));
}

test('every member has a name and ports of its own, the first those of the service', () => {
  const { services } = portsWith(0, { aggregator: 3 });

  assert.deepEqual(services.map(({ label, port }) => `${label}:${port}`),
    ['catalog:7661', 'dossiers:7662', 'payments:7663', 'digitization:7664', 'feedback:7665', 'aggregator:7666', 'aggregator-2:7766', 'aggregator-3:7866']);
  assert.equal(new Set(services.map(({ url }) => url)).size, services.length);
});

test('operator commands speak to the first member of each service', () => {
  const { services } = portsWith(0, { dossiers: 2 });
  const { DOSSIERS_URL, CATALOG_URL } = operatorEnvironment({ services, secrets: {} });

  assert.deepEqual([DOSSIERS_URL, CATALOG_URL], ['http://127.0.0.1:7662', 'http://127.0.0.1:7661']);
});
