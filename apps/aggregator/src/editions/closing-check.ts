import { MILLISECONDS_PER_DAY, compareText, instantOf, type Instant, type Period } from '@index766/kernel';

import type { Waiver } from './edition-history';
import type { Excluded, Exclusions } from './visibility';

/** A source that was not heard for so long before a period's end sends no more, and is not waited for. */
export const ACTIVE_DAYS = 35;

/** Up to where every partition of a producer's topics was read; null: some partition has no watermark yet. */
export interface ProducerWatermark {
  readonly producer: string;
  readonly passed: Instant | null;
}

/** When a source system that is active in the province was last heard: by a fact that it stated, or by a push that said nothing new. */
export interface SourceHeard {
  readonly source: string;
  readonly heardAt: Instant;
  /** Up to where it said that it pushed everything; the beginning of time: it never said so. */
  readonly completeUntil: Instant;
  /** When it was told last of a push of it, or of a day that it said is complete: what it pushed was recorded before. */
  readonly saidAt: Instant;
}

/** Records of a dossier or petition that are missing below its highest sequence on a topic. */
export interface OpenHole {
  readonly subject: string;
  readonly topic: string;
  readonly missing: number;
}

/** A record that was set aside and not given up. */
export interface OpenLetter {
  /** Dead-letter topic and offset, as the operator's commands take them. */
  readonly letter: string;
  /** The dossier or petition that it is about; null: it is about none, or nobody can tell. */
  readonly subject: string | null;
  /** The watermark before its first copy; null: none. */
  readonly knownAfter: Instant | null;
  /** When it was sent once more; null: it waits for somebody. */
  readonly replayedAt: Instant | null;
}

/** What is known of the log and the ledger when somebody wants to close a period of a province. */
export interface ClosingState {
  readonly now: Instant;
  readonly watermarks: readonly ProducerWatermark[];
  readonly sources: readonly SourceHeard[];
  /** Those known before an instant. */
  readonly holesBefore: (instant: Instant) => readonly OpenHole[];
  readonly letters: readonly OpenLetter[];
  /** When a missing record that came late was known; null: none came. */
  readonly mendedAt: Instant | null;
}

/** Why a period is not official. */
export type HeldBy =
  | { readonly kind: 'period-runs'; readonly end: Instant }
  | { readonly kind: 'before-opening'; readonly opensAt: Instant }
  | { readonly kind: 'not-automatic' }
  | { readonly kind: 'no-signing-key' }
  | { readonly kind: 'producer'; readonly producer: string; readonly passed: Instant | null }
  | { readonly kind: 'source'; readonly source: string; readonly heardAt: Instant }
  | ({ readonly kind: 'hole' } & OpenHole)
  /** What was missing came (a record, a replay, a push of a source), and not every watermark has passed it yet. */
  | { readonly kind: 'settling'; readonly mendedAt: Instant }
  | { readonly kind: 'dead-letter'; readonly letter: string; readonly subject: string | null };

export interface ClosingCheck {
  /** Empty: the period can be closed at `knownBefore`. */
  readonly heldBy: readonly HeldBy[];
  readonly knownBefore: Instant;
  readonly exclusions: Exclusions;
}

/** What a waiver would be about; null: it can only be mended. */
export function waivable(held: HeldBy): { readonly kind: Waiver['waived']['kind']; readonly id: string } | null {
  switch (held.kind) {
    case 'producer':
      return { kind: 'producer', id: held.producer };
    case 'source':
      return { kind: 'source', id: held.source };
    case 'hole':
      return { kind: 'subject', id: held.subject };
    case 'dead-letter':
      return held.subject === null ? null : { kind: 'subject', id: held.subject };
    default:
      return null;
  }
}

/**
 * Whether a period that has ended can be closed, and at which K: the last instant that every watermark has passed, but
 * those of producers that were waived (architecture.md §4, ADR 0100). `waitsForSources`: an amendment does not.
 */
