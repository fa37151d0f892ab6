import type { DossierId, Instant } from '@index766/kernel';

import { wasSaid } from './corrections';
import type { DossierFact, DossierFactBodies, DossierFactOf } from './facts';
import type { AcceptedFacts, Life } from './life';
import { INSTANT_FIELDS, isEndKind, movesEndEarlier, type FirstRecordedEnd } from './recorded-ends';
import type { UncountedReason } from './view';

export type NotFollowedFact = DossierFactOf<'statement-not-followed'>;
/** A statement that contradicts what stands, and is not followed. */
export type NotFollowedStatement = DossierFactBodies['statement-not-followed'];

/** The most that is told of one source in one dossier: one that contradicts without end hides nothing that another one states. */
export const NOT_FOLLOWED_KEPT = 100;
/** The most that is told of all sources but the owner together: however many they are, they fill up nobody's dossier. */
export const NOT_FOLLOWED_OF_OTHERS_KEPT = 300;

/** Where and when statements were heard. */
export interface HearingContext {
  readonly dossier: DossierId;
  readonly topic: string;
  readonly recordedAt: Instant;
  readonly backfill?: boolean;
}

/**
 * The facts that tell of statements which are not followed, each once: one that was told of its source before says nothing
 * new, however often it is repeated. Nor does a value that once stood here: that is a late copy of something which was
 * followed at its time.
 *
 * @param known all facts of the dossier before the statements were heard
 * @param added those that were decided of the same element; the result is appended to them.
 */
export function notFollowedFacts(
  known: readonly DossierFact[], added: readonly DossierFact[], statements: readonly NotFollowedStatement[],
  { dossier, topic, recordedAt, backfill }: HearingContext,
): readonly NotFollowedFact[] {
  const told = known.flatMap((fact) => (fact.kind === 'statement-not-followed' ? [fact.body] : []));
  let sequence = [...known, ...added].reduce((last, fact) => (fact.topic === topic ? Math.max(last, fact.sequence) : last), 0);
  const facts: NotFollowedFact[] = [];
  for (const body of statements) {
    if (!hasRoom(told, body)) continue;
    if (told.some((other) => isSameStatement(other, body)) || isLateCopy(body, known)) continue;
    told.push(body);
    sequence += 1;
    facts.push({
      kind: 'statement-not-followed', dossier, occurredAt: recordedAt, recordedAt, topic, sequence, timeBasis: 'inferred',
      ...(backfill === true ? { backfill } : {}), body,
    });
  }
  return facts;
}

function hasRoom(told: readonly NotFollowedStatement[], { source, cause }: NotFollowedStatement): boolean {
  const ofSource = told.filter((other) => other.source === source).length;
  const ofOthers = told.filter((other) => other.cause === 'other-source').length;
  return ofSource < NOT_FOLLOWED_KEPT && (cause !== 'other-source' || ofOthers < NOT_FOLLOWED_OF_OTHERS_KEPT);
}

function isSameStatement(a: NotFollowedStatement, b: NotFollowedStatement): boolean {
  return a.source === b.source && a.field === b.field && a.part === b.part && a.stated === b.stated;
}

function isLateCopy({ cause, field, part, stated }: NotFollowedStatement, known: readonly DossierFact[]): boolean {
  if (cause !== 'outranked' || field === 'registered-at' || field === 'return-channel') return false;
  return wasSaid({ field, ...(part === undefined ? {} : { part }) }, stated, known);
}

/**
 * Marks what integrity rules ask about: sources that contradict each other, and of the owner what would have been marked if it
 * had been followed (lifecycle.md §6): an end before the one recorded first. Due instants are weighed with their timeline.
 */
export function markNotFollowed(facts: readonly DossierFact[], firstEnd: FirstRecordedEnd | null, life: Life, acceptedFacts: AcceptedFacts): void {
  for (const fact of facts) {
    if (fact.kind !== 'statement-not-followed') continue;
    const reason = reasonOf(fact, firstEnd);
    if (reason !== undefined) life.uncounted.push({ sequence: fact.sequence, reason, accepted: acceptedFacts.has(fact.sequence) });
  }
}

function reasonOf({ recordedAt, body: { cause, field, stated } }: NotFollowedFact, firstEnd: FirstRecordedEnd | null): UncountedReason | undefined {
  if (cause === 'other-source') return 'conflicting-sources';
  const isEnd = field in INSTANT_FIELDS && isEndKind(INSTANT_FIELDS[field as keyof typeof INSTANT_FIELDS]);
  return isEnd && movesEndEarlier(firstEnd, recordedAt, Number(stated)) ? 'end-moved-earlier' : undefined;
}
