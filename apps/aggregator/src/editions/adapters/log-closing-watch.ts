import { compareText, earliest, localDayOf, parseDossierId, unitInCode, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';
import type { UnitTree } from '@index766/index-766';
import { deadLetterTopicOf, type DeadLetters, type LoggedLetter, type TopicAdmin } from '@index766/platform-kafka';

import { holesIn, type FactsOfEntry, type Ledger } from '../../ledger';
import { countsIn } from '../../scores';
import type { ClosingState, OpenHole, OpenLetter, ProducerWatermark, SourceHeard } from '../closing-check';
import type { ClosingWatch } from '../closing-watch';
import { producerOf } from '../visibility';

/** Dead letters are read from their topics; who asks again within this time gets the same answer, as of the same watermarks. */
const LOG_HOLDS_MS = 5_000;

export interface ReadingGroup {
  /** As the service calls it, and so its dead-letter topics. */
  readonly name: string;
  /** As the broker calls it. */
  readonly groupId: string;
  readonly topics: readonly string[];
}

export interface LogClosingWatchOptions {
  readonly admin: Pick<TopicAdmin, 'groupWatermarks'>;
  /** Those that editions follow from. */
  readonly groups: readonly ReadingGroup[];
  readonly letters: Pick<DeadLetters, 'list'>;
  readonly ledgers: readonly Pick<Ledger<unknown>, 'factsWithHoles'>[];
  /** Topics whose records are about dossiers and petitions, by their keys. */
  readonly ledgerTopics: ReadonlySet<string>;
  readonly arrivals: {
    sourcesOf(province: UnitCode): Promise<readonly SourceHeard[]>;
    earliestSince(province: UnitCode, since: Instant): Promise<Instant | undefined>;
    mendedAt(province: UnitCode): Promise<Instant | null>;
  };
  readonly treeOn: (day: LocalDay) => UnitTree;
}

/** Asks the broker how far the groups have read and what they set aside, and the database for what is missing. */
export class LogClosingWatch implements ClosingWatch {
  private logRead: { readonly at: number; readonly state: Promise<LogState> } | undefined;

  constructor(private readonly options: LogClosingWatchOptions) {}

  async stateOf(province: UnitCode, now: Instant): Promise<ClosingState> {
    const isOfProvince = this.provinceCheck(province, this.options.treeOn(localDayOf(now)));
    // What was read up to a watermark is looked at after it; what was mended meanwhile was noted before the hole was gone.
    const { watermarks, letters: logged } = await this.logState();
    const [sources, holes] = await Promise.all([this.options.arrivals.sourcesOf(province), this.entriesWithHoles(isOfProvince)]);
    const mendedAt = await this.options.arrivals.mendedAt(province);
    const letters = openLetters(logged, this.options.ledgerTopics, isOfProvince);
    return { now, watermarks, sources, letters, mendedAt, holesBefore: (instant) => holesBefore(holes, instant) };
  }

  earliestSince(province: UnitCode, since: Instant): Promise<Instant | undefined> {
    return this.options.arrivals.earliestSince(province, since);
  }

  /** The least of all partitions of all topics of a producer. */
  private async watermarks(): Promise<readonly ProducerWatermark[]> {
    const { admin, groups } = this.options;
    const least = new Map<string, Instant | null | undefined>(groups.flatMap(({ topics }) => topics.map((topic) => [producerOf(topic), undefined])));
    const read = await admin.groupWatermarks(groups.map(({ groupId, topics }) => ({ group: groupId, topics })));
    for (const { topic, recordedBefore: passed = null } of read.flat()) {
      const before = least.get(producerOf(topic));
      least.set(producerOf(topic), passed === null || before === null ? null : earliest(before ?? passed, passed));
    }
    return [...least].map(([producer, passed]) => ({ producer, passed: passed ?? null })).sort((a, b) => compareText(a.producer, b.producer));
  }

  private async entriesWithHoles(isOfProvince: IsOfProvince): Promise<readonly FactsOfEntry[]> {
    const entries = await Promise.all(this.options.ledgers.map((ledger) => ledger.factsWithHoles()));
    return entries.flat().filter(({ id, units }) => isOfProvince(id, units));
  }

  /** Watermarks first: of a letter that is set aside afterwards, they have passed nothing. */
  private logState(): Promise<LogState> {
    const at = performance.now();
    if (this.logRead === undefined || at - this.logRead.at > LOG_HOLDS_MS) {
      const state = this.readLog();
      this.logRead = { at, state };
      // A failure belongs to who asked; the next one asks anew.
      state.catch(() => { this.logRead = undefined; });
    }
    return this.logRead.state;
  }

  private async readLog(): Promise<LogState> {
    const watermarks = await this.watermarks();
    const topics = this.options.groups.flatMap(({ name, topics: read }) => read.map((topic) => deadLetterTopicOf(topic, name)));
    return { watermarks, letters: await this.options.letters.list(topics) };
  }

  /** Of what nobody can tell the province it holds back every province. */
  private provinceCheck(province: UnitCode, tree: UnitTree): IsOfProvince {
    return (id, units) => {
      const dossier = parseDossierId(id);
      const named = units.length > 0 ? units : [dossier === undefined ? undefined : unitInCode(dossier)].filter((unit) => unit !== undefined);
      return named.length === 0 || named.some((unit) => countsIn(tree, unit as UnitCode).includes(province));
    };
  }
}

/** How far the log was read, and what was set aside up to there. */
interface LogState {
  readonly watermarks: readonly ProducerWatermark[];
  readonly letters: readonly LoggedLetter[];
}

type IsOfProvince = (id: string, units: readonly string[]) => boolean;

function holesBefore(entries: readonly FactsOfEntry[], instant: Instant): readonly OpenHole[] {
  return entries.flatMap(({ id, facts }) =>
    holesIn(facts.filter(({ knownAt }) => knownAt < instant)).map(({ topic, missing }) => ({ subject: id, topic, missing })));
}

function openLetters(logged: readonly LoggedLetter[], ledgerTopics: ReadonlySet<string>, isOfProvince: IsOfProvince): readonly OpenLetter[] {
  return logged.filter(({ resolution }) => resolution === undefined).flatMap(({ letter, letters, offset, key }): readonly OpenLetter[] => {
    const subject = letter !== undefined && ledgerTopics.has(letter.topic) && key !== null ? subjectOf(key) : null;
    if (subject !== null && !isOfProvince(subject, [])) return [];
    return [{ letter: `${letters} ${offset}`, subject, knownAfter: letter?.knownAfter ?? null }];
  });
}

/** A key that no dossier or petition can have names none. */
function subjectOf(key: Uint8Array): string | null {
  const text = Buffer.from(key).toString('utf8');
  return parseDossierId(text) === text ? text : null;
}
