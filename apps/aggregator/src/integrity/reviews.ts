import { isCode, ok, refused, type Result } from '@index766/kernel';

/** What a reviewer says of whatever integrity rules flag. */
interface Review {
  readonly outcome: string;
  readonly reason: string;
  readonly evidence: readonly string[];
}

/** Who reviews stands on a public topic. Refuses INTEGRITY.NO_REVIEWER. */
export function checkReviewer(subject: string): Result<string> {
  if (isCode(subject)) return ok(subject);
  return refused('INTEGRITY.NO_REVIEWER', 'the subject of the token is no code of letters, digits and . _ / -, so it cannot stand on a public topic');
}

export function saysTheSame(last: Review | null | undefined, { outcome, reason, evidence }: Review): boolean {
  return last?.outcome === outcome && last.reason === reason && last.evidence.join(' ') === evidence.join(' ');
}
