import { SERVICES, type ServiceName } from '../test/services';
import { seededNumbers, shuffled } from '../test/seeded-order';
import {
  MOST_MEMBERS, STORES, STORE_PROCESSES, memberName, serviceOf, touched, type Direction, type Fault, type FaultKind, type MemberName,
  type PlannedFault, type Round, type StoreName, type StoreProcess,
} from './fault';

/** A kind of fault at a kind of place; which member it is follows from who is there when its turn comes. */
interface Card {
  readonly kind: FaultKind;
  readonly at: ServiceName | StoreProcess | 'database-backend';
  readonly to?: StoreName;
}

const LINK_KINDS = ['cut', 'slow', 'narrow', 'black-hole'] as const;
const DIRECTIONS: readonly Direction[] = ['requests', 'answers', 'both'];

/** Every fault there is. A plan goes through all of them in an order of its seed before any comes again. */
const cardsOf = (services: readonly ServiceName[]): readonly Card[] => [
  ...(['kill', 'pause'] as const).flatMap((kind) => [...services, ...STORE_PROCESSES].map((at): Card => ({ kind, at }))),
  { kind: 'crash', at: 'database-backend' },
  // Twice, as there are two ways to go.
  ...(['join', 'join', 'leave', 'vanish'] as const).flatMap((kind) => services.map((at): Card => ({ kind, at }))),
  ...LINK_KINDS.flatMap((kind) => services.flatMap((at) => STORES.map((to): Card => ({ kind, at, to })))),
];

const OVERLAPPING = 0.25;
const LATEST_START_MS = 1_000;
const REST_MS = { from: 300, to: 1_500 };
/** Milliseconds by how often: most faults are short; some outlive a group's session (6 s) and a lease. */
const HOLDS = [
  { share: 0.5, from: 200, to: 1_500 },
  { share: 0.35, from: 1_500, to: 5_000 },
  { share: 0.15, from: 6_500, to: 11_000 },
] as const;

/** The faults of a campaign, in order: a function of the seed, the number of rounds and the services, and of nothing else. */
export function planFaults(seed: number, rounds: number, services: readonly ServiceName[] = SERVICES): readonly Round[] {
  const next = seededNumbers(seed);
  const deck = new Deck(cardsOf(services), next);
  let members: ReadonlySet<MemberName> = new Set(services.map((service) => memberName(service, 1)));
  return Array.from({ length: rounds }, (_, index): Round => {
    const first = deck.draw(members, new Set());
    const faults = [timed(first, next)];
    if (next() < OVERLAPPING) faults.push(timed(deck.draw(membersAfter(members, first), new Set([touched(first)])), next));
    members = faults.reduce(membersAfter, members);
    return { number: index + 1, faults, restMs: between(REST_MS, next) };
  });
}

/** Who is there after a fault. A killed one that is started again counts as there. */
export function membersAfter(members: ReadonlySet<MemberName>, fault: Fault): ReadonlySet<MemberName> {
  if (fault.kind === 'join') return new Set([...members, fault.member]);
  if (fault.kind === 'leave' || fault.kind === 'vanish') return new Set([...members].filter((member) => member !== fault.member));
  return members;
}

class Deck {
  private readonly cards: Card[] = [];

  constructor(private readonly kinds: readonly Card[], private readonly next: () => number) {}

  /** The next fault that is possible with these members and does not touch what is named; cards passed over keep their turn. */
  draw(members: ReadonlySet<MemberName>, untouched: ReadonlySet<string>): Fault {
    for (let at = 0; ; at += 1) {
      if (at >= this.cards.length) this.cards.push(...shuffled(this.kinds, this.next));
      const card = this.cards[at];
      if (card === undefined) throw new Error('a shuffled deck has no card');
      const fault = this.faultOf(card, [...members].sort(), untouched);
      if (fault === undefined) continue;
      this.cards.splice(at, 1);
      return fault;
    }
  }

  private faultOf({ kind, at, to }: Card, members: readonly MemberName[], untouched: ReadonlySet<string>): Fault | undefined {
    const fault = isStoreProcess(at) ? storeFault(kind, at) : this.memberFault(kind, at, to, members);
    return fault === undefined || untouched.has(touched(fault)) ? undefined : fault;
  }

  private memberFault(kind: FaultKind, service: ServiceName, to: StoreName | undefined, members: readonly MemberName[]): Fault | undefined {
    const own = members.filter((name) => serviceOf(name) === service);
    const member = pick(own, this.next);
    if (member === undefined) return undefined;
    switch (kind) {
      case 'kill': case 'pause': return { kind, process: member };
      case 'join': return own.length < MOST_MEMBERS ? { kind, member: freePlace(service, own) } : undefined;
      case 'leave': case 'vanish': return own.length > 1 ? { kind, member } : undefined;
      case 'crash': return undefined;
      case 'cut': case 'slow': case 'narrow': case 'black-hole': return to === undefined ? undefined : this.linkFault(kind, member, to);
    }
  }

  private linkFault(kind: (typeof LINK_KINDS)[number], member: MemberName, to: StoreName): Fault {
    const link = { member, to };
    switch (kind) {
      case 'cut': return { kind, link };
      case 'slow': return { kind, link, latencyMs: between({ from: 50, to: 1_500 }, this.next), jitterMs: between({ from: 0, to: 300 }, this.next) };
      case 'narrow': return { kind, link, kilobytesPerSecond: between({ from: 4, to: 64 }, this.next) };
      case 'black-hole': return { kind, link, direction: pick(DIRECTIONS, this.next) ?? 'both' };
    }
  }
}

function isStoreProcess(at: Card['at']): at is StoreProcess | 'database-backend' {
  return at === 'database-backend' || STORE_PROCESSES.some((name) => name === at);
}

function storeFault(kind: FaultKind, at: StoreProcess | 'database-backend'): Fault | undefined {
  if (at === 'database-backend') return { kind: 'crash', process: at };
  return kind === 'kill' || kind === 'pause' ? { kind, process: at } : undefined;
}

function freePlace(service: ServiceName, taken: readonly MemberName[]): MemberName {
  const places = Array.from({ length: MOST_MEMBERS }, (_, index) => memberName(service, index + 1));
  const free = places.find((name) => !taken.includes(name));
  if (free === undefined) throw new Error(`${service} has no place for another member`);
  return free;
}

function timed(fault: Fault, next: () => number): PlannedFault {
  const startMs = Math.floor(next() * LATEST_START_MS);
  const share = next();
  let upTo = 0;
  const hold = HOLDS.find((each) => share < (upTo += each.share)) ?? HOLDS[0];
  return { ...fault, startMs, holdMs: between(hold, next) };
}

function between({ from, to }: { readonly from: number; readonly to: number }, next: () => number): number {
  return from + Math.floor(next() * (to - from));
}

function pick<T>(items: readonly T[], next: () => number): T | undefined {
  return items[Math.floor(next() * items.length)];
}
