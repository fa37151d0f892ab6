import { instantOf } from '@index766/kernel';

import type { History, Recorded } from '../domain/versions';

/** One version as it lies in the document of its key. */
export interface VersionDocument<Content> {
  readonly version: number;
  readonly recordedAt: Date;
  readonly content: Content;
}

/** The state beside the store's own fields. */
export interface VersionsDocument<Content> {
  readonly versions: readonly VersionDocument<Content>[];
}

export function toVersionDocument<Content>({ version, recordedAt, content }: Recorded<Content>): VersionDocument<Content> {
  return { version, recordedAt: new Date(recordedAt), content };
}

export function historyOf<Content>({ versions }: VersionsDocument<Content>): History<Content> {
  return versions.map(({ version, recordedAt, content }) => ({ version, recordedAt: instantOf(recordedAt.getTime()), content }));
}
