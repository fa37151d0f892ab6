import { dossierTopic } from '@index766/contracts-dossiers';
import { DESK_SOURCE } from '@index766/dossier-life';
import { earliest as earliestOf, instantOf, latest, localDayOf, startOfDay, type Instant } from '@index766/kernel';

import { unitsNamedIn, type KnownFact } from './known-fact';

/** What a batch brought about one dossier or petition. */
export interface ArrivedEntry {
  readonly id: string;
  /** All that is known of it now. */
  readonly facts: readonly KnownFact[];
  /** What came, repetitions included. */
  readonly arrived: readonly KnownFact[];
}

/**
 * When source systems were heard, and how far back what came reaches: by what stands before the first point of the codes of all units
 * that are named (`root`). Which province these units are of is another one on another day: who reads notes knows it (ADR 0159).
 */
export interface Notes {
  /** By root and source. */
  readonly heard: ReadonlyMap<string, HeardSource>;
  /** Earliest instant that anything which came says something of, by root. */
  readonly earliest: ReadonlyMap<string, Instant>;
}

export interface HeardSource {
  readonly root: string;
  readonly source: string;
  /** Latest recording of a fact that names it and was no bulk load; undefined: others spoke of its dossiers. */
  readonly heardAt: Instant | undefined;
  /** Begin of the day of the latest one about what each unit has. */
  readonly units: ReadonlyMap<string, Instant>;
}

/** What a source says of itself (`dossiers.public.source.v1`). */
export interface SaidOfSource {
  readonly source: string;
  /** When this was recorded: behind everything that it is about. */
  readonly saidAt: Instant;
  /** Of a push of it, whether that said anything new or not. */
  readonly heardAt?: Instant;
  /** The end of a day up to which it says that it pushed everything. */
  readonly completeUntil?: Instant;
}

/** Port: remembers notes. */
export interface ArrivalNotes {
  /**
   * When missing records that came late were known. Before the entries are saved: whoever then finds that nothing is missing of
   * them any more also finds since when, whatever crashes in between.
   */
  takeMended(entries: readonly Pick<ArrivedEntry, 'facts'>[]): Promise<void>;
  /** After they are saved. */
  take(entries: readonly ArrivedEntry[]): Promise<void>;
  /** The greatest of what was ever said stays. */
  takeSaid(said: readonly SaidOfSource[]): Promise<void>;
}

/** Of what nobody knows a unit of yet: it concerns every province. */
export const ANY_ROOT = '?';

/** What these say takes effect from the instant of what they are about (index-766.md §1): as far back as anything that is known of it. */
const LOOKING_BACK: ReadonlySet<string> = new Set(['dossier-corrected', 'dossier-voided', 'integrity-change-reviewed']);

/** A due instant is stated by the service that keeps dossiers, also when a source is silent. */
const STATED_BY_THE_SERVICE = 'due-date-set';

/** Names the source that was heard, which is not the owner by that. */
const NOT_FOLLOWED = 'statement-not-followed';

export function notesOf(entries: readonly ArrivedEntry[]): Notes {
  const heard = new Map<string, HeardSource & { heardAt: Instant | undefined; readonly units: Map<string, Instant> }>();
  const earliest = new Map<string, Instant>();
  for (const { facts, arrived } of entries) {
    const units = [...new Set(unitsNamedIn(facts))];
    const roots = rootsOf(units);
    const owner = ownerIn(facts);
    for (const { fact } of arrived) {
      const named = sourceIn(fact);
      // Whoever owns a dossier speaks of its unit. That it was heard only what names it says: officers and others tell of its dossiers, too.
      const source = named ?? owner;
      const isHeard = named !== undefined && fact.backfill !== true;
      // An end that lay ahead is flagged in the period in which it was recorded.
      const reach = LOOKING_BACK.has(fact.kind) ? firstOf(facts) : earliestOf(fact.occurredAt, fact.recordedAt);
      const isAbout = source !== undefined && source !== DESK_SOURCE && fact.topic === dossierTopic.name && fact.kind !== STATED_BY_THE_SERVICE;
      for (const root of roots) {
        earliest.set(root, earliestOf(reach, earliest.get(root) ?? reach));
        if (!isAbout) continue;
        const key = `${root} ${source}`;
        const known = heard.get(key) ?? { root, source, heardAt: undefined, units: new Map<string, Instant>() };
        if (isHeard) known.heardAt = latest(known.heardAt ?? fact.recordedAt, fact.recordedAt);
        const day = startOfDay(localDayOf(fact.recordedAt));
        for (const unit of units) if (codeRootOf(unit) === root) known.units.set(unit, latest(day, known.units.get(unit) ?? day));
        heard.set(key, known);
      }
    }
  }
  return { heard, earliest };
}

/** When missing records that came late were known, by root. */
export function mendedIn(entries: readonly Pick<ArrivedEntry, 'facts'>[]): ReadonlyMap<string, Instant> {
  const mended = new Map<string, Instant>();
  for (const { facts } of entries) {
    const at = mendedAtOf(facts);
    if (at === null) continue;
    for (const root of rootsOf(unitsNamedIn(facts))) mended.set(root, latest(at, mended.get(root) ?? at));
  }
  return mended;
}

/**
 * When the last record was known that came behind later ones of its topic; null: each came in its turn. It follows from the facts
 * alone: before that instant one is missing, whoever reads them and however often.
 *
 * @param facts in the order of topic and sequence
 */
function mendedAtOf(facts: readonly KnownFact[]): Instant | null {
  let mendedAt: Instant | null = null;
  /** Of those that follow on the topic, the one that was known first. */
  let next: KnownFact | undefined;
  for (const known of facts.toReversed()) {
    if (next === undefined || next.fact.topic !== known.fact.topic || known.knownAt <= next.knownAt) next = known;
    else mendedAt = mendedAt === null ? known.knownAt : latest(mendedAt, known.knownAt);
  }
  return mendedAt;
}

function firstOf(facts: readonly KnownFact[]): Instant {
  return facts.reduce((first, { fact: { occurredAt } }) => (occurredAt < first ? occurredAt : first), facts[0]?.fact.occurredAt ?? instantOf(0));
}

/** What stands before the first point of a unit's code: the province that it was of when it got its code (index-766.md §2). */
export function codeRootOf(unit: string): string {
  return unit.split('.')[0] ?? unit;
}

function rootsOf(units: readonly string[]): readonly string[] {
  return units.length === 0 ? [ANY_ROOT] : [...new Set(units.map(codeRootOf))];
}

/** The first source to register a dossier owns it. */
function ownerIn(facts: readonly KnownFact[]): string | undefined {
  for (const { fact } of facts) {
    const source = fact.kind === NOT_FOLLOWED ? undefined : sourceIn(fact);
    if (source !== undefined) return source;
  }
  return undefined;
}

function sourceIn({ topic, body }: KnownFact['fact']): string | undefined {
  const { source } = body as Readonly<Record<string, unknown>>;
  return topic === dossierTopic.name && typeof source === 'string' ? source : undefined;
}
