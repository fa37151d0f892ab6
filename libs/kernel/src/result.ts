/**
 * A refusal that a user can expect. It is a return value, never an exception.
 * `code` is stable (`<CONTEXT>.<REASON>`), `detail` says what is wrong and what to do and never repeats a value that
 * was sent, `path` names the offending field.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly path?: string;
}

export type RefusalCode = `${Uppercase<string>}.${Uppercase<string>}`;

export type Result<T, E = Refusal> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function failed<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

export function refused(code: RefusalCode, detail: string, path?: string): Result<never> {
  return failed(path === undefined ? { code, detail } : { code, detail, path });
}
