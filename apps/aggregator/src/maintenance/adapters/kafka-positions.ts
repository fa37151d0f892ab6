import { setTimeout as pause } from 'node:timers/promises';
import type { PartitionLag, TopicAdmin } from '@index766/platform-kafka';

import { MaintenanceFailure } from '../maintenance-failure';
import type { Positions, ReadGroup } from '../positions';

const LOOK_EVERY_MS = 200;
/** A group that has something to read and does not move for so long has no member, or none that works. */
const STILL_MS = 60_000;

type Targets = ReadonlyMap<string, bigint>;

export class KafkaPositions implements Positions {
  constructor(
    private readonly admin: Pick<TopicAdmin, 'groupLag'>,
    private readonly stillMs: number = STILL_MS,
  ) {}

  async passed(groups: readonly ReadGroup[]): Promise<void> {
    for (const group of groups) await this.reach(group, targetsOf(await this.lags(group), ({ end }) => end));
  }

  async caughtUpWith(leader: ReadGroup, group: ReadGroup): Promise<void> {
    await this.reach(group, targetsOf(await this.lags(leader), positionOf));
  }

  private async reach(group: ReadGroup, targets: Targets): Promise<void> {
    let [behind, since] = [await this.behind(group, targets), performance.now()];
    while (behind > 0n) {
      await pause(LOOK_EVERY_MS);
      const now = await this.behind(group, targets);
      if (now < behind) [behind, since] = [now, performance.now()];
      else if (performance.now() - since > this.stillMs) {
        throw new MaintenanceFailure(`The group ${group.id} has ${behind} records to read and does not move: start the aggregator, then run this again.`);
      }
    }
  }

  private async behind(group: ReadGroup, targets: Targets): Promise<bigint> {
    const lags = await this.lags(group);
    return lags.reduce((sum, lag) => {
      const missing = (targets.get(placeOf(lag)) ?? 0n) - positionOf(lag);
      return missing > 0n ? sum + missing : sum;
    }, 0n);
  }

  private lags({ id, topics }: ReadGroup): Promise<readonly PartitionLag[]> {
    return this.admin.groupLag(id, topics);
  }
}

function targetsOf(lags: readonly PartitionLag[], target: (lag: PartitionLag) => bigint): Targets {
  return new Map(lags.map((lag) => [placeOf(lag), target(lag)]));
}

function placeOf({ topic, partition }: PartitionLag): string {
  return `${topic}/${partition}`;
}

function positionOf({ end, lag }: PartitionLag): bigint {
  return end - lag;
}
