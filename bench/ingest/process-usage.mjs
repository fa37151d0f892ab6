import fs from 'node:fs';

/** Jiffies of a second in /proc: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

function statOf(pid) {
  try {
    // The name of the program may hold anything; what follows its closing bracket is numbers.
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return { pid, parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) };
  } catch {
    return undefined; // it has ended meanwhile
  }
}

/** CPU seconds that a process and all below it have used, those that ended included. */
export function cpuSecondsOf(root) {
  const all = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => statOf(Number(name)) ?? []);
  const inTree = new Set([root]);
  for (let size = 0; size !== inTree.size;) {
    size = inTree.size;
    for (const { pid, parent } of all) if (inTree.has(parent)) inTree.add(pid);
  }
  return all.filter(({ pid }) => inTree.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** The most memory that a process ever had resident, in MiB. */
export function peakMemoryOf(pid) {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

/** CPU seconds used by each part while `work` runs: { result, seconds, cpu: { name: seconds } }. `parts`: [{ name, pids }]. */
export async function measured(parts, work) {
  const used = () => Object.fromEntries(parts.map(({ name, pids }) => [name, pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0)]));
  const before = used();
  const startedAt = performance.now();
  const result = await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = used();
  return { result, seconds, cpu: Object.fromEntries(parts.map(({ name }) => [name, after[name] - before[name]])) };
}

export const loadAverage = () => Number(fs.readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
