import { formatInstant, latest, ok, refused, type Instant, type Result } from '@index766/kernel';
import { recall, remember } from '@index766/platform-mongo';

import type { DecidedCommand, Decision, DecisionAnswer, DecisionHistory, Decisions, RecordedDecision, StoredDecisions } from './decision';

/** One command with the circumstances under which it came. */
export interface GivenDecision {
  readonly key: string;
  /** Pure. What it leads to after the decisions that were taken before; nothing: it says nothing new. */
  readonly decide: (history: DecisionHistory, recordedAt: Instant) => Result<readonly Decision[]>;
  readonly idempotencyKey: string;
  /** Tells two requests under one key apart. */
  readonly requestHash: string;
  /** Stated by a replay; absent: now. */
  readonly recordedAt?: Instant;
}

/**
 * Takes a decision of whatever kind: decided on the history of its key, recorded, its answer remembered under its
 * Idempotency-Key, all in one write. Refuses as `decide` does, and with RECORDED_AT.IN_FUTURE, IDEMPOTENCY.KEY_REUSED,
 * AGGREGATE.CONTENDED, OUTBOX.FULL.
 */
export class TakeDecision {
  constructor(private readonly decisions: Decisions, private readonly clock: { now(): Instant }) {}

  execute(given: GivenDecision): Promise<Result<DecisionAnswer>> {
    return this.decisions.update(given.key, (stored) => decideOn(stored, given, this.clock.now()));
  }
}

function decideOn({ history, commands }: StoredDecisions, given: GivenDecision, now: Instant): Result<DecidedCommand> {
  const { idempotencyKey: key, requestHash } = given;
  if (given.recordedAt !== undefined && given.recordedAt > now) return refused('RECORDED_AT.IN_FUTURE', 'nothing was recorded later than now');
  const remembered = recall(commands, { key, requestHash }, new Date(now));
  if (!remembered.ok) return remembered;
  if (remembered.value !== undefined) return ok({ answer: remembered.value.answer });

  const before = history.at(-1);
  const stated = given.recordedAt ?? now;
  const recordedAt = before === undefined ? stated : latest(stated, before.recordedAt);
  const decided = given.decide(history, recordedAt);
  if (!decided.ok) return decided;
  const added = decided.value.map((decision, index): RecordedDecision => ({ ...decision, sequence: history.length + index + 1, recordedAt }));
  const last = added.at(-1) ?? before;
  const answer = {
    key: given.key, sequence: last?.sequence ?? 0, recordedAt: formatInstant(last?.recordedAt ?? recordedAt), recorded: added.length,
  };
  return ok({ answer, change: { added, commands: remember(commands, { key, requestHash, answer, at: new Date(now) }) } });
}
