import { isWatermark } from '@index766/contracts-envelope';
import type { Result } from '@index766/kernel';
import { HEALTHY, unhealthy, type Logger, type Probe } from '@index766/platform-observability';
import type { MongoDatabase } from '../connection/mongo-database';
import { isDatabaseAway } from '../failures/database-failure';
import { endsWithin, pause } from '../timing';
import { RecordsMissing, placeOf, type FoldBack, type TopicRecord } from './fold-back';
import { RESTORE_OVERLAP_MS, isFinal, positionBefore, startPosition, type PositionEntry, type PositionHistory } from './position-history';
import { RestoreError } from './restore-error';
import { TopicPositions, type TopicPosition } from './topic-positions';

/** The way to topics; platform-kafka's TopicReader fits. */
export interface TopicSource {
  ends(topics: readonly string[]): Promise<readonly (Omit<TopicPosition, 'offset'> & { readonly end: bigint })[]>;
  read(
    request: {
      readonly topics: readonly string[];
      readonly from: (topic: string, partition: number) => bigint | undefined;
      readonly signal: AbortSignal;
    },
    onRecords: (records: readonly TopicRecord[]) => Promise<void>,
  ): Promise<readonly TopicPosition[]>;
}

export interface ReconciliationOptions {
  /** `dossiers` */
  readonly service: string;
  /** Partitions of each topic. */
  readonly slots: number;
  readonly topics: readonly FoldBack[];
  readonly source: TopicSource;
  /** Whether the topics are as the service needs them; rejects while the broker is away. */
  readonly verifyTopics: () => Promise<Result<void>>;
  /**
   * The database is a copy from earlier: what else follows topics has to follow them again. Runs before the copy is
   * taken for complete, so it is repeated when the start breaks off; a rejection is taken for the broker being away.
   */
  readonly onRestored: () => Promise<unknown>;
  /** Records that an operator found to be foreign, as `topic/partition/offset`. */
  readonly ignoredRecords: ReadonlySet<string>;
  readonly log: Logger;
}

export interface Reconciled {
  /** The database was older than the topics. */
  readonly isRestored: boolean;
  /** Documents that lacked something. */
  readonly lacked: number;
  readonly recordsRead: number;
}

/**
 * Watermarks behind the position of a service that stopped in order: the tick that was under way. More of them were sent by
 * a service whose database went on.
 */
const WATERMARKS_OF_A_STOP = 2;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
const SILENT_MS = 3_000;
const STOP_WITHIN_MS = 2_000;

interface Pass {
  lacked: number;
  recordsRead: number;
  /** Behind the place where reading began, in the partition that has most of them. */
  watermarks: number;
}

/**
 * Before a service accepts commands: its topics are as they must be, and its documents have what its topics have. A start
 * after an ordinary stop reads what was sent since the last tick of the watermarks; one on a restored copy reads what the
 * copy lacks, with an overlap.
 */
export class Reconciliation {
  readonly #positions: TopicPositions;
  readonly #stopping = new AbortController();
  #waitsFor: string | undefined = 'the service has not looked at its topics yet';

  constructor(
    database: MongoDatabase,
    private readonly options: ReconciliationOptions,
  ) {
    this.#positions = new TopicPositions(database, options.service, options.slots);
  }

