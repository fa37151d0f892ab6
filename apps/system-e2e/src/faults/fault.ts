import { SERVICES, type ServiceName } from '../test/services';

/** Members that one service can have at a time. */
export const MOST_MEMBERS = 3;
export type MemberName = `${ServiceName}-${1 | 2 | 3}`;

export const STORES = ['broker', 'database'] as const;
export type StoreName = (typeof STORES)[number];

/** Processes of the stores; `database-backend` is one of the engine's children, whose death makes the engine recover. */
export const STORE_PROCESSES = ['broker', 'database-engine', 'database-gateway'] as const;
export type StoreProcess = (typeof STORE_PROCESSES)[number];

/** The connections of one member to one store: they go through a proxy of their own. */
export interface Link {
  readonly member: MemberName;
  readonly to: StoreName;
}

/** Which way of a connection swallows everything. `answers` alone: what was asked for is done and nobody hears of it. */
export type Direction = 'requests' | 'answers' | 'both';

/** What can go wrong. Members that join stay; all else is healed after a while. */
export type Fault =
  | { readonly kind: 'kill' | 'pause'; readonly process: MemberName | StoreProcess }
  | { readonly kind: 'crash'; readonly process: 'database-backend' }
  /** `leave` is told to end (SIGTERM), `vanish` is killed; neither comes back by itself. */
  | { readonly kind: 'join' | 'leave' | 'vanish'; readonly member: MemberName }
  | { readonly kind: 'cut'; readonly link: Link }
  | { readonly kind: 'slow'; readonly link: Link; readonly latencyMs: number; readonly jitterMs: number }
  | { readonly kind: 'narrow'; readonly link: Link; readonly kilobytesPerSecond: number }
  | { readonly kind: 'black-hole'; readonly link: Link; readonly direction: Direction };

export type FaultKind = Fault['kind'];

/** When a fault begins after its round has begun, and how long it is held. */
export type PlannedFault = Fault & { readonly startMs: number; readonly holdMs: number };

export interface Round {
  /** From 1. */
  readonly number: number;
  /** One, or two that overlap and touch different things. */
  readonly faults: readonly PlannedFault[];
  /** Between healing and the next round. */
  readonly restMs: number;
}

export function memberName(service: ServiceName, place: number): MemberName {
  return `${service}-${place}` as MemberName;
}

export function serviceOf(member: MemberName): ServiceName {
  const service = SERVICES.find((name) => member.startsWith(`${name}-`));
  if (service === undefined) throw new Error(`${member} is a member of no service`);
  return service;
}

/** The member or store that a fault touches: two faults of one round touch different ones. */
export function touched(fault: Fault): string {
  if ('member' in fault) return fault.member;
  if ('link' in fault) return fault.link.member;
  return fault.process.startsWith('database') ? 'database' : fault.process;
}

/** One fault in a few words, with its numbers. */
export function describeFault(fault: PlannedFault): string {
  const held = `${(fault.holdMs / 1000).toFixed(1)} s`;
  switch (fault.kind) {
    case 'kill': return `kill ${fault.process}, away ${held}`;
    case 'pause': return `pause ${fault.process} ${held}`;
    case 'crash': return `crash ${fault.process}`;
    case 'join': case 'leave': case 'vanish': return `${fault.kind} ${fault.member}`;
    case 'cut': return `cut ${describeLink(fault.link)} ${held}`;
    case 'slow': return `slow ${describeLink(fault.link)} by ${fault.latencyMs}±${fault.jitterMs} ms, ${held}`;
    case 'narrow': return `narrow ${describeLink(fault.link)} to ${fault.kilobytesPerSecond} kB/s, ${held}`;
    case 'black-hole': return `black-hole ${describeLink(fault.link)} (${fault.direction}) ${held}`;
  }
}

function describeLink({ member, to }: Link): string {
  return `${member}→${to}`;
}
