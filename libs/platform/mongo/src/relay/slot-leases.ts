import { randomUUID } from 'node:crypto';
import type { MongoDatabase } from '../connection/mongo-database';
import { FencedDocuments, type Fenced } from '../documents/fenced-documents';
import { liveMembers, planLeases, type Lease } from './lease-plan';

/** One small document per slot of each relay of the service, and one with its members. */
export const LEASE_COLLECTION = 'relay_leases';

const LONG_PAST = new Date(0);

interface LeaseDocument {
  readonly owner?: string;
  readonly until?: Date;
  /** In the members' document alone: who is there, and until when he counts as alive. */
  readonly members?: Readonly<Record<string, Date>>;
}

/**
 * The slots that this member sends for. A lease spares repeated sends and shares the work out; it does not guard the
 * order: a member that goes on after its lease ended repeats what another has sent, and takes out only what it sent
 * itself.
 */
export class SlotLeases {
  readonly member = randomUUID();
  readonly #documents: FencedDocuments<LeaseDocument>;
  /** Slot → end of the lease on this process's monotonic clock. */
  #heldUntil = new Map<number, number>();
  #membersSeen = 1;

  constructor(
    private readonly database: MongoDatabase,
    private readonly relay: string,
    private readonly slots: number,
    private readonly leaseMs: number,
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    this.#documents = new FencedDocuments(database, LEASE_COLLECTION);
  }

  isHeld(slot: number): boolean {
    return (this.#heldUntil.get(slot) ?? 0) > this.monotonic();
  }

  held(): number[] {
    return [...this.#heldUntil.keys()].filter((slot) => this.isHeld(slot)).sort((a, b) => a - b);
  }

  /** True when no other member was there at the last renewal: then every save of the service announces itself here. */
  isAlone(): boolean {
    return this.#membersSeen === 1;
  }

  /**
   * Renews, takes what is free, gives back what is another's by now. `beforeGivingBack` is waited for: what is being
   * sent of those slots ends first.
   */
  async renew(beforeGivingBack: (slots: readonly number[]) => Promise<void>): Promise<void> {
    const startedAt = this.monotonic();
    const now = new Date(this.database.now());
    const until = new Date(now.getTime() + this.leaseMs);
    const known = await this.#documents.findMany([this.membersId(), ...this.allSlots().map((slot) => this.slotId(slot))]);

    const heard = known.get(this.membersId());
    const others = liveMembers(heard?.content.members ?? {}, now).filter((member) => member !== this.member);
    this.#membersSeen = others.length + 1;
    const members = Object.fromEntries([
      ...others.map((member) => [member, heard?.content.members?.[member] ?? until] as const),
      [this.member, until] as const,
    ]);

    const plan = planLeases(this.slots, this.leasesOf(known), others, this.member, now);
    if (plan.giveBack.length > 0) {
      for (const slot of plan.giveBack) this.#heldUntil.delete(slot);
      await beforeGivingBack(plan.giveBack);
    }
    const lost = await this.#documents.replaceMany([
      { id: this.membersId(), rev: heard?.rev ?? 0, content: { members } },
      ...plan.hold.map((slot) => this.leaseOf(slot, until, known)),
      ...plan.giveBack.map((slot) => this.leaseOf(slot, LONG_PAST, known)),
    ]);
    this.#heldUntil = new Map(
      plan.hold.filter((slot) => !lost.has(this.slotId(slot))).map((slot) => [slot, startedAt + this.leaseMs]),
    );
  }

  /** At the end: others need not wait for the lease time. */
  async giveAllBack(): Promise<void> {
    const known = await this.#documents.findMany([this.membersId(), ...this.allSlots().map((slot) => this.slotId(slot))]);
    this.#heldUntil = new Map();
    const mine = [...this.leasesOf(known)].filter(([, { owner }]) => owner === this.member).map(([slot]) => slot);
    const heard = known.get(this.membersId());
    const { [this.member]: _left, ...others } = heard?.content.members ?? {};
    await this.#documents.replaceMany([
      { id: this.membersId(), rev: heard?.rev ?? 0, content: { members: others } },
      ...mine.map((slot) => this.leaseOf(slot, LONG_PAST, known)),
    ]);
  }

  private leasesOf(known: ReadonlyMap<string, Fenced<LeaseDocument>>): Map<number, Lease> {
    const leases = new Map<number, Lease>();
    for (const slot of this.allSlots()) {
      const content = known.get(this.slotId(slot))?.content;
      if (content?.owner && content.until) leases.set(slot, { owner: content.owner, until: content.until });
    }
    return leases;
  }

  private leaseOf(slot: number, until: Date, known: ReadonlyMap<string, Fenced<LeaseDocument>>): Fenced<LeaseDocument> {
    const id = this.slotId(slot);
    return { id, rev: known.get(id)?.rev ?? 0, content: { owner: this.member, until } };
  }

  private allSlots(): number[] {
    return Array.from({ length: this.slots }, (_, slot) => slot);
  }

  private slotId(slot: number): string {
    return `${this.relay}/${slot}`;
  }

  private membersId(): string {
    return `${this.relay}/members`;
  }
}
