import { setTimeout as pause } from 'node:timers/promises';
import { interleaved, seededNumbers } from '../test/seeded-order';
import { sampleCohorts } from '../test/small-sample';
import type { SystemAccess } from '../test/system-access';
import { tokenFor } from '../test/tokens';
import type { Difference } from './compare-states';
import { describeFault, type Round } from './fault';
import { suffer } from './inflict';
import type { Members } from './members';
import type { PacedWork } from '../test/paced-work';
import { madeUpFeedback } from './made-up-feedback';
import { comesByTopic, recordsForTopics } from './shares';
import { SourceLoad, type LoadCounts } from './source-load';
import { dossiersOf, feedbackParcels, pushParcels, type SourceParcel } from './source-parcels';
import type { Stores } from './stores';
import type { SystemState } from './system-state';
import { startTopicLoad, topicParcelsOf, type TopicParcel } from './topic-load';

export interface LoadSettings {
  readonly stores: Stores;
  readonly members: Members;
  readonly access: () => SystemAccess;
  readonly expected: SystemState;
  readonly seed: number;
}

const CATCH_UP_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** The sample on its way into a system, over HTTP and through the topics, while faults happen. */
export class LoadUnderFaults {
  private round = 0;

  private constructor(
    private readonly settings: LoadSettings,
    private readonly parcels: readonly SourceParcel[],
    private readonly topicParcels: readonly TopicParcel[],
    private readonly requests: SourceLoad,
    private readonly records: PacedWork<TopicParcel>,
  ) {}

  /** Nothing is sent before the first round. */
  static async start(settings: LoadSettings): Promise<LoadUnderFaults> {
    const { stores, members, access, expected, seed } = settings;
    const cohorts = sampleCohorts();
    const next = seededNumbers(seed);
    const pushed = pushParcels(cohorts, (dossier) => !comesByTopic(dossier));
    const parcels = interleaved(pushed, feedbackParcels(madeUpFeedback(dossiersOf(cohorts))), next);
    const topicParcels = topicParcelsOf(recordsForTopics(expected), next);
    const token = await tokenFor(access(), 'source', 'replay');
    const requests = new SourceLoad({ parcels, seed, token, urls: (service) => members.urlsOf(service), round: () => load.round });
    const load: LoadUnderFaults = new LoadUnderFaults(settings, parcels, topicParcels, requests, startTopicLoad(topicParcels, stores.brokerAddress));
    return load;
  }

  counts(): LoadCounts {
    return this.requests.counts();
  }

  roundsOf(about: string): { readonly from: number; readonly to: number } | undefined {
    return this.requests.roundsOf(about);
  }

  /** Goes through all rounds, a part of the load in each, and sends the rest; answers what failed, if anything did. */
  async through(plan: readonly Round[], onRound?: (round: Round, counts: LoadCounts) => void): Promise<Difference | undefined> {
    const partOf = (items: readonly unknown[]) => Math.ceil(items.length / plan.length);
    const isBehind = () => this.requests.work.underway() > 2 * partOf(this.parcels) && this.failedLoad() === undefined;
    for (const round of plan) {
      this.round = round.number;
      this.requests.work.release(partOf(this.parcels));
      this.records.release(partOf(this.topicParcels));
      const failure = await this.suffer(round) ?? this.failedLoad();
      // A slow machine would have most of the load left for the time after all faults.
      for (const end = Date.now() + CATCH_UP_WITHIN_MS; isBehind() && Date.now() < end;) await pause(LOOK_EVERY_MS);
      onRound?.(round, this.counts());
      if (failure !== undefined) return this.abandon(failure);
    }
    this.requests.hurry();
    try {
      await Promise.all([this.requests.work.finished(), this.records.finished()]);
      return undefined;
    } catch (error) {
      return this.abandon({ check: 'load', detail: describeError(error) });
    }
  }

  private async suffer({ number, faults, restMs }: Round): Promise<Difference | undefined> {
    const ends = await Promise.allSettled(faults.map((fault) => suffer(fault, this.settings)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed === undefined) {
      await pause(restMs);
      return undefined;
    }
    return { check: 'healing', detail: `round ${number} (${faults.map(describeFault).join(' + ')}): ${describeError(failed.reason)}` };
  }

  private failedLoad(): Difference | undefined {
    const failure = this.requests.work.failed() ?? this.records.failed();
    return failure === undefined ? undefined : { check: 'load', detail: `until round ${this.round}: ${failure.message}` };
  }

  /** Nobody waits for the rest: it must not go on behind the report. */
  private abandon(failure: Difference): Difference {
    const reason = new Error(failure.detail);
    this.requests.work.abandon(reason);
    this.records.abandon(reason);
    return failure;
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}
