import { ok, refused, type Result } from '@index766/kernel';

/** How many answered commands an aggregate's document keeps, and how long. */
export const REMEMBERED_COMMANDS = 20;
export const REMEMBERED_MILLISECONDS = 24 * 60 * 60 * 1_000;

/** A command that was answered, kept in its aggregate's document. */
export interface RememberedCommand<Answer> {
  readonly key: string;
  readonly requestHash: string;
  readonly answer: Answer;
  readonly at: Date;
}

/**
 * The remembered command of an Idempotency-Key; undefined for a new or forgotten key. Refuses with
 * IDEMPOTENCY.KEY_REUSED (HTTP 422) when the key came with another request.
 */
export function recall<Answer>(
  remembered: readonly RememberedCommand<Answer>[],
  command: { readonly key: string; readonly requestHash: string },
  now: Date,
): Result<RememberedCommand<Answer> | undefined> {
  const known = remembered.find(({ key, at }) => key === command.key && isFresh(at, now));
  if (!known || known.requestHash === command.requestHash) return ok(known);
  return refused('IDEMPOTENCY.KEY_REUSED', 'this Idempotency-Key came with another request: send a new one', 'Idempotency-Key');
}

/** Adds a command and forgets what is older than 24 h or beyond the last 20. */
export function remember<Answer>(
  remembered: readonly RememberedCommand<Answer>[],
  command: RememberedCommand<Answer>,
): readonly RememberedCommand<Answer>[] {
  const others = remembered.filter(({ key, at }) => key !== command.key && isFresh(at, command.at));
  return [...others, command].slice(-REMEMBERED_COMMANDS);
}

function isFresh(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() < REMEMBERED_MILLISECONDS;
}
