import { createHash, randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { runSetting } from './run-settings';

/** A name that no other spec and no other run uses: for topics, groups, databases. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

/**
 * The database of one spec file (pass `__filename`), the same at each call within a run. At most 36 characters, so that
 * it fits MONGO_DATABASE, which leaves room for the suffix of a rebuild.
 */
export function databaseName(spec: string): string {
  const readable = basename(spec)
    .toLowerCase()
    .replace(/\.spec\.[jt]s$/, '')
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 18);
  const digest = createHash('sha256').update(spec).digest('hex').slice(0, 6);
  return `t_${readable}_${digest}_${runSetting('run')}`;
}
