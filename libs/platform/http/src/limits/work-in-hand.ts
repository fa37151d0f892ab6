/** Bytes that a request holds until it is answered. */
export interface HeldBytes {
  /** The body turned out to be this long. */
  becomes(bytes: number): void;
  release(): void;
}

export interface WorkLimits {
  readonly callerInWork: number;
  readonly bodyMemoryBytes: number;
}

interface CallerWork {
  requests: number;
  bytes: number;
}

/** Who has how many requests in work, and how many bytes their bodies hold. A caller without any is not remembered. */
export class WorkInHand {
  private readonly callers = new Map<string, CallerWork>();
  private bytes = 0;

  constructor(private readonly limits: WorkLimits) {}

  get heldBytes(): number {
    return this.bytes;
  }

  /** False: the caller has as many requests in work as one may have. `leave` once for each true. */
  enter(caller: string): boolean {
    const work = this.callers.get(caller) ?? { requests: 0, bytes: 0 };
    if (work.requests >= this.limits.callerInWork) return false;
    work.requests += 1;
    this.callers.set(caller, work);
    return true;
  }

  leave(caller: string): void {
    const work = this.callers.get(caller);
    if (work === undefined) return;
    work.requests -= 1;
    if (work.requests === 0) this.callers.delete(caller);
  }

  /**
   * Sets bytes aside for the body of a caller that entered; undefined: there is no room now. Half of the room is the most
   * for one caller, so that one alone cannot shut out all others; a single body always fits.
   */
  hold(caller: string, bytes: number): HeldBytes | undefined {
    const work = this.callers.get(caller);
    if (work === undefined) throw new Error('a caller that did not enter holds no bytes');
    const { bodyMemoryBytes } = this.limits;
    if (this.bytes > 0 && this.bytes + bytes > bodyMemoryBytes) return undefined;
    if (work.bytes > 0 && work.bytes + bytes > bodyMemoryBytes / 2) return undefined;
    let held = 0;
    const becomes = (now: number): void => {
      this.bytes += now - held;
      work.bytes += now - held;
      held = now;
    };
    becomes(bytes);
    return { becomes, release: () => becomes(0) };
  }
}
