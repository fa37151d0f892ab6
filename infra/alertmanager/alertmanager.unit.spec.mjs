// What must hold of Alertmanager's configuration, looked at without it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { load } from 'js-yaml';

const read = (...parts) => fs.readFileSync(path.join(import.meta.dirname, ...parts), 'utf8');
const { route, receivers, inhibit_rules: inhibitions, ...rest } = load(read('alertmanager.yml'));

/** The labels that each alert has when it fires, as its test holds them. */
const labelsOf = new Map(load(read('..', 'prometheus', 'alerts.test.yml')).tests.flatMap(({ alert_rule_test: cases }) =>
  cases.flatMap(({ alertname, exp_alerts: fired }) => fired.map(({ exp_labels: labels }) => [alertname, Object.keys(labels)]))));
const MATCHER = /^alertname = "(\w+)"$/;
const alertsOf = (matchers) => matchers.map((matcher) => {
  const [, alert] = MATCHER.exec(matcher) ?? [];
  assert.ok(alert, `${matcher} names no alert`);
  return alert;
});

test('it has a route, receivers and inhibitions, and nothing that nobody looks at here', () => {
  assert.deepEqual(Object.keys(rest), []);
  assert.deepEqual(Object.keys(route).sort(), ['group_by', 'group_interval', 'group_wait', 'receiver', 'repeat_interval']);
  for (const time of [route.group_wait, route.group_interval, route.repeat_interval]) assert.match(time, /^\d+[smh]$/);
});

test('every alert goes to a receiver that is there', () => {
  assert.ok(receivers.some(({ name }) => name === route.receiver));
  assert.equal(new Set(receivers.map(({ name }) => name)).size, receivers.length);
});

test('alerts are put together by labels that alerts have', () => {
  const known = new Set([...labelsOf.values()].flat());
  for (const label of route.group_by) assert.ok(label === 'alertname' || known.has(label), label);
});

for (const { source_matchers: sources, target_matchers: targets, equal } of inhibitions) {
  test(`${sources} silences ${targets}: both fire, and both have the labels that have to be equal`, () => {
    assert.ok(equal.length > 0);
    // Alertmanager takes two labels that are not there for equal: each would silence all of the other.
    for (const alert of [...alertsOf(sources), ...alertsOf(targets)]) {
      for (const label of equal) assert.ok(labelsOf.get(alert)?.includes(label), `${alert} has no ${label}`);
    }
  });
}
