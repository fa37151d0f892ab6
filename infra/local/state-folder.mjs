import path from 'node:path';

const workspace = path.resolve(import.meta.dirname, '../..');

/** Everything that a run leaves behind: one ignored folder of the project, or INDEX766_STATE. */
export const stateFolder = () => path.resolve(process.env.INDEX766_STATE ?? path.join(workspace, '.index766'));

/** What can be fetched again: archives, unpacked engines, built binaries. Shared by `npm run up` and the tests. */
export const cacheFolder = (...parts) => path.join(stateFolder(), 'cache', ...parts);