export function checkClosing(period: Period, state: ClosingState, waivers: readonly Waiver[], waitsForSources: boolean): ClosingCheck {
  const waiverOf = (kind: string, id: string) => waivers.find(({ waived }) => waived.kind === kind && waived.id === id);
  const behind = state.watermarks.filter(({ passed }) => passed === null || passed < period.end);
  const leftOut = new Map(behind.flatMap(({ producer, passed }) => (waiverOf('producer', producer) === undefined ? [] : [[producer, passed] as const])));
  const knownBefore = closingInstant(state, leftOut, period.end);

  const producers = behind.map((each) => ({ kind: 'producer', ...each }) as const);
  const awaited = !waitsForSources ? [] : state.sources.filter(({ heardAt }) => heardAt >= period.end - ACTIVE_DAYS * MILLISECONDS_PER_DAY);
  const isSilent = ({ heardAt, completeUntil }: SourceHeard) => heardAt < period.end && completeUntil < period.end;
  const sources = awaited.filter(isSilent).map(({ source, heardAt }) => ({ kind: 'source', source, heardAt }) as const);
  const holes = state.holesBefore(knownBefore).map((each) => ({ kind: 'hole', ...each }) as const);
  const letters = state.letters.filter(({ knownAfter }) => knownAfter === null || knownAfter < knownBefore);
  const unmended = letters.filter(({ replayedAt }) => replayedAt === null).map(({ letter, subject }) => ({ kind: 'dead-letter', letter, subject }) as const);

  // A producer that is waited for says so itself: there is no closing instant yet that anything could be behind.
  const mended = behind.length > leftOut.size ? [] : [
    ...(state.mendedAt === null ? [] : [state.mendedAt]),
    // Known as early as the first copy, it is in no figure before the group has read it: a watermark later than the replay stands behind it.
    ...letters.flatMap(({ replayedAt }) => replayedAt ?? []),
    ...awaited.filter((source) => !isSilent(source)).map((source) => spokeAt(source, period)),
  ];
  const last = instantOf(Math.max(0, ...mended));
  const settling = last < knownBefore ? [] : [{ kind: 'settling', mendedAt: last } as const];

  const all: readonly HeldBy[] = [...producers, ...sources, ...holes, ...settling, ...unmended];
  const waiverFor = (held: HeldBy) => {
    const about = waivable(held);
    return about === null ? undefined : waiverOf(about.kind, about.id);
  };
  const used = new Set(all.flatMap((held) => waiverFor(held) ?? []));
  const ofKind = (kind: Waiver['waived']['kind']) =>
    [...used].filter(({ waived }) => waived.kind === kind).map(excludedBy).sort((a, b) => compareText(a.id, b.id));
  return {
    heldBy: all.filter((held) => waiverFor(held) === undefined),
    knownBefore,
    exclusions: {
      subjects: ofKind('subject'),
      producers: ofKind('producer').map((each) => ({ ...each, before: leftOut.get(each.id) ?? instantOf(0) })),
      sources: ofKind('source'),
    },
  };
}

/**
 * By when a source had spoken that was heard since a period's end. It is told of once a day, behind what it pushed; facts alone, which go
 * on all day, say so of one that is not told of yet.
 */
function spokeAt({ saidAt, heardAt }: SourceHeard, { end }: Period): Instant {
  return saidAt >= end ? saidAt : heardAt;
}

/** Never before the period's end: what holds it then says so. */
function closingInstant({ now, watermarks }: ClosingState, leftOut: ReadonlyMap<string, unknown>, end: Instant): Instant {
  const passed = watermarks.filter(({ producer }) => !leftOut.has(producer)).map((each) => each.passed ?? end);
  return instantOf(Math.max(end, Math.min(now, ...passed)));
}

function excludedBy({ waived: { id, reason, document } }: Waiver): Excluded {
  return { id, reason, document: document ?? null };
}
