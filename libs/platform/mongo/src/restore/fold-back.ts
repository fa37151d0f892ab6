import {
  decodeRecord, isWatermark, type DecodedRecord, type FactOfTopic, type RawRecord, type TopicContract,
} from '@index766/contracts-envelope';
import { compareText, refused, type Refusal, type Result } from '@index766/kernel';
import { newAggregate, type AggregateChange, type StateFields } from '../aggregate/aggregate-document';
import type { AggregateStore } from '../aggregate/aggregate-store';
import { RestoreError } from './restore-error';

/** A record as a reader of topics hands it on. */
export interface TopicRecord extends RawRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** What a document lacks of what its topic has: fields to write. */
export type LackingFields<State> = Pick<AggregateChange<State>, 'set' | 'unset'>;

/** How one of a service's own topics is folded back into the documents that it came from. */
export interface FoldBackOptions<State extends StateFields<State>, Topic extends TopicContract> {
  readonly topic: Topic;
  /** Aggregates by the key of the topic. */
  readonly store: AggregateStore<State>;
  /**
   * Pure. Records of one key in the order of the topic, some of them known to the document; the state is undefined when
   * there is no document. Undefined: the document lacks nothing. Refuses with `recordsMissing()` when records before these
   * are neither in the document nor among them, with `otherContent()` when a sequence stands for something else here.
   */
  readonly foldBack: (
    id: string, state: State | undefined, records: readonly DecodedRecord<FactOfTopic<Topic>>[],
  ) => Result<LackingFields<State> | undefined>;
}

export interface Folded {
  /** Documents that lacked something. */
  readonly lacked: number;
  /** Records that keep to no contract of the topic: somebody else sent them, and readers set them aside too. */
  readonly unreadable: readonly string[];
}

/** A topic of the service with the way back into its documents. */
export interface FoldBack {
  readonly topic: TopicContract;
  /** Brings documents up to what these records say. */
  fold(records: readonly TopicRecord[]): Promise<Folded>;
}

/** `topic/partition/offset`: names a record in messages and settings. */
export function placeOf({ topic, partition, offset }: Pick<TopicRecord, 'topic' | 'partition' | 'offset'>): string {
  return `${topic}/${partition}/${offset}`;
}

/** Records of earlier sequences are neither in the document nor in what was read: reading has to begin earlier. */
export class RecordsMissing extends Error {
  override readonly name = 'RecordsMissing';
}

interface Told<Topic extends TopicContract> {
  readonly decoded: DecodedRecord<FactOfTopic<Topic>>;
  readonly place: string;
}

type RecordsByKey<Topic extends TopicContract> = ReadonlyMap<string, readonly Told<Topic>[]>;

const RECORDS_PER_ROUND = 500;
const ROUNDS = 16;

/** One line of a service's start: a topic, its aggregates, and one pure function. */
export function foldBack<State extends StateFields<State>, Topic extends TopicContract>(options: FoldBackOptions<State, Topic>): FoldBack {
  return {
    topic: options.topic,
    fold: async (records) => {
      let lacked = 0;
      const unreadable: string[] = [];
      for (let from = 0; from < records.length; from += RECORDS_PER_ROUND) {
        lacked += await foldRound(options, byKey(options.topic, records.slice(from, from + RECORDS_PER_ROUND), unreadable));
      }
      return { lacked, unreadable };
    },
  };
}

/** Documents of one round; those that another member was faster with are loaded and folded again. */
async function foldRound<State extends StateFields<State>, Topic extends TopicContract>(
  { topic, store, foldBack: fold }: FoldBackOptions<State, Topic>, records: RecordsByKey<Topic>,
): Promise<number> {
  let pending = [...records.keys()].sort(compareText);
  let lacked = 0;
  for (let round = 1; pending.length > 0; round += 1) {
    if (round > ROUNDS) throw new Error(`documents of ${topic.name} are written by others again and again`);
    const known = await store.findMany(pending);
    const changes = pending.flatMap((id): AggregateChange<State>[] => {
      const aggregate = known.get(id);
      const told = records.get(id) ?? [];
      const folded = fold(id, aggregate?.state, told.map(({ decoded }) => decoded));
      if (!folded.ok) throw failureOf(topic, folded.error, told.map(({ place }) => place));
      return folded.value === undefined ? [] : [{ of: aggregate ?? newAggregate(id), ...folded.value }];
    });
    const { lost } = await store.saveMany(changes);
    lacked += changes.length - lost.size;
    pending = [...lost];
  }
  return lacked;
}

function byKey<Topic extends TopicContract>(topic: Topic, records: readonly TopicRecord[], unreadable: string[]): RecordsByKey<Topic> {
  const byId = new Map<string, Told<Topic>[]>();
  for (const record of records) {
    if (isWatermark(record)) continue;
    const decoded = decodeRecord(topic, record);
    if (!decoded.ok) {
      unreadable.push(placeOf(record));
      continue;
    }
    const told = { decoded: decoded.value, place: placeOf(record) };
    const ofKey = byId.get(decoded.value.envelope.subject);
    if (ofKey === undefined) byId.set(decoded.value.envelope.subject, [told]);
    else ofKey.push(told);
  }
  return byId;
}

const MISSING = 'RESTORE.RECORDS_MISSING';

/** Refusal of `foldBack`: there is a gap between the document and these records. */
export function recordsMissing(): Result<never> {
  return refused(MISSING, 'records before these are missing');
}

/** Refusal of `foldBack`: topic and document do not belong together. */
export function otherContent(sequence: number): Result<never> {
  return refused('RESTORE.OTHER_CONTENT', `sequence ${sequence} of a key has another content than in the database`);
}

function failureOf({ name }: TopicContract, { code, detail }: Refusal, places: readonly string[]): Error {
  if (code === MISSING) return new RecordsMissing(`${name}: ${detail}`);
  return new RestoreError(
    'RESTORE.FOREIGN_CONTENT',
    `${detail}; it is one of these records: ${places.join(', ')}. Another database sent them, or somebody else who may write to the ` +
    'topic: docs/runbooks/restore.md says what to do',
  );
}
