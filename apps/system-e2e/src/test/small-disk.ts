import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Mounts the file system, says so, and then only lives: $1 is where, $2 how large. */
const HOLD = 'mount -t tmpfs -o "size=$2" tmpfs "$1" && echo mounted && exec cat';
/** Root may mount in a namespace of mounts; others besides need to be root in a namespace of users. */
const NAMESPACES = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];

/**
 * A file system of a few megabytes, to be filled up. It is mounted in a namespace that one process holds: others reach it by that
 * process's folder under /proc, and it is gone with the process, which ends when this one does.
 */
export class SmallDisk {
  private constructor(private readonly holder: ChildProcess, private readonly mountPoint: string) {}

  /** Rejects with what is needed where nobody may mount. */
  static async make(megabytes: number): Promise<SmallDisk> {
    const mountPoint = mkdtempSync(path.join(tmpdir(), 'index766-disk-'));
    const holder = spawn('unshare', [...NAMESPACES, 'sh', '-c', HOLD, 'sh', mountPoint, `${megabytes}m`], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    holder.stderr.setEncoding('utf8').on('data', (text: string) => { complaint += text; });
    const isMounted = await Promise.race([once(createInterface(holder.stdout), 'line').then(() => true), once(holder, 'close').then(() => false)]);
    if (!isMounted) {
      rmdirSync(mountPoint);
      throw new Error(`A file system of its own is needed (unshare, mount): run it as root with CAP_SYS_ADMIN, or where users may make namespaces. ${complaint.trim()}`);
    }
    return new SmallDisk(holder, mountPoint);
  }

  /** Where its files are, for any process of the same user. */
  get folder(): string {
    return `/proc/${String(this.holder.pid)}/root${this.mountPoint}`;
  }

  /** Takes the space that is there but for these bytes, as somebody else's files would. */
  fill(leaving: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.filler, Buffer.alloc(Math.max(0, bavail * bsize - leaving)));
  }

  /** Gives back what `fill` took. */
  makeRoom(): void {
    rmSync(this.filler);
  }

  async remove(): Promise<void> {
    const closed = once(this.holder, 'close');
    this.holder.stdin?.end();
    await closed;
    rmdirSync(this.mountPoint);
  }

  private get filler(): string {
    return path.join(this.folder, 'filler');
  }
}
