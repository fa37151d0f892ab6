import path from 'node:path';

/** The root of the project. */
export const workspace = path.resolve(import.meta.dirname, '../..');
