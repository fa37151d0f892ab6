// Writes docs/metrics.md from the metrics that all projects declare (defineMetrics). Needs a build.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const load = createRequire(import.meta.url);

const declaring = ['libs', 'apps'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(node_modules|dist|test)\/|\.spec\.ts$/.test(file))
    .map((file) => path.join(root, folder, file))
    .filter((file) => /= defineMetrics\('/.test(fs.readFileSync(file, 'utf8'))),
);
const { isMetricTable, metricPage } = load(path.join(root, 'libs/testing/contracts/dist/index.js'));
const built = (file) => file.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
const tables = declaring.flatMap((file) => Object.values(load(built(file)))).filter(isMetricTable);
fs.writeFileSync(path.join(root, 'docs/metrics.md'), metricPage(tables));
console.log(`docs/metrics.md: ${tables.length} trees`);
