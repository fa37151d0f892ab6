import type { Refusal } from '@index766/kernel';
import type { ErrorCode, ErrorCodes } from './error-codes';

/** One part of a request that was refused. */
export interface ProblemPart {
  readonly path: string;
  readonly code: string;
  readonly detail: string;
}

/** Problem details (RFC 9457), with our stable `code`. */
export interface Problem {
  /** `urn:index766:error:<code>` */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly ProblemPart[];
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** A refusal of a domain rule that no list mentions: understood, but not to be done. */
const UNLISTED: ErrorCode = { status: 422, meaning: 'The request cannot be done as it stands.' };

/** Looks up what a code means over HTTP. */
export class ProblemCatalog {
  private readonly codes: ReadonlyMap<string, ErrorCode>;

  constructor(lists: readonly ErrorCodes[]) {
    this.codes = new Map(lists.flatMap((list) => Object.entries(list)));
  }

  lists(code: string): boolean {
    return this.codes.has(code);
  }

  problemOf(refusal: Refusal, parts: readonly ProblemPart[] = partsOf(refusal)): Problem {
    const { status, meaning } = this.codes.get(refusal.code) ?? UNLISTED;
    return {
      type: `urn:index766:error:${refusal.code}`,
      title: meaning,
      status,
      code: refusal.code,
      detail: refusal.detail,
      ...(parts.length === 0 ? {} : { errors: parts }),
    };
  }
}

function partsOf({ code, detail, path }: Refusal): readonly ProblemPart[] {
  return path === undefined ? [] : [{ path, code, detail }];
}
