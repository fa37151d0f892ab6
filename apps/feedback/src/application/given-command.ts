import { formatInstant, ok, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';
import { recall, remember } from '@index766/platform-mongo';
import type { CommandAnswer, DocumentDecision, Stored } from './ports';

/** The circumstances under which a command came. */
export interface GivenCommand {
  readonly idempotencyKey: string;
  /** Tells two requests under one key apart. */
  readonly requestHash: string;
  readonly covers: (unit: UnitCode) => boolean;
  /** Stated by a replay; absent: now. */
  readonly recordedAt?: Instant;
}

/** What a command leads to, and what it issued if it did. */
export interface Decided<Change> {
  readonly change: Change;
  readonly issued?: string;
}

interface Facts {
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly occurredAt: Instant; readonly recordedAt: Instant }[];
}

/**
 * Judges a command by its unit, decides it once, and remembers its answer under its Idempotency-Key. Refuses with
 * AUTH.UNIT_OUT_OF_SCOPE, RECORDED_AT.IN_FUTURE, IDEMPOTENCY.KEY_REUSED, and with what `decide` refuses.
 *
 * @param unit that it concerns; undefined: of what nobody has there is no unit to cover.
 */
export function decideOnce<State, Change extends Facts>(
  id: string, stored: Stored<State> | undefined, given: GivenCommand, unit: UnitCode | undefined, now: Instant,
  decide: (recordedAt: Instant) => Result<Decided<Change>>,
): Result<DocumentDecision<Change, CommandAnswer>> {
  const { idempotencyKey: key, requestHash, covers } = given;
  if (given.recordedAt !== undefined && given.recordedAt > now) return refused('RECORDED_AT.IN_FUTURE', 'nothing was recorded later than now');
  if (unit !== undefined && !covers(unit)) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit that this concerns');
  const commands = stored?.commands ?? [];
  const remembered = recall(commands, { key, requestHash }, new Date(now));
  if (!remembered.ok) return remembered;
  if (remembered.value !== undefined) return ok({ answer: remembered.value.answer });
  const decided = decide(given.recordedAt ?? now);
  if (!decided.ok) return decided;
  const { change, issued } = decided.value;
  const answer: CommandAnswer = { ...answerOf(id, change), ...(issued === undefined ? {} : { issued }) };
  return ok({ answer, change: { ...change, commands: remember(commands, { key, requestHash, answer, at: new Date(now) }) } });
}

export function answerOf(id: string, { facts }: Facts): CommandAnswer {
  return {
    id,
    facts: facts.map(({ kind, sequence, occurredAt, recordedAt }) => ({
      kind, sequence, occurredAt: formatInstant(occurredAt), recordedAt: formatInstant(recordedAt),
    })),
  };
}
