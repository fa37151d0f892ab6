import { ContractViolation } from '@index766/contracts-envelope';
import { activeTraceparent } from '@index766/platform-observability';

/**
 * What an error of a handler means. `away`: database or broker cannot be reached, the same call works later. `bug`: the
 * code fails on one of the records and will again.
 */
export type FailureClass = 'away' | 'bug';

/** A service's own word on an error, asked first; undefined = cannot tell. */
export type FailureClassifier = (error: unknown) => FailureClass | undefined;

const PROGRAMMING_ERRORS = [TypeError, RangeError, ReferenceError, SyntaxError, ContractViolation];

/**
 * An error of unknown kind counts as `away`: a lane that stands still is seen and loses nothing, a record that was
 * dead-lettered during an outage would be lost to its figure.
 */
export function classifyFailure(error: unknown, classifier?: FailureClassifier): FailureClass {
  const said = classifier?.(error);
  if (said !== undefined) return said;
  if (PROGRAMMING_ERRORS.some((type) => error instanceof type)) return 'bug';
  if (error instanceof Error && error.name === 'AssertionError') return 'bug';
  return error instanceof Error && 'retriable' in error && error.retriable === false ? 'bug' : 'away';
}

/** A lane cannot go on at present; its records are tried again later, none is skipped. */
export class LaneBlocked extends Error {
  override readonly name = 'LaneBlocked';
  /** The trace that was worked on. */
  readonly traceparent = activeTraceparent();
}

/** Name and, where there is one, code of an error; its text may hold a record's content and stays out. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}