  /** Readiness: why the service does not take commands yet. */
  readinessProbe(): Probe {
    return { name: 'topics', check: () => (this.#waitsFor === undefined ? HEALTHY : unhealthy(this.#waitsFor)) };
  }

  /**
   * Resolves when the documents have what the topics have; waits for as long as the broker or the database is away.
   * Rejects with a `RestoreError` when they do not belong together. Several members may do this at once.
   */
  async run(): Promise<Reconciled> {
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        await this.#verify();
        this.#waitsFor = 'the documents are brought up to what the topics have';
        const reconciled = await this.#reconcile();
        this.#waitsFor = undefined;
        this.options.log.info({ ...reconciled }, 'the documents have what the topics have');
        return reconciled;
      } catch (error) {
        if (this.#stopping.signal.aborted) throw new RestoreError('RESTORE.STOPPED', 'the service was stopped while it started');
        const obstacle = obstacleOf(error);
        if (obstacle === undefined) throw error;
        this.options.log.warn({ err: error, obstacle }, 'the start waits');
        this.#waitsFor = waitingFor(obstacle);
        await pause(wait, this.#stopping.signal);
      }
    }
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Writes down where the partitions of these slots end now: for the ticker of the watermarks. */
  record(slots: readonly number[]): Promise<void> {
    return this.#record((partition) => slots.includes(partition), false);
  }

  /**
   * The last member has stopped, nothing writes documents any more: the next start has nothing to read. Never throws; a
   * start after a stop that could not write it down reads some more.
   */
  async recordStop(): Promise<void> {
    if (this.#waitsFor !== undefined) return;
    const recorded = this.#record(() => true, true).catch((error: unknown) =>
      this.options.log.warn({ err: error }, 'the positions of the topics were not written down at the stop'));
    await endsWithin(recorded, STOP_WITHIN_MS);
  }

  async #record(isMeant: (slot: number) => boolean, final: boolean): Promise<void> {
    const ends = await this.options.source.ends(this.#topics());
    const meant = ends.filter(({ partition }) => isMeant(partition)).map(({ end, ...place }) => ({ ...place, offset: end }));
    await this.#positions.record(meant, final);
  }

  async #verify(): Promise<void> {
    // The client goes on trying for much longer before it gives up.
    const silence = setTimeout(() => {
      this.#waitsFor = waitingFor('broker');
    }, SILENT_MS);
    const verified = await this.options.verifyTopics()
      .catch((error: unknown) => {
        throw new BrokerAway(error);
      })
      .finally(() => clearTimeout(silence));
    if (!verified.ok) throw new RestoreError('RESTORE.TOPICS_UNFIT', verified.error.detail);
  }

  async #reconcile(): Promise<Reconciled> {
    const histories = await this.#positions.load();
    await this.#refuseOlderTopics(histories);
    const isFirst = histories.some((history) => history.length === 0);
    const first = await this.#fold(histories.map(startPosition));
    const wentOn = histories.every(isFinal) && first.pass.watermarks > WATERMARKS_OF_A_STOP;
    const isRestored = first.pass.recordsRead > 0 && (isFirst || first.isIncomplete || first.pass.lacked > 0 || wentOn);
    let { ends } = first;
    let { lacked, recordsRead } = first.pass;
    if (isRestored) {
      this.options.log.warn({ service: this.options.service }, 'the database is older than the topics: what it lacks is read from them');
      for (const from of [histories.map((history) => positionBefore(history, RESTORE_OVERLAP_MS)), histories.map(() => undefined)]) {
        const again = await this.#fold(from);
        lacked += again.pass.lacked;
        recordsRead += again.pass.recordsRead;
        ends = again.ends;
        if (ends !== undefined) break;
      }
      if (ends === undefined) throw new RestoreError('RESTORE.RECORDS_MISSING', 'records are missing at the beginning of the topics of this service: they were put back incompletely, or belong to another database');
      await this.options.onRestored().catch((error: unknown) => {
        throw new BrokerAway(error);
      });
    }
    if (ends !== undefined) await this.#positions.record(ends, false);
    return { isRestored, lacked, recordsRead };
  }

  /** Ends are undefined when records before those that were read are missing. */
  async #fold(from: readonly (PositionEntry | undefined)[]): Promise<{ pass: Pass; isIncomplete: boolean; ends: readonly TopicPosition[] | undefined }> {
    const pass: Pass = { lacked: 0, recordsRead: 0, watermarks: 0 };
    const watermarks = new Map<string, number>();
    const folds = new Map(this.options.topics.map((fold) => [fold.topic.name, fold]));
    try {
      const ends = await this.options.source.read({
        topics: this.#topics(),
        from: (topic, partition) => from[partition]?.offsets.get(topic),
        signal: this.#stopping.signal,
      }, async (records) => {
        const [{ topic, partition } = { topic: '', partition: 0 }] = records;
        const place = `${topic}/${partition}`;
        watermarks.set(place, (watermarks.get(place) ?? 0) + records.filter(isWatermark).length);
        pass.recordsRead += records.length;
        pass.watermarks = Math.max(pass.watermarks, watermarks.get(place) ?? 0);
        const told = records.filter((record) => !this.options.ignoredRecords.has(placeOf(record)));
        const folded = await folds.get(topic)?.fold(told);
        pass.lacked += folded?.lacked ?? 0;
        for (const place of folded?.unreadable ?? []) this.options.log.warn({ place }, 'a record that this service did not send is left out');
      });
      return { pass, isIncomplete: false, ends };
    } catch (error) {
      if (error instanceof RecordsMissing) return { pass, isIncomplete: true, ends: undefined };
      throw error;
    }
  }

  async #refuseOlderTopics(histories: readonly PositionHistory[]): Promise<void> {
    for (const { topic, partition, end } of await this.options.source.ends(this.#topics())) {
      const known = histories[partition]?.at(-1)?.offsets.get(topic);
      if (known === undefined || known <= end) continue;
      throw new RestoreError(
        'RESTORE.TOPICS_OLDER',
        `partition ${partition} of ${topic} ends at ${end}, but this database has sent up to ${known}: the topics were put back to an ` +
        'older state, or KAFKA_BROKERS names another broker. Put back topics that are at least as new as the database, or a database ' +
        'that is at least as old as the topics (docs/runbooks/restore.md)',
      );
    }
  }

  #topics(): readonly string[] {
    return this.options.topics.map(({ topic }) => topic.name);
  }
}

class BrokerAway extends Error {
  constructor(cause: unknown) {
    super('the broker does not answer', { cause });
  }
}

function waitingFor(obstacle: 'broker' | 'database'): string {
  return `the ${obstacle} is away`;
}

/** Undefined: waiting does not help. */
function obstacleOf(error: unknown): 'broker' | 'database' | undefined {
  if (error instanceof RestoreError) return undefined;
  if (isDatabaseAway(error)) return 'database';
  const isPassing = error instanceof BrokerAway || (error instanceof Error && 'retriable' in error && error.retriable === true);
  return isPassing ? 'broker' : undefined;
}
