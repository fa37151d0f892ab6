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

/**
 * So many stages a record may go through, one after the other: outbox of dossiers, payments, its outbox, ledger, scores.
 * One more: a record may be between two stages at a look.
 */
const PASSES = 6;
const EVERY_MS = 250;

/**
 * Resolves when everything that was underway has arrived: pass by pass each outbox was seen empty and each group seen to be
 * behind nowhere, so that what was in one stage is in the next one, at least. Not all at one look: watermarks come all the
 * time, and somebody is always about to read one. Throws an `OpsFailure` that says what is still on its way when the time is
 * over.
 */
export async function settle(underway: Underway, { groups, withinMs, everyMs = EVERY_MS, now = Date.now }: SettleOptions): Promise<void> {
  const end = now() + withinMs;
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const seen = new Set<string>();
    for (let open = await look(underway, groups, seen); open.length > 0; open = await look(underway, groups, seen)) {
      if (now() > end) throw new OpsFailure(`After ${Math.round(withinMs / 1000)} s there is still on its way: ${open.join('; ')}.`);
      await pause(everyMs);
    }
    await pause(everyMs);
  }
}

/** What is not done and was not in an earlier look of the pass; what is done is added to `seen`. */
async function look({ outboxes, lags, generation }: Underway, groups: readonly GroupName[], seen: Set<string>): Promise<readonly string[]> {
  const waiting = (await outboxes()).map(({ service, entries }): Stage => ({
    name: `outbox of ${service}`, isDone: entries === 0, open: `${entries} records in the outbox of ${service}`,
  }));
  // Asked in this order: what has left an outbox by now is in a topic that is looked at afterwards.
  const live = await generation();
  const behind = liveOnly(await lags(), live).filter(({ group }) => groups.includes(group)).map(({ group, topic, records }): Stage => ({
    name: `${group} ${topic}`, isDone: records === 0, open: `${group} is ${records} records behind on ${topic}`,
  }));
  const stages = [...waiting, ...behind];
  for (const { name, isDone } of stages) if (isDone) seen.add(name);
  return stages.filter(({ name }) => !seen.has(name)).map(({ open }) => open);
}

interface Stage {
  readonly name: string;
  readonly isDone: boolean;
  /** What is said of it while it is not done. */
  readonly open: string;
}

/** A group without later generations has one for all. */
function liveOnly(lags: readonly GroupLag[], live: number): readonly GroupLag[] {
  const hasLive = new Set(lags.filter(({ generation }) => generation === live).map(({ group }) => group));
  return lags.filter(({ group, generation }) => !hasLive.has(group) || generation === live);
}
