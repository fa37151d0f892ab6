import { versionInForce } from '@index766/contracts-catalog';
import { latest, ok, parseLocalDay, refused, saysTheSame, type Instant, type LocalDay, type Result } from '@index766/kernel';

/** From when until when something holds, both days inclusive, written `2026-10-31`. */
export interface Validity {
  readonly validFrom: string;
  readonly validTo?: string | undefined;
}

/** One version of something, and when it became known here. */
export interface Recorded<Content> {
  /** 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly recordedAt: Instant;
  readonly content: Content;
}

/** Every version that was ever recorded of one key, in the order of their numbers. */
export type History<Content> = readonly Recorded<Content>[];

/**
 * The next version, or undefined if nothing would change: what begins on the same day says the same already. So a
 * request may be repeated, and a list loaded twice, in any order.
 */
export function nextVersion<Content extends Validity>(
  history: History<Content>, content: Content, now: Instant,
): Recorded<Content> | undefined {
  const known = history.findLast((each) => each.content.validFrom === content.validFrom);
  return known !== undefined && saysTheSame(known.content, content) ? undefined : numbered(history, content, now);
}

/** The next version whatever it says. Its `recordedAt` is never before the one of the version before it. */
export function numbered<Content>(history: History<Content>, content: Content, now: Instant): Recorded<Content> {
  const last = history.at(-1);
  return {
    version: (last?.version ?? 0) + 1,
    recordedAt: last === undefined ? now : latest(now, last.recordedAt),
    content,
  };
}

/** What holds of something on a day. */
export function contentOn<Content extends Validity>(history: History<Content>, day: LocalDay): Recorded<Content> | undefined {
  const versions = history.map((each) => ({
    version: each.version, validFrom: each.content.validFrom, validTo: each.content.validTo, each,
  }));
  return versionInForce(versions, day)?.each;
}

/** A validity whose days exist and do not end before they begin. */
export function checkValidity({ validFrom, validTo }: Partial<Validity>): Result<undefined> {
  const begin = checkDay(validFrom, 'validFrom');
  if (!begin.ok) return begin;
  const end = checkDay(validTo, 'validTo');
  if (!end.ok) return end;
  return validFrom !== undefined && validTo !== undefined && validTo < validFrom
    ? refused('VALIDITY.ENDS_BEFORE_IT_BEGINS', 'validTo is not before validFrom', 'validTo')
    : ok(undefined);
}

/** A day that exists, or none. */
export function checkDay(day: string | undefined, path: string): Result<undefined> {
  return day !== undefined && parseLocalDay(day) === undefined
    ? refused('VALIDITY.NO_SUCH_DAY', 'a day is written 2026-10-31 and exists', path)
    : ok(undefined);
}

/** What was known at an instant. */
export function knownBy<Content>(history: History<Content>, instant: Instant): History<Content> {
  return history.filter(({ recordedAt }) => recordedAt <= instant);
}
