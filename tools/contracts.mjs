// Writes the JSON Schemas of the contract libraries, or freezes their state as a release. Needs a build.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const contracts = path.join(root, 'libs/contracts');
const load = createRequire(import.meta.url);

/** The topics that a contract library exports. */
function topicsOf(library) {
  const exported = Object.values(load(path.join(contracts, library, 'dist/index.js')));
  return exported.filter((value) => typeof value?.name === 'string' && Array.isArray(value.facts));
}

function main(command) {
  if (command !== 'write' && command !== 'release') {
    console.error('use: node tools/contracts.mjs write | release');
    return 1;
  }
  const { writeRelease, writeSchemas } = load(path.join(root, 'libs/testing/contracts/dist/index.js'));
  for (const library of fs.readdirSync(contracts)) {
    const folder = path.join(contracts, library);
    const topics = topicsOf(library);
    if (command === 'write') {
      for (const file of writeSchemas(folder, topics)) console.log(path.relative(root, file));
    } else {
      const release = writeRelease(folder, topics);
      console.log(`${library}: ${release === undefined ? 'nothing new' : `release ${release}`}`);
    }
  }
  return 0;
}

process.exitCode = main(process.argv[2]);
