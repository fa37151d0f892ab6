import { earliest, type Instant, type UnitCode } from '@index766/kernel';

import type { Channel } from './facts';
import { evaluationEnd, type Span } from './evaluation';
import { holderBefore, receivingUnit } from './holder';
import { belongsTo } from './judge';
import type { DossierView } from './view';

/**
 * What came, went and stayed. It always holds: inHandAtStart + received + transferredIn = ended + transferredOut +
 * inHandAtEnd, and received = the sum of `receivedBy` (lifecycle.md §4).
 */
export interface Flows {
  inHandAtStart: number;
  received: number;
  receivedBy: Record<Channel, number>;
  transferredIn: number;
  ended: number;
  transferredOut: number;
  inHandAtEnd: number;
}

/**
 * Flows of a period at T per group of units.
 *
 * @param groupOf the group that a unit is counted in: itself, or its province; a transfer inside a group is none.
 */
export function flowsOf(
  views: Iterable<DossierView>, period: Span, at: Instant, groupOf: (unit: UnitCode) => UnitCode = (unit) => unit,
): ReadonlyMap<UnitCode, Flows> {
  const until = evaluationEnd(period, at);
  // Before a period begins nothing has flowed yet: what is in hand at T is in hand at its start and its end.
  const start = earliest(period.start, until);
  const flows = new Map<UnitCode, Flows>();
  const of = (unit: UnitCode | null): Flows | undefined => (unit === null ? undefined : groupFlows(flows, groupOf(unit)));
  for (const view of views) {
    if (!belongsTo(view, period, until)) continue;
    countArrival(view, start, of);
    countTransfers(view, start, until, groupOf, of);
    const last = of(holderBefore(view, until));
    if (last === undefined) continue;
    if (view.endedAt !== null && view.endedAt < until) last.ended += 1;
    else last.inHandAtEnd += 1;
  }
  return flows;
}

function countArrival(view: DossierView, start: Instant, of: (unit: UnitCode | null) => Flows | undefined): void {
  if (view.receivedAt !== null && view.receivedAt < start) {
    const holder = of(holderBefore(view, start));
    if (holder !== undefined) holder.inHandAtStart += 1;
    return;
  }
  const receiver = of(receivingUnit(view));
  if (receiver === undefined) return;
  receiver.received += 1;
  receiver.receivedBy[view.channel] += 1;
}

function countTransfers(
  { holders }: DossierView, start: Instant, until: Instant, groupOf: (unit: UnitCode) => UnitCode,
  of: (unit: UnitCode | null) => Flows | undefined,
): void {
  for (let index = 1; index < holders.length; index += 1) {
    const before = holders[index - 1];
    const after = holders[index];
    if (before === undefined || after === undefined || after.from < start || after.from >= until) continue;
    if (groupOf(before.unit) === groupOf(after.unit)) continue;
    const giver = of(before.unit);
    const taker = of(after.unit);
    if (giver !== undefined) giver.transferredOut += 1;
    if (taker !== undefined) taker.transferredIn += 1;
  }
}

function groupFlows(flows: Map<UnitCode, Flows>, group: UnitCode): Flows {
  const known = flows.get(group);
  if (known !== undefined) return known;
  const none: Flows = {
    inHandAtStart: 0, received: 0, receivedBy: { 'in-person': 0, online: 0, postal: 0 }, transferredIn: 0, ended: 0,
    transferredOut: 0, inHandAtEnd: 0,
  };
  flows.set(group, none);
  return none;
}
