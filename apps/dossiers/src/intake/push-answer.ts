import type { Refusal } from '@index766/kernel';

/** One element that was not accepted. */
export interface FailedElement {
  readonly MaHoSo: string;
  readonly code: string;
  readonly message: string;
}

/** What a sender of the national format expects back. */
export interface PushAnswer {
  /** `0`: everything was accepted; `1`: `data` names what was not. */
  readonly error_code: '0' | '1';
  readonly message: string;
  readonly data?: readonly FailedElement[];
}

/** @param outcomes one for each element, undefined: accepted. */
export function pushAnswer(outcomes: readonly { readonly label: string; readonly refusal: Refusal | undefined }[]): PushAnswer {
  const failed = outcomes.flatMap(({ label, refusal }) => (refusal === undefined ? [] : [failedElement(label, refusal)]));
  const accepted = outcomes.length - failed.length;
  if (failed.length === 0) {
    return { error_code: '0', message: `Đã tiếp nhận ${accepted} (all ${accepted} accepted)` };
  }
  return {
    error_code: '1',
    message: `Đã tiếp nhận ${accepted}, không tiếp nhận ${failed.length} (${accepted} accepted, ${failed.length} refused)`,
    data: failed,
  };
}

function failedElement(label: string, { code, detail, path }: Refusal): FailedElement {
  return { MaHoSo: label, code, message: path === undefined ? detail : `${path}: ${detail}` };
}
