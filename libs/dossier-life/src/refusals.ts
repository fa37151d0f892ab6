import { failed, type RefusalCode, type Result } from '@index766/kernel';

import { STATUS_NAMES, ruleOf, type ReportedFactKind, type Status } from './status';

/** What to tell who reports a fact that the state at its own instant does not allow; never repeats a value that was sent. */
const DETAILS = {
  'DOSSIER.ALREADY_REGISTERED': 'it is registered already',
  'DOSSIER.ALREADY_RECEIVED': 'it has been received already',
  'DOSSIER.NOT_RECEIVED': 'it has not been received then',
  'DOSSIER.REFUSED': 'it was refused at the desk and never received',
  'DOSSIER.WITHDRAWN': 'it was withdrawn; reopen it first',
  'DOSSIER.STOPPED': 'it was stopped; reopen it first',
  'DOSSIER.FINISHED': 'it is finished; reopen it first',
  'DOSSIER.RESULT_RETURNED': 'its result was returned; reopen it first',
  'DOSSIER.NOT_ENDED': 'it has not ended, so there is nothing to reopen',
  'DOSSIER.END_BEFORE_RECEIPT': 'it ends before it was received: check the instant',
  'DOSSIER.STEP_ALREADY_ASSIGNED': 'this step is assigned already: correct it or assign another',
  'DOSSIER.STEP_UNKNOWN': 'this step has not been assigned then',
  'DOSSIER.STEP_ALREADY_COMPLETED': 'this step is completed already: correct its end',
  'DOSSIER.SUPPLEMENT_ALREADY_REQUESTED': 'this supplement was asked for already: a new request needs an id of its own',
  'DOSSIER.NO_SUPPLEMENT_OPEN': 'this supplement is not being waited for then',
  'DOSSIER.OBLIGATION_ALREADY_OPEN': 'a financial obligation is open already',
  'DOSSIER.NO_OBLIGATION_OPEN': 'no financial obligation is open then',
  'DOSSIER.ALREADY_WITH_UNIT': 'this unit holds it already',
  'DOSSIER.NO_DUE_DATE': 'it has no due date that could be extended',
  'DOSSIER.EXTENSION_NOT_LATER': 'the new due date is not later than the one in force',
  'DOSSIER.NOTHING_TO_CORRECT': 'nothing is known that this could correct: report the fact itself',
  'DOSSIER.CORRECTION_OUTDATED': 'the value before the correction is not the one known: read the dossier again',
  'DOSSIER.VOIDED': 'it was voided',
} as const satisfies Partial<Record<RefusalCode, string>>;

export type DossierRefusalCode = keyof typeof DETAILS;

/** A refusal that names the fact, the status at its instant and what would be allowed in it. */
export function refuseFact(kind: ReportedFactKind, code: RefusalCode, status: Status | null): Result<never> {
  const why = code in DETAILS ? DETAILS[code as DossierRefusalCode] : 'it is not allowed';
  const name = status === null ? 'not registered' : `${status} (${STATUS_NAMES[status].vi}, ${STATUS_NAMES[status].en})`;
  const rule = ruleOf(status);
  const allowed = (Object.keys(rule) as ReportedFactKind[]).filter((each) => rule[each] === 'allowed').join(', ');
  return failed({
    code,
    detail: `${kind} is refused: ${why}. Status of the dossier at that instant: ${name}; allowed then: ${allowed}`,
  });
}
