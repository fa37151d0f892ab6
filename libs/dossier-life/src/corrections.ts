import { instantOf } from '@index766/kernel';

import type { Channel, CorrectableField, DossierFact, DossierFactOf } from './facts';
import { compareRecorded } from './fold-order';
import { INSTANT_FIELDS, isEndKind, movesEndEarlier, type FirstRecordedEnd } from './recorded-ends';
import type { AcceptedFacts, UncountedFact } from './life';
import type { UncountedReason } from './view';

type Correction = DossierFactOf<'dossier-corrected'>;
type CorrectionBody = Pick<Correction['body'], 'field' | 'part' | 'before' | 'after'>;
type NotFollowed = DossierFactOf<'statement-not-followed'>;

/**
 * The facts as their sources have corrected them, in the order in which the corrections were recorded. A correction
 * takes effect from the instant of the fact that it corrects; one whose fact is not known (yet) changes nothing; one that
 * moves the end before the one recorded first, or a request for a supplement back over a due instant that had passed, does not count
 * unless a reviewer accepted it. A statement that was not followed
 * corrects from when a reviewer accepted it.
 */
export function applyCorrections(
  facts: readonly DossierFact[], first: FirstRecordedEnd | null, uncounted: UncountedFact[], acceptedFacts: AcceptedFacts,
): readonly DossierFact[] {
  const corrections = facts.filter((fact): fact is Correction | NotFollowed => (
    fact.kind === 'dossier-corrected' || (fact.kind === 'statement-not-followed' && acceptedFacts.has(fact.sequence))
  ));
  if (corrections.length === 0) return facts;
  const effective = [...facts].sort(compareRecorded);
  for (const correction of corrections.sort(compareRecorded)) {
    const reason = correction.kind === 'dossier-corrected' ? lateReasonOf(correction, first, facts) : undefined;
    if (reason !== undefined) {
      const accepted = acceptedFacts.has(correction.sequence);
      uncounted.push({ sequence: correction.sequence, reason, accepted });
      if (!accepted) continue;
    }
    const body = changeOf(correction);
    if (body === undefined) continue;
    for (const index of targetsOf(body, effective)) {
      const target = effective[index];
      if (target !== undefined) effective[index] = corrected(target, body);
    }
  }
  return effective;
}

/** Why a correction came too late to count by itself. */
function lateReasonOf(correction: Correction, first: FirstRecordedEnd | null, facts: readonly DossierFact[]): UncountedReason | undefined {
  if (correctsEnd(correction) && movesEndEarlier(first, correction.recordedAt, Number(correction.body.after))) return 'end-moved-earlier';
  return movesRequestOverDue(correction, facts) ? 'request-moved-earlier' : undefined;
}

/** While it waits a dossier counts by the instant of the request: whoever moves that makes lateness disappear. */
function movesRequestOverDue({ recordedAt, body: { field, before, after } }: Correction, facts: readonly DossierFact[]): boolean {
  return field === 'supplement-requested-at' && facts.some((fact) => (
    fact.kind === 'due-date-set' && fact.recordedAt < recordedAt && fact.body.dueAt < recordedAt && fact.body.dueAt < Number(before) && fact.body.dueAt >= Number(after)
  ));
}

/** What a correction changes; undefined: nothing is corrected in this field, the first word stays. */
function changeOf(fact: Correction | NotFollowed): CorrectionBody | undefined {
  if (fact.kind === 'dossier-corrected') return fact.body;
  const { field, part, standing, stated } = fact.body;
  if (field === 'registered-at' || field === 'return-channel') return undefined;
  return { field, ...(part === undefined ? {} : { part }), before: standing, after: stated };
}

/** Whether a field held a value at some time, as it was first said or as it was corrected. */
export function wasSaid({ field, part }: Pick<CorrectionBody, 'field' | 'part'>, value: string | number, facts: readonly DossierFact[]): boolean {
  return facts.some((fact) => {
    if (fact.kind !== 'dossier-corrected') return isAbout(fact, field, part) && valueOf(fact, field) === value;
    return fact.body.field === field && fact.body.part === part && (fact.body.before === value || fact.body.after === value);
  });
}

/**
 * What the field that a correction is about holds now, among effective facts; undefined: nothing is known that it could
 * be about.
 */
export function correctedValue(body: CorrectionBody, effective: readonly DossierFact[]): { readonly value: string | number | undefined } | undefined {
  const [index] = targetsOf(body, effective);
  const target = index === undefined ? undefined : effective[index];
  return target === undefined ? undefined : { value: valueOf(target, body.field) };
}

