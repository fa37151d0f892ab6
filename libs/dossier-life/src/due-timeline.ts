import { latest, type Instant } from '@index766/kernel';

import type { DossierFact, DossierFactOf, DueCause } from './facts';
import { compareRecorded } from './fold-order';
import { NONE_ACCEPTED, type AcceptedFacts, type ExtensionFact, type Life } from './life';
import { passesAt } from './pauses';
import type { DueInForce } from './view';

type DueFact = DossierFactOf<'due-date-set'>;
type NotFollowedFact = DossierFactOf<'statement-not-followed'>;

const NONE: readonly DueInForce[] = [];

/**
 * The due instants that count, by when they took force. Each statement, in the order of recording, holds from its
 * instant on in place of what was said before it. One that moves a due instant after it had passed does not count until a
 * reviewer accepts it, nor does an invalid extension (lifecycle.md §3), nor one that was not followed.
 */
export function dueTimeline(facts: readonly DossierFact[], life: Life, acceptedFacts: AcceptedFacts = NONE_ACCEPTED): readonly DueInForce[] {
  const statements = facts.filter((fact): fact is DueFact => fact.kind === 'due-date-set');
  if (statements.length > 1) statements.sort(compareRecorded);
  let dues: DueInForce[] = [];
  const inForce = new Set<ExtensionFact>();
  for (const { occurredAt: from, recordedAt, sequence, body } of statements) {
    const extension = body.cause === 'extended' ? validExtensionAt(life, from, body.dueAt) : undefined;
    const old = dueInForceAt(dues, movedAt(body.cause, from, recordedAt));
    const reason = body.cause === 'extended' && (extension === undefined || (old !== undefined && from > old.dueAt))
      ? 'extension-invalid' as const
      : old !== undefined && hasPassed(old, life, movedAt(body.cause, from, recordedAt)) ? 'due-moved-after-passing' as const : null;
    const accepted = acceptedFacts.has(sequence);
    if (reason !== null) life.uncounted.push({ sequence, reason, accepted });
    if (reason === null || accepted) {
      if (extension !== undefined) inForce.add(extension);
      dues = [...dues.filter((due) => due.from < from), { from, dueAt: body.dueAt, basis: body.basis, cause: body.cause }];
    }
  }
  for (const extension of life.extensions) {
    if (inForce.has(extension)) continue;
    const accepted = acceptedFacts.has(extension.sequence);
    life.uncounted.push({ sequence: extension.sequence, reason: 'extension-invalid', accepted });
    if (accepted) dues = withAccepted(dues, { from: extension.occurredAt, dueAt: extension.body.newDueAt, cause: 'extended' });
  }
  for (const fact of facts) {
    if (fact.kind !== 'statement-not-followed' || fact.body.field !== 'stated-due-at') continue;
    const accepted = acceptedFacts.has(fact.sequence);
    if (movesOnAfterPassing(fact, dues, life)) life.uncounted.push({ sequence: fact.sequence, reason: 'due-moved-after-passing', accepted });
    if (accepted) dues = withAccepted(dues, { from: fact.occurredAt, dueAt: fact.body.stated as Instant, cause: 'corrected' });
  }
  return dues.length === 0 ? NONE : dues;
}

/** What a reviewer accepted holds from its instant on, until what was stated for a later one: no `due-date-set` gave it force. */
function withAccepted(
  dues: readonly DueInForce[], { from, dueAt, cause }: { readonly from: Instant; readonly dueAt: Instant; readonly cause: DueCause },
): DueInForce[] {
  const accepted: DueInForce = { from, dueAt, basis: 'stated', cause };
  return [...dues.filter((due) => due.from < from), accepted, ...dues.filter((due) => due.from > from)];
}

/** The last due instant that had taken force by `instant`. */
export function dueInForceAt(dues: readonly DueInForce[], instant: Instant): DueInForce | undefined {
  for (let index = dues.length - 1; index >= 0; index -= 1) {
    const due = dues[index];
    if (due !== undefined && due.from <= instant) return due;
  }
  return undefined;
}

/**
 * When a due instant was moved, for the question whether it had passed by then. A pause and an extension move it by
 * what they are, at their own instant; a changed word of the source, procedure or calendar only when it became known.
 */
function movedAt(cause: DueInForce['cause'], from: Instant, recordedAt: Instant): Instant {
  switch (cause) {
    case 'supplement-completed':
    case 'financial-obligation-fulfilled':
    case 'extended':
      return from;
    case 'received':
    case 'corrected':
    case 'procedure-changed':
    case 'calendar-changed':
      return latest(from, recordedAt);
  }
}

function hasPassed({ dueAt }: DueInForce, life: Life, at: Instant): boolean {
  const passing = passesAt(dueAt, life.waits);
  return passing !== null && at > passing;
}

/** Of the owner: what another source states is a conflict, whatever it is about. */
function movesOnAfterPassing({ recordedAt, body: { cause, stated } }: NotFollowedFact, dues: readonly DueInForce[], life: Life): boolean {
  const old = dueInForceAt(dues, recordedAt);
  return cause === 'outranked' && old !== undefined && Number(stated) > old.dueAt && hasPassed(old, life, recordedAt);
}

/**
 * With a reason and an apology note. That it was recorded within two working days of the old due instant is checked
 * where the calendar is: without it no `due-date-set` gives the extension force.
 */
function validExtensionAt(life: Life, at: Instant, newDueAt: Instant): ExtensionFact | undefined {
  return life.extensions.find(
    ({ occurredAt, body }) =>
      occurredAt === at && body.newDueAt === newDueAt && body.apologyIssued && body.reasonCode !== undefined,
  );
}
