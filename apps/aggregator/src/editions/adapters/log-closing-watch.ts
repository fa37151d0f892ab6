import { MILLISECONDS_PER_DAY, compareText, earliest, instantOf, parseDossierId, unitInCode, type Instant, type Period, type UnitCode } from '@index766/kernel';
import { deadLetterTopicOf, type DeadLetters, type LoggedLetter, type TopicAdmin } from '@index766/platform-kafka';

import { holesIn, type FactsOfEntry, type Ledger } from '../../ledger';
import { codeRootsWithin, countsIn } from '../../scores';
import { ACTIVE_DAYS, type ClosingState, type OpenHole, type OpenLetter, type ProducerWatermark, type SourceHeard } from '../closing-check';
import type { ClosingWatch, WatchedPeriod } from '../closing-watch';
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
  readonly ledgers: readonly Pick<Ledger<unknown>, 'factsWithHoles' | 'unitsOf'>[];
  /** Topics whose records are about dossiers and petitions, by their keys. */
  readonly ledgerTopics: ReadonlySet<string>;
  readonly arrivals: {
    sourcesOf(roots: readonly string[], isWithin: (unit: string) => boolean, since: Instant): Promise<readonly SourceHeard[]>;
    earliestSince(roots: readonly string[], since: Instant): Promise<Instant | undefined>;
    mendedAt(roots: readonly string[]): Promise<Instant | null>;
  };
}

/** Asks the broker how far the groups have read and what they set aside, and the database for what is missing. */
export class LogClosingWatch implements ClosingWatch {
  private logRead: { readonly at: number; readonly state: Promise<LogState> } | undefined;

  constructor(private readonly options: LogClosingWatchOptions) {}

  async stateOf(watched: WatchedPeriod, now: Instant): Promise<ClosingState> {
    const { arrivals, ledgerTopics } = this.options;
    const [isWithin, roots] = [withinCheck(watched), codeRootsWithin(watched.tree, watched.province)];
    // What was read up to a watermark is looked at after it; what was mended meanwhile was noted before the hole was gone.
    const { watermarks, letters: logged } = await this.logState();
    const activeSince = instantOf(watched.period.end - ACTIVE_DAYS * MILLISECONDS_PER_DAY);
    const [sources, holes] = await Promise.all([arrivals.sourcesOf(roots, isWithin, activeSince), this.entriesWithHoles(isWithin)]);
    const mendedAt = await arrivals.mendedAt(roots);
    const letters = await this.ofProvince(openLetters(logged, watched.period, ledgerTopics), isWithin);
    return { now, watermarks, sources, letters, mendedAt, holesBefore: (instant) => holesBefore(holes, instant) };
  }

  /** Of units that came from another province more than theirs is asked about: whoever asks looks closer then. */
  earliestSince({ province, tree }: WatchedPeriod, since: Instant): Promise<Instant | undefined> {
    return this.options.arrivals.earliestSince(codeRootsWithin(tree, province), since);
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

  private async entriesWithHoles(isWithin: IsWithin): Promise<readonly FactsOfEntry[]> {
    const entries = await Promise.all(this.options.ledgers.map((ledger) => ledger.factsWithHoles()));
    return entries.flat().filter(({ id, units }) => concerns(isWithin, id, units));
  }

  /** Of a letter nobody can read it is the units of its dossier that say where it belongs. */
  private async ofProvince(letters: readonly OpenLetter[], isWithin: IsWithin): Promise<readonly OpenLetter[]> {
    const subjects = [...new Set(letters.flatMap(({ subject }) => subject ?? []))];
    if (subjects.length === 0) return letters;
    const known = await Promise.all(this.options.ledgers.map((ledger) => ledger.unitsOf(subjects)));
    return letters.filter(({ subject }) => subject === null || concerns(isWithin, subject, known.flatMap((units) => units.get(subject) ?? [])));
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
}

/** How far the log was read, and what was set aside up to there. */
interface LogState {
  readonly watermarks: readonly ProducerWatermark[];
  readonly letters: readonly LoggedLetter[];
}

type IsWithin = (unit: string) => boolean;

function withinCheck({ province, tree }: WatchedPeriod): IsWithin {
  return (unit) => countsIn(tree, unit as UnitCode).includes(province);
}

/**
 * Whether a dossier or petition may have a share in the figures of a province: by every unit that is known of it and the one that made
 * it, since a missing record may be the one that says so. Of what nobody can tell the province it concerns every one.
 */
function concerns(isWithin: IsWithin, id: string, units: readonly string[]): boolean {
  const dossier = parseDossierId(id);
  const maker = dossier === undefined ? undefined : unitInCode(dossier);
  const named = [...units, ...(maker === undefined ? [] : [maker])];
  return named.length === 0 || named.some(isWithin);
}

function holesBefore(entries: readonly FactsOfEntry[], instant: Instant): readonly OpenHole[] {
  return entries.flatMap(({ id, facts }) =>
    holesIn(facts.filter(({ knownAt }) => knownAt < instant)).map(({ topic, missing }) => ({ subject: id, topic, missing })));
}

/** With those that were replayed since the period's end: whoever closes it may not have read the replay yet. */
function openLetters(logged: readonly LoggedLetter[], { end }: Period, ledgerTopics: ReadonlySet<string>): readonly OpenLetter[] {
  const isOpen = ({ resolution }: LoggedLetter) => resolution === undefined || (resolution.outcome === 'replayed' && resolution.at >= end);
  return logged.filter(isOpen).map(({ letter, letters, offset, key, resolution }): OpenLetter => {
    const subject = letter !== undefined && ledgerTopics.has(letter.topic) && key !== null ? subjectOf(key) : null;
    return { letter: `${letters} ${offset}`, subject, knownAfter: letter?.knownAfter ?? null, replayedAt: resolution?.at ?? null };
  });
}

/** A key that no dossier or petition can have names none. */
function subjectOf(key: Uint8Array): string | null {
  const text = Buffer.from(key).toString('utf8');
  return parseDossierId(text) === text ? text : null;
}
