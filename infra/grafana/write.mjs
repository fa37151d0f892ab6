// Writes the dashboards as JSON, for Grafana to read: node infra/grafana/write.mjs
import fs from 'node:fs';
import path from 'node:path';
import { DASHBOARDS } from './dashboards.mjs';

for (const [name, dashboard] of Object.entries(DASHBOARDS)) {
  fs.writeFileSync(path.join(import.meta.dirname, 'dashboards', `${name}.json`), `${JSON.stringify(dashboard, undefined, 2)}\n`);
}
