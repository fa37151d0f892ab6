// Imported first by every command, for its effect: refuses a Node older than package.json says, before any other module
// can stumble over it. So it uses nothing that an old Node lacks.
import fs from 'node:fs';

const { engines } = JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const needed = /\d+(\.\d+)*/.exec(engines.node)[0];

/** True if the version `found` ("20.20.2") is not older than `wanted`; both have three numbers. */
export function isNodeAtLeast(found, wanted) {
  const [a, b] = [found, wanted].map((version) => version.split('.').map(Number));
  const differs = b.findIndex((number, at) => a[at] !== number);
  return differs === -1 || a[differs] > b[differs];
}

if (!isNodeAtLeast(process.versions.node, needed)) {
  console.error(`Node ${needed} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}
