import { setTimeout as pause } from 'node:timers/promises';
import { OpsFailure } from '../failure';
import type { GroupLag } from '../services/broker';
import type { GroupName } from '../services/topic-manifest';

/** What is still on its way, looked at from outside. */
export interface Underway {
  /** Records that wait in the outboxes of services, by service. */
  readonly outboxes: () => Promise<readonly { readonly service: string; readonly entries: number }[]>;
  readonly lags: () => Promise<readonly GroupLag[]>;
  /** Generation of figures that is served: groups of others need not follow. */
  readonly generation: () => Promise<number>;
}

export interface SettleOptions {
  readonly groups: readonly GroupName[];
  readonly withinMs: number;
  /** Between two looks. */
  readonly everyMs?: number;
  readonly now?: () => number;
}

/** One quiet look can fall between two stages: the record has left the one and not reached the other. */
const QUIET_LOOKS = 3;
const EVERY_MS = 400;

/**
 * Resolves when all outboxes are empty and no group is behind, seen several times in a row. Throws an `OpsFailure` that
 * says what is still on its way when the time is over.
 */
export async function settle(underway: Underway, { groups, withinMs, everyMs = EVERY_MS, now = Date.now }: SettleOptions): Promise<void> {
  const end = now() + withinMs;
  for (let quiet = 0; quiet < QUIET_LOOKS;) {
    const open = await whatIsOpen(underway, groups);
    quiet = open.length === 0 ? quiet + 1 : 0;
    if (quiet === QUIET_LOOKS) return;
    // Looks of a slow machine may outlast the time: what is quiet is looked at until it is certain.
    if (open.length > 0 && now() > end) throw new OpsFailure(`After ${Math.round(withinMs / 1000)} s there is still on its way: ${open.join('; ')}.`);
    await pause(everyMs);
  }
}

async function whatIsOpen({ outboxes, lags, generation }: Underway, groups: readonly GroupName[]): Promise<readonly string[]> {
  const waiting = (await outboxes()).filter(({ entries }) => entries > 0).map(({ service, entries }) => `${entries} records in the outbox of ${service}`);
  // Asked in this order: what has left an outbox by now is in a topic that is looked at afterwards.
  const live = await generation();
  const behind = liveOnly(await lags(), live).filter(({ group, records }) => groups.includes(group) && records > 0)
    .map(({ group, topic, records }) => `${group} is ${records} records behind on ${topic}`);
  return [...waiting, ...behind];
}

/** A group without later generations has one for all. */
function liveOnly(lags: readonly GroupLag[], live: number): readonly GroupLag[] {
  const hasLive = new Set(lags.filter(({ generation }) => generation === live).map(({ group }) => group));
  return lags.filter(({ group, generation }) => !hasLive.has(group) || generation === live);
}
