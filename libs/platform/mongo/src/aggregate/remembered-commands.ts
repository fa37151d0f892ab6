import type { Result } from '@index766/kernel';

/** A command that was answered, kept in its aggregate's document. */
export interface RememberedCommand<Answer> {
  readonly key: string;
  readonly requestHash: string;
  readonly answer: Answer;
  readonly at: Date;
}

/**
 * The remembered answer of an Idempotency-Key, undefined for a new key. Refuses with IDEMPOTENCY.KEY_REUSED (HTTP 422)
 * when the key came with another request.
 */
export declare function recall<Answer>(
  remembered: readonly RememberedCommand<Answer>[],
  command: { readonly key: string; readonly requestHash: string },
  now: Date,
): Result<RememberedCommand<Answer> | undefined>;

/** Adds a command and forgets what is older than 24 h or beyond the last 20. */
export declare function remember<Answer>(
  remembered: readonly RememberedCommand<Answer>[],
  command: RememberedCommand<Answer>,
): readonly RememberedCommand<Answer>[];
