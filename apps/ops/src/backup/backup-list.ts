import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, OpsFailure } from '../failure';
import { sha256Of, type FramesWritten } from './frames';

/** One file of a backup: the documents of a collection, or the records of a topic. */
export interface BackupFile extends FramesWritten {
  /** Below the folder of the backup. */
  readonly file: string;
}

export interface CollectionFile extends BackupFile {
  /** What the database is for, not how it is called: `dossiers`. */
  readonly database: string;
  readonly collection: string;
}

export interface TopicFile extends BackupFile {
  readonly topic: string;
  readonly partitions: number;
}

/** What a folder must have to be a backup; written last, so that one that was broken off is none. */
export interface BackupList {
  readonly format: typeof BACKUP_FORMAT;
  readonly madeAt: string;
  readonly collections: readonly CollectionFile[];
  readonly topics: readonly TopicFile[];
}

const LIST = 'backup.json';
export const BACKUP_FORMAT = 1;

export function writeList(folder: string, list: BackupList): void {
  const draft = path.join(folder, `${LIST}.draft`);
  writeFileSync(draft, `${JSON.stringify(list, undefined, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path.join(folder, LIST));
}

/** The list of a backup whose files are all there as they were written; an `OpsFailure` says which is not. */
export async function readWholeBackup(folder: string): Promise<BackupList> {
  const list = readList(folder);
  for (const { file, sha256 } of [...list.collections, ...list.topics]) {
    const found = await sha256Of(path.join(folder, file)).catch((error: unknown) => {
      throw new OpsFailure(`${path.join(folder, file)} cannot be read (${codeOf(error) ?? 'unreadable'}): the backup is not whole.`);
    });
    if (found !== sha256) throw new OpsFailure(`${path.join(folder, file)} is not what was written when the backup was made: nothing was restored.`);
  }
  return list;
}

function readList(folder: string): BackupList {
  const file = path.join(folder, LIST);
  let list: BackupList;
  try {
    list = JSON.parse(readFileSync(file, 'utf8')) as BackupList;
  } catch (error) {
    throw new OpsFailure(`${folder} is no backup: ${file} cannot be read (${codeOf(error) ?? 'no JSON'}). One that was broken off has none.`);
  }
  if ((list as { format?: unknown }).format !== BACKUP_FORMAT) throw new OpsFailure(`${file} is of another format than this program reads.`);
  return list;
}
