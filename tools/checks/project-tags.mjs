// Fails if a project lacks its `type:` or `scope:` tag or has two of one: an untagged project may import any npm package,
// because every rule of tools/eslint/boundaries.mjs starts from a tag.
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

function projectFolders() {
  const { workspaces } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return workspaces
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      return fs.readdirSync(path.join(root, parent)).map((name) => path.join(parent, name));
    })
    .filter((folder) => fs.existsSync(path.join(root, folder, 'package.json')));
}

function complaintsOf(folder) {
  const { nx, scripts } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  const complaints = ['type', 'scope'].flatMap((kind) => {
    const found = (nx?.tags ?? []).filter((tag) => tag.startsWith(`${kind}:`));
    return found.length === 1 ? [] : [`${folder}: exactly one ${kind}: tag is needed, found ${found.length}`];
  });
  return scripts?.lint ? complaints : [...complaints, `${folder}: has no lint script`];
}

const complaints = projectFolders().flatMap(complaintsOf);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
