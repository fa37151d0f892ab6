import fs from 'node:fs';
import path from 'node:path';
import { isMetricTable, metricPage, type DocumentedMetric } from './metric-page';

const ROOT = path.join(__dirname, '../../../..');
const OUTSIDE = /(^|\/)(node_modules|dist|test)\/|\.spec\.ts$|\.d\.ts$/;

const sources = ['libs', 'apps'].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !OUTSIDE.test(file))
    .map((file) => path.join(ROOT, folder, file)));
const tables = sources
  .filter((file) => /= defineMetrics\('/.test(fs.readFileSync(file, 'utf8')))
  .flatMap((file) => Object.values(jest.requireActual<Record<string, unknown>>(file)))
  .filter(isMetricTable);

test('docs/metrics.md says what is declared (node tools/metrics.mjs)', () => {
  expect(tables.length).toBeGreaterThan(5);
  expect(fs.readFileSync(path.join(ROOT, 'docs/metrics.md'), 'utf8')).toBe(metricPage(tables));
});

test('a name that is declared twice is refused', () => {
  const letters: DocumentedMetric = { kind: 'counter', name: 'letters_total', help: 'Letters | cards.', labels: { outcome: ['sent', 'lost'], topic: [] } };
  expect(metricPage([{ letters }])).toContain('| `letters_total` | counter | `outcome` (sent, lost), `topic` | Letters \\| cards. |');
  expect(() => metricPage([{ letters }, { again: letters }])).toThrow('letters_total is declared twice');
});

test('what is no tree of metrics is left out', () => {
  expect([undefined, null, {}, { a: 1 }, { a: { help: 'x' } }, () => undefined].filter(isMetricTable)).toEqual([]);
});
