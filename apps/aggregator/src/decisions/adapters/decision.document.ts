import { instantOf } from '@index766/kernel';
import type { RememberedCommand } from '@index766/platform-mongo';

import type { DecisionAnswer, DecisionHistory, RecordedDecision } from '../decision';

/** One decision as it lies in the document of its key. */
export interface StoredDecision extends Pick<RecordedDecision, 'type' | 'data' | 'sequence'> {
  readonly recordedAt: Date;
}

/** The state beside the store's own fields. */
export interface DecisionFields {
  readonly facts: readonly StoredDecision[];
  readonly commands: readonly RememberedCommand<DecisionAnswer>[];
}

export function toStoredDecision(
  { type, data, sequence, recordedAt }: Pick<RecordedDecision, 'type' | 'data' | 'sequence' | 'recordedAt'>,
): StoredDecision {
  return { type, data, sequence, recordedAt: new Date(recordedAt) };
}

/** Kind and data of a stored decision agree: it was checked against its contract when it was recorded. */
export function historyOf({ facts }: Pick<DecisionFields, 'facts'>): DecisionHistory {
  return facts.map(({ type, data, sequence, recordedAt }) =>
    ({ type, data, sequence, recordedAt: instantOf(recordedAt.getTime()) }) as RecordedDecision);
}
