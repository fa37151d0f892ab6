import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseSourceTokens, type Role } from '@index766/platform-auth';
import { codeOf, OpsFailure } from '../failure';

/** One static token as services read it; the token itself stands nowhere. */
export interface SourceTokenEntry {
  readonly name: string;
  readonly sha256: string;
  readonly roles: readonly Role[];
  readonly units: readonly string[];
}

const OWNER_ONLY = 0o600;

/**
 * Adds an entry to the file of static tokens, which is made if it is missing. A file that services would not accept is
 * refused, and left as it is. The new one takes its place in one step: a service that starts meanwhile reads a whole file.
 * @throws OpsFailure
 */
export async function addSourceToken(file: string, entry: SourceTokenEntry): Promise<void> {
  const entries = [...entriesOf(await contentOf(file), file), entry];
  const written = `${file}.${process.pid}`;
  await writeFile(written, `${JSON.stringify(entries, null, 2)}\n`, { mode: OWNER_ONLY });
  await rename(written, file);
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '[]';
    throw new OpsFailure(`${file} cannot be read (${codeOf(error) ?? 'unknown reason'}).`);
  }
}

function entriesOf(text: string, file: string): readonly unknown[] {
  try {
    parseSourceTokens(text);
  } catch (error) {
    throw new OpsFailure(`${file} is not as services need it: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return JSON.parse(text) as readonly unknown[];
}
