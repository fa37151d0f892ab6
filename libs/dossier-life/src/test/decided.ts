import type { Instant, Result } from '@index766/kernel';
import { DOSSIER_TOPIC, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor, type CalendarDefinition, type Term } from '@index766/working-time';

import { decideFacts, type DecisionContext, type ProposedFact } from '../decide';
import type { DossierFact } from '../facts';

export const TEN_WORKING_DAYS: Term = { kind: 'working-days', amount: 10 };

export interface Circumstances {
  readonly term?: Term | null;
  readonly calendar?: CalendarDefinition;
  readonly reportedBy?: DecisionContext['reportedBy'];
}

export function contextAt(
  recordedAt: Instant, { term = TEN_WORKING_DAYS, calendar = VIETNAM_CALENDAR, reportedBy = 'command' }: Circumstances = {},
): DecisionContext {
  return {
    dossier: 'H44.114-20261001-0001' as DecisionContext['dossier'], topic: DOSSIER_TOPIC, recordedAt, reportedBy,
    termOf: () => term, calendarOf: (unit) => calendarFor(calendar, [unit]),
  };
}

/** Decides what a story tells, fact by fact as they are recorded, each a command of its own; ends at the first refusal. */
export function decided(story: LifeStory, circumstances: Circumstances = {}): Result<readonly DossierFact[]> {
  let facts: readonly DossierFact[] = [];
  for (const fact of story.facts()) {
    const { kind, occurredAt, timeBasis, body, recordedAt } = fact;
    const result = decideFacts(facts, [{ kind, occurredAt, timeBasis, body } as ProposedFact], contextAt(recordedAt, circumstances));
    if (!result.ok) return result;
    facts = [...facts, ...result.value];
  }
  return { ok: true, value: facts };
}

/** The facts of a story that is allowed throughout. */
export function accepted(story: LifeStory, circumstances: Circumstances = {}): readonly DossierFact[] {
  const result = decided(story, circumstances);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}
