// What a container of the image starts: enter.mjs catalog, enter.mjs ops lag …
// The database's address has the password in it. It is read from the file that MONGO_URI_FILE names, so that it stands
// neither in the compose file nor in what `docker inspect` shows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const { MONGO_URI_FILE: file } = process.env;
if (file) {
  process.env.MONGO_URI = readFileSync(file, 'utf8').trim();
  delete process.env.MONGO_URI_FILE;
}
const [app] = process.argv.splice(2, 1);
const entry = path.join(import.meta.dirname, '..', '..', 'apps', app, 'dist', 'main.js');
process.argv[1] = entry;
createRequire(import.meta.url)(entry);
