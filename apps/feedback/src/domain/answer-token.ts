import { ok, refused, type Instant, type Result } from '@index766/kernel';
import type { Petition } from './petition';
import { obstacleTo } from './petition-command';

/** The most tokens that are issued for one answer. */
export const MAX_TOKENS = 50;

/**
 * The petitioner may rate the answer from now on, by a token; one that was issued before counts no more. Refuses with
 * PETITION.UNKNOWN, PETITION.NOT_ANSWERED, RATING.TOO_MANY_ISSUED.
 */
export function issueAnswerToken(
  state: Petition, { hashOf, by }: { readonly hashOf: (number: string) => string; readonly by: string }, at: Instant,
): Result<{ readonly number: string; readonly state: Petition }> {
  const obstacle = obstacleTo(state, 'rate-answer', at);
  if (obstacle !== undefined) return obstacle;
  if (state.tokens.length >= MAX_TOKENS) return refused('RATING.TOO_MANY_ISSUED', `at most ${MAX_TOKENS} tokens of one petition are issued`);
  const number = state.tokens.length + 1;
  const token = { number, hash: hashOf(String(number)), issuedAt: at, by };
  return ok({ number: String(number), state: { ...state, tokens: [...state.tokens, token] } });
}

/** Whether a token is the last one that was issued. */
export function isTokenInForce({ tokens }: Petition, hash: string): boolean {
  return tokens.at(-1)?.hash === hash;
}