/**
 * Places of the facts that a correction is about. Of several it means those that hold its `before`. If none does (an
 * intermediate correction is not known), a code is that of the arrival, and an instant that of the first such fact.
 */
function targetsOf(body: CorrectionBody, facts: readonly DossierFact[]): readonly number[] {
  const candidates: number[] = [];
  facts.forEach((fact, index) => {
    if (isAbout(fact, body.field, body.part)) candidates.push(index);
  });
  const matching = candidates.filter((index) => {
    const fact = facts[index];
    return fact !== undefined && valueOf(fact, body.field) === body.before;
  });
  if (matching.length > 0) return matching;
  return isCode(body.field) ? candidates.filter((index) => facts[index]?.kind !== 'dossier-transferred') : candidates.slice(0, 1);
}

function isAbout(fact: DossierFact, field: CorrectableField, part: string | undefined): boolean {
  switch (field) {
    case 'unit':
      return fact.kind === 'dossier-received' || fact.kind === 'dossier-registered' || fact.kind === 'dossier-transferred';
    case 'procedure':
    case 'channel':
      return fact.kind === 'dossier-received' || fact.kind === 'dossier-registered';
    case 'stated-due-at':
      return part === undefined ? fact.kind === 'dossier-received' : fact.kind === 'supplement-completed' && fact.body.supplement === part;
    case 'step-deadline':
      return fact.kind === 'step-assigned' && fact.body.step === part;
    case 'step-ended-at':
      return fact.kind === 'step-completed' && fact.body.step === part;
    case 'supplement-requested-at':
      return fact.kind === 'supplement-requested' && fact.body.supplement === part;
    case 'supplement-completed-at':
      return fact.kind === 'supplement-completed' && fact.body.supplement === part;
    default:
      return fact.kind === INSTANT_FIELDS[field];
  }
}

function valueOf(fact: DossierFact, field: CorrectableField): string | number | undefined {
  switch (field) {
    case 'unit':
      return 'unit' in fact.body ? fact.body.unit : undefined;
    case 'procedure':
      return 'procedure' in fact.body ? fact.body.procedure : undefined;
    case 'channel':
      return 'channel' in fact.body ? fact.body.channel : undefined;
    case 'stated-due-at':
      if (fact.kind === 'dossier-received') return fact.body.statedDueAt;
      return fact.kind === 'supplement-completed' ? fact.body.newDueAt : undefined;
    case 'step-deadline':
      return fact.kind === 'step-assigned' ? fact.body.deadline : undefined;
    default:
      return fact.occurredAt;
  }
}

function corrected(fact: DossierFact, body: CorrectionBody): DossierFact {
  if (isCode(body.field)) return withCode(fact, body.field, String(body.after));
  switch (body.field) {
    case 'stated-due-at': {
      const due = instantOf(Number(body.after));
      if (fact.kind === 'dossier-received') return { ...fact, body: { ...fact.body, statedDueAt: due } };
      return fact.kind === 'supplement-completed' ? { ...fact, body: { ...fact.body, newDueAt: due } } : fact;
    }
    case 'step-deadline':
      return fact.kind === 'step-assigned' ? { ...fact, body: { ...fact.body, deadline: instantOf(Number(body.after)) } } : fact;
    default:
      return { ...fact, occurredAt: instantOf(Number(body.after)) };
  }
}

function isCode(field: CorrectableField): field is 'unit' | 'procedure' | 'channel' {
  return field === 'unit' || field === 'procedure' || field === 'channel';
}

function withCode(fact: DossierFact, field: 'unit' | 'procedure' | 'channel', code: string): DossierFact {
  // The contract checked the code's form when the correction was accepted.
  switch (fact.kind) {
    case 'dossier-received':
      return { ...fact, body: { ...fact.body, [field]: code as Channel } };
    case 'dossier-registered':
      return { ...fact, body: { ...fact.body, [field]: code as Channel } };
    case 'dossier-transferred':
      return field === 'unit' ? { ...fact, body: { ...fact.body, [field]: code as typeof fact.body.unit } } : fact;
    default:
      return fact;
  }
}

function correctsEnd({ body }: Correction): boolean {
  return body.field in INSTANT_FIELDS && isEndKind(INSTANT_FIELDS[body.field as keyof typeof INSTANT_FIELDS]);
}
