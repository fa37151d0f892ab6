import type { RefusalCode } from '@index766/kernel';

import type { DossierFactKind } from './facts';

/** TrangThaiHoSo, the portal's code (lifecycle.md §1). */
export type Status = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** What the service itself tells, whatever the status: due instants, and statements that it did not follow. */
export type ToldFactKind = 'due-date-set' | 'statement-not-followed';

/** Facts that someone reports. */
export type ReportedFactKind = Exclude<DossierFactKind, ToldFactKind>;

export const STATUSES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const satisfies readonly Status[];

export const STATUS_NAMES = {
  1: { vi: 'Mới đăng ký', en: 'registered' },
  2: { vi: 'Được tiếp nhận', en: 'received' },
  3: { vi: 'Không được tiếp nhận', en: 'refused' },
  4: { vi: 'Đang xử lý', en: 'in process' },
  5: { vi: 'Yêu cầu bổ sung giấy tờ', en: 'supplement requested' },
  6: { vi: 'Yêu cầu thực hiện nghĩa vụ tài chính', en: 'financial obligation requested' },
  7: { vi: 'Công dân yêu cầu rút hồ sơ', en: 'withdrawn' },
  8: { vi: 'Dừng xử lý', en: 'stopped' },
  9: { vi: 'Đã xử lý xong', en: 'finished' },
  10: { vi: 'Đã trả kết quả', en: 'result returned' },
} as const satisfies Record<Status, { readonly vi: string; readonly en: string }>;

/** What a status says to each kind of fact: yes, or the code with which it is refused. */
export type StatusRule = Readonly<Record<ReportedFactKind, 'allowed' | RefusalCode>>;

const ENDS = ['dossier-finished', 'result-returned', 'dossier-withdrawn', 'dossier-stopped'] as const;
const STEPS = ['step-assigned', 'step-completed'] as const;
/** A source may correct or void whatever it said, in every status. */
const ALWAYS = ['dossier-corrected', 'dossier-voided'] as const;
const IN_HAND = [
  ...STEPS, ...ENDS, ...ALWAYS, 'supplement-requested', 'financial-obligation-requested', 'due-date-extended', 'dossier-transferred',
] as const;
const ARRIVALS = {
  'dossier-registered': 'DOSSIER.ALREADY_RECEIVED',
  'dossier-received': 'DOSSIER.ALREADY_RECEIVED',
  'dossier-refused': 'DOSSIER.ALREADY_RECEIVED',
} as const;
const NOT_WAITING = {
  'supplement-completed': 'DOSSIER.NO_SUPPLEMENT_OPEN',
  'financial-obligation-fulfilled': 'DOSSIER.NO_OBLIGATION_OPEN',
} as const;

/** The one table of what may happen when (lifecycle.md §1); both commands and the fold go by it. */
export const ALLOWED_FACTS = {
  1: statusRule([...STEPS, ...ALWAYS, 'dossier-received', 'dossier-refused', 'dossier-withdrawn', 'dossier-stopped'], 'DOSSIER.NOT_RECEIVED', {
    'dossier-registered': 'DOSSIER.ALREADY_REGISTERED',
  }),
  2: statusRule(IN_HAND, 'DOSSIER.NOT_ENDED', { ...ARRIVALS, ...NOT_WAITING }),
  3: statusRule(ALWAYS, 'DOSSIER.REFUSED'),
  4: statusRule(IN_HAND, 'DOSSIER.NOT_ENDED', { ...ARRIVALS, ...NOT_WAITING }),
  // An obligation asked for before or during the supplement may be fulfilled while the supplement is still open.
  5: statusRule([...IN_HAND, 'supplement-completed', 'financial-obligation-fulfilled'], 'DOSSIER.NOT_ENDED', ARRIVALS),
  6: statusRule([...IN_HAND, 'financial-obligation-fulfilled'], 'DOSSIER.NOT_ENDED', {
    ...ARRIVALS,
    'supplement-completed': 'DOSSIER.NO_SUPPLEMENT_OPEN',
  }),
  // The papers of a withdrawn or stopped dossier are handed back; its end stands.
  7: statusRule([...ALWAYS, 'result-returned', 'dossier-reopened', 'step-completed'], 'DOSSIER.WITHDRAWN'),
  8: statusRule([...ALWAYS, 'result-returned', 'dossier-reopened', 'step-completed'], 'DOSSIER.STOPPED'),
  // Handing out the result is a step of its own.
  9: statusRule([...ALWAYS, ...STEPS, 'result-returned', 'dossier-reopened'], 'DOSSIER.FINISHED'),
  10: statusRule([...ALWAYS, 'dossier-reopened', 'step-completed'], 'DOSSIER.RESULT_RETURNED'),
} as const satisfies Record<Status, StatusRule>;

/** Before a dossier has any status: it begins by being registered or received, and a step may come before it. */
export const ALLOWED_BEFORE_REGISTRATION: StatusRule = statusRule(
  [...STEPS, ...ALWAYS, 'dossier-registered', 'dossier-received', 'dossier-refused'], 'DOSSIER.NOT_RECEIVED',
);

/** What may happen in a status; null: not even registered. */
export function ruleOf(status: Status | null): StatusRule {
  return status === null ? ALLOWED_BEFORE_REGISTRATION : ALLOWED_FACTS[status];
}

function statusRule(
  allowed: readonly ReportedFactKind[], otherwise: RefusalCode, special: Partial<Record<ReportedFactKind, RefusalCode>> = {},
): StatusRule {
  const refusalOf = (kind: ReportedFactKind): RefusalCode => special[kind] ?? otherwise;
  const ruleFor = (kind: ReportedFactKind) => (allowed.includes(kind) ? 'allowed' : refusalOf(kind));
  return {
    'dossier-registered': ruleFor('dossier-registered'),
    'dossier-received': ruleFor('dossier-received'),
    'dossier-refused': ruleFor('dossier-refused'),
    'step-assigned': ruleFor('step-assigned'),
    'step-completed': ruleFor('step-completed'),
    'supplement-requested': ruleFor('supplement-requested'),
    'supplement-completed': ruleFor('supplement-completed'),
    'due-date-extended': ruleFor('due-date-extended'),
    'dossier-transferred': ruleFor('dossier-transferred'),
    'dossier-withdrawn': ruleFor('dossier-withdrawn'),
    'dossier-stopped': ruleFor('dossier-stopped'),
    'dossier-finished': ruleFor('dossier-finished'),
    'result-returned': ruleFor('result-returned'),
    'dossier-reopened': ruleFor('dossier-reopened'),
    'financial-obligation-requested': ruleFor('financial-obligation-requested'),
    'financial-obligation-fulfilled': ruleFor('financial-obligation-fulfilled'),
    'dossier-corrected': ruleFor('dossier-corrected'),
    'dossier-voided': ruleFor('dossier-voided'),
  };
}
