// Writes the JSON Schemas of the contract libraries and what docs/consumers has of the public topics, or freezes the state of
// the libraries as a release. Needs a build.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const contracts = path.join(root, 'libs/contracts');
const load = createRequire(import.meta.url);

const consumers = path.join(root, 'docs/consumers');
const { ALL_TOPICS_HEAD, topicDocuments, topicsIn } = load(path.join(contracts, 'envelope/dist/index.js'));

/** The topics that a contract library exports. */
const topicsOf = (library) => topicsIn(load(path.join(contracts, library, 'dist/index.js')));

/** What readers of public topics need, in one folder: the AsyncAPI document of all services, schemas and examples of their facts. */
function writeForConsumers(topics) {
  for (const folder of ['schemas', 'examples']) fs.rmSync(path.join(consumers, folder), { recursive: true, force: true });
  for (const [name, document] of Object.entries(topicDocuments(ALL_TOPICS_HEAD, topics))) {
    const file = path.join(consumers, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  }
}

function main(command) {
  if (command !== 'write' && command !== 'release') {
    console.error('use: node tools/contracts.mjs write | release');
    return 1;
  }
  const { writeRelease, writeSchemas } = load(path.join(root, 'libs/testing/contracts/dist/index.js'));
  const libraries = fs.readdirSync(contracts).sort();
  if (command === 'write') writeForConsumers(libraries.flatMap(topicsOf));
  for (const library of libraries) {
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
