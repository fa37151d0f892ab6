// Writes docs/errors.md from the lists of codes (error-codes.ts) of all projects. Needs a build.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const load = createRequire(import.meta.url);

const lists = ['libs', 'apps'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('dist/error-codes.js') && !file.includes('node_modules'))
    .map((file) => path.join(root, folder, file)),
);
const { CODES_BESIDE_HTTP, errorCodePage } = load(path.join(root, 'libs/testing/contracts/dist/index.js'));
const tables = lists.flatMap((file) => Object.values(load(file)));
fs.writeFileSync(path.join(root, 'docs/errors.md'), errorCodePage(tables, CODES_BESIDE_HTTP));
console.log(`docs/errors.md: ${lists.length} lists`);
