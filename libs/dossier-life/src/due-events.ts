import { latest, type Instant } from '@index766/kernel';

import type { DossierFact, DossierFactOf } from './facts';
import type { ExtensionFact, Life } from './life';
import { joinedPauses } from './pauses';

/** What moves or sets a due instant, by when it does (lifecycle.md §2, §3). */
export type DueEvent =
  | { readonly kind: 'received'; readonly at: Instant; readonly stated: Instant | undefined }
  | {
      readonly kind: 'resumed'; readonly at: Instant; readonly stoppedAt: Instant;
      readonly cause: 'supplement-completed' | 'financial-obligation-fulfilled';
      /** New due instant that the source stated with the completion: wins over moving the old one. */
      readonly stated: Instant | undefined;
    }
  | { readonly kind: 'extended'; readonly at: Instant; readonly extension: ExtensionFact }
  | { readonly kind: 'restated'; readonly at: Instant; readonly stated: Instant }
  /** A computed due instant was counted anew because its procedure or the calendar had changed. */
  | { readonly kind: 'recounted'; readonly at: Instant; readonly cause: 'procedure-changed' | 'calendar-changed' };

type Received = DossierFactOf<'dossier-received'>;
type Completed = DossierFactOf<'supplement-completed'>;
type Corrected = DossierFactOf<'dossier-corrected'>;

/** Every event of a received dossier in order. `facts` are the effective ones that led to `life`. */
export function dueEvents(facts: readonly DossierFact[], life: Life): readonly DueEvent[] {
  const received = facts.find((fact): fact is Received => fact.kind === 'dossier-received' && fact.occurredAt === life.receivedAt);
  if (received === undefined) return [];
  return [
    { kind: 'received' as const, at: received.occurredAt, stated: received.body.statedDueAt },
    ...resumptions(facts, life),
    ...life.extensions.map((extension) => ({ kind: 'extended' as const, at: extension.occurredAt, extension })),
    ...restatements(facts, received.occurredAt),
    ...recounts(facts, received.occurredAt),
  ].sort((a, b) => a.at - b.at);
}

/** The ends of pauses that the citizen ended; a pause closed by the dossier's end moves nothing any more. */
function resumptions(facts: readonly DossierFact[], life: Life): DueEvent[] {
  const closedByEnd = new Set(life.waits.filter((wait) => wait.closedByEnd).map(({ to }) => to));
  return joinedPauses(life.waits).flatMap(({ from, to }) => {
    if (to === null || closedByEnd.has(to)) return [];
    const last = life.waits.filter((wait) => wait.to === to);
    const stated = facts
      .filter((fact): fact is Completed => fact.kind === 'supplement-completed' && fact.occurredAt === to)
      .find(({ body }) => body.newDueAt !== undefined && last.some(({ supplement }) => supplement === body.supplement));
    const bySupplement = last.some(({ kind }) => kind === 'supplement');
    return [{
      kind: 'resumed' as const, at: to, stoppedAt: from, stated: stated?.body.newDueAt,
      cause: bySupplement ? ('supplement-completed' as const) : ('financial-obligation-fulfilled' as const),
    }];
  });
}

/** A changed NgayHenTra: it takes force when it was changed, not when the dossier came (national-sync.md). */
function restatements(facts: readonly DossierFact[], receivedAt: Instant): DueEvent[] {
  return facts
    .filter((fact): fact is Corrected => fact.kind === 'dossier-corrected' && fact.body.field === 'stated-due-at' && fact.body.part === undefined)
    .map(({ occurredAt, body }) => ({ kind: 'restated', at: latest(occurredAt, receivedAt), stated: Number(body.after) as Instant }));
}

function recounts(facts: readonly DossierFact[], receivedAt: Instant): DueEvent[] {
  return facts.flatMap((fact) => {
    if (fact.kind !== 'due-date-set' || fact.occurredAt <= receivedAt) return [];
    const { cause } = fact.body;
    return cause === 'procedure-changed' || cause === 'calendar-changed' ? [{ kind: 'recounted', at: fact.occurredAt, cause }] : [];
  });
}
