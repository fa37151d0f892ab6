/** Who may send for a slot, and until when by the database's clock. */
export interface Lease {
  readonly owner: string;
  readonly until: Date;
}

export interface LeasePlan {
  /** To renew or to take now. */
  readonly hold: readonly number[];
  /** Held by this member, but another live member's by now. */
  readonly giveBack: readonly number[];
}

/**
 * Shares the slots out among the live members: slot s is for the member at place s modulo their number, in order of
 * their names. Every member computes the same from the same documents. A slot is taken when its lease is this member's
 * own, or ended, or was never given; one that another member still holds is waited for.
 */
export function planLeases(
  slots: number,
  leases: ReadonlyMap<number, Lease>,
  members: readonly string[],
  me: string,
  now: Date,
): LeasePlan {
  const ordered = [...new Set([...members, me])].sort();
  const hold: number[] = [];
  const giveBack: number[] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    const lease = leases.get(slot);
    const isMine = lease?.owner === me && lease.until > now;
    const isFree = !lease || lease.owner === me || lease.until <= now;
    const isForMe = ordered[slot % ordered.length] === me;
    if (isForMe && isFree) hold.push(slot);
    else if (!isForMe && isMine) giveBack.push(slot);
  }
  return { hold, giveBack };
}

/** Members heard of within the lease time. */
export function liveMembers(heardUntil: Readonly<Record<string, Date>>, now: Date): string[] {
  return Object.entries(heardUntil)
    .filter(([, until]) => until > now)
    .map(([member]) => member);
}
