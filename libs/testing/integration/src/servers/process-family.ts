import { readFileSync, readdirSync } from 'node:fs';

export interface ChildEntry {
  readonly pid: number;
  /** Its command line, or what it calls itself. */
  readonly title: string;
}

/** The processes that `pid` has started itself. */
export function childrenOf(pid: number): readonly ChildEntry[] {
  return processIds().filter((each) => parentOf(each) === pid).map((child) => ({ pid: child, title: titleOf(child) }));
}

/**
 * Sends a signal to a process and all that descend from it, ancestors first: one that is stopped starts no more children,
 * so that none is missed. Ones that are gone meanwhile are passed over.
 */
export function signalFamily(pid: number, signal: NodeJS.Signals): void {
  if (!trySignal(pid, signal)) return;
  for (const child of childrenOf(pid)) signalFamily(child.pid, signal);
}

function trySignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function processIds(): readonly number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
}

function parentOf(pid: number): number | undefined {
  const stat = textOf(pid, 'stat');
  // The name in parentheses may hold anything, so that fields count from the last one.
  const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return parent === undefined ? undefined : Number(parent);
}

function titleOf(pid: number): string {
  return textOf(pid, 'cmdline').replaceAll('\0', ' ').trim();
}

/** Empty for a process that has ended since. */
function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
