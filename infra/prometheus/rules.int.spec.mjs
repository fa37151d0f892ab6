import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { attempt } from '../local/commands.mjs';
import { install } from '../local/prometheus.mjs';

const here = import.meta.dirname;
const root = path.join(here, '..', '..');
const rules = fs.readFileSync(path.join(here, 'alerts.yml'), 'utf8');
const tests = fs.readFileSync(path.join(here, 'alerts.test.yml'), 'utf8');
const SECONDS = { m: 60, h: 3_600, d: 86_400 };
const { promtool } = await install();

/** The text of each alert, by its name. */
const alerts = new Map(rules.split(/^ *- alert: /m).slice(1).map((text) => [/^\w+/.exec(text)[0], text]));

async function thenPasses(...args) {
  const { code, stdout, stderr } = await attempt(promtool, args, { cwd: here });
  assert.equal(code, 0, stdout + stderr);
}

/** The anchor that a heading has on a page. */
const anchorOf = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '').replaceAll(' ', '-');

test('the rules are valid', () => thenPasses('check', 'rules', 'alerts.yml'));

test('each alert fires at its time and is silent a minute before', () => thenPasses('test', 'rules', 'alerts.test.yml'));

test('so it does where a sample at the very beginning of a range does not count, as from Prometheus 3 on', async () => {
  // Samples stand at whole seconds: a range that is a second shorter has the samples that one without its beginning has.
  const shorter = rules.replace(/\[(\d+)([mhd])\]/g, (_, length, unit) => `[${Number(length) * SECONDS[unit] - 1}s]`);
  assert.notEqual(shorter, rules);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'prometheus-'));
  fs.writeFileSync(path.join(folder, 'alerts.yml'), shorter);
  fs.writeFileSync(path.join(folder, 'alerts.test.yml'), tests);
  await thenPasses('test', 'rules', path.join(folder, 'alerts.test.yml'));
  fs.rmSync(folder, { recursive: true });
});

test('the configuration is valid', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'prometheus-'));
  const config = fs.readFileSync(path.join(here, 'prometheus.yml'), 'utf8').replaceAll('/etc/prometheus/', '');
  fs.writeFileSync(path.join(folder, 'prometheus.yml'), config);
  fs.writeFileSync(path.join(folder, 'alerts.yml'), rules);
  await thenPasses('check', 'config', path.join(folder, 'prometheus.yml'));
  fs.rmSync(folder, { recursive: true });
});

test('there are alerts', () => assert.ok(alerts.size >= 10));

for (const [name, text] of alerts) {
  test(`${name} has severity, a summary and a description in Vietnamese and English`, () => {
    assert.match(text, /severity: (?:warning|critical)\b/);
    assert.match(text, /summary: '.+ \/ .+'/);
    assert.match(text, /description: '.+ \/ .+'/);
  });

  test(`${name} links to a heading of a runbook`, () => {
    const [, file, anchor] = /runbook_url: (docs\/runbooks\/[\w-]+\.md)#([\w-]+)/.exec(text) ?? [];
    const page = fs.readFileSync(path.join(root, file), 'utf8');
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));
    assert.ok(anchors.includes(anchor), `${file} has no heading #${anchor}`);
  });

  test(`${name} is tested on both sides`, () => {
    const cases = [...tests.matchAll(/alertname: (\w+)\n *exp_alerts:( \[\])?/g)].filter(([, alert]) => alert === name);
    assert.deepEqual(cases.map(([, , none]) => none === undefined), [false, true]);
  });
}
