import type { FeedbackFact } from '@index766/feedback-life';
import type { DossierId } from '@index766/kernel';
import type { RememberedCommand } from '@index766/platform-mongo';
import type { CommandAnswer } from '../application/ports';
import type { DossierFeedback } from '../domain/dossier-feedback';
import { reconstituteFacts, storedFacts } from './stored-facts';

/** The feedback on a dossier in the collection `dossier_feedback`. */
export interface FeedbackFields {
  readonly facts: string;
  /** What of the state no fact holds, as JSON text: `Memory`. */
  readonly memory: string;
  /** Hashes of tokens, to find the dossier by. */
  readonly hashes: readonly string[];
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

type Memory = Pick<DossierFeedback, 'issued' | 'withdrawals'>;

export function reconstituteFeedback(dossier: DossierId, { facts, memory }: Pick<FeedbackFields, 'facts' | 'memory'>): DossierFeedback {
  return { dossier, facts: reconstituteFacts(facts, { dossier }) as readonly FeedbackFact[], ...(JSON.parse(memory) as Memory) };
}

/** All fields but the commands. */
export function feedbackFields({ facts, issued, withdrawals }: DossierFeedback): Omit<FeedbackFields, 'commands'> {
  return {
    facts: storedFacts(facts),
    memory: JSON.stringify({ issued, withdrawals } satisfies Memory),
    hashes: issued.flatMap(({ hash }) => (hash === null ? [] : [hash])),
  };
}
