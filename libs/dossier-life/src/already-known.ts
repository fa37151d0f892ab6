import type { DossierFact } from './facts';
import { compareRecorded } from './fold-order';
import type { ReportedFact } from './obstacle';

/**
 * True if a reported fact says nothing new: a fact of the same kind, instant and content is known, as it was first said or
 * as it was corrected; or the last correction of the same field said the same, whether it counts or not.
 */
export function isKnownAlready(fact: ReportedFact, recorded: readonly DossierFact[], effective: readonly DossierFact[]): boolean {
  const isSame = (other: DossierFact) =>
    other.kind === fact.kind && other.occurredAt === fact.occurredAt && hasSameBody(other, fact);
  if (recorded.some(isSame) || effective.some(isSame)) return true;
  if (fact.kind !== 'dossier-corrected') return false;
  const { field, part, after } = fact.body;
  const last = [...recorded]
    .sort(compareRecorded)
    .findLast((other) => other.kind === 'dossier-corrected' && other.body.field === field && other.body.part === part);
  return last?.kind === 'dossier-corrected' && last.body.after === after;
}

/** Bodies are flat records of codes, numbers and flags. */
function hasSameBody(a: DossierFact, b: DossierFact): boolean {
  const ofA = Object.entries(a.body);
  const ofB = new Map<string, unknown>(Object.entries(b.body));
  return ofA.length === ofB.size && ofA.every(([key, value]) => ofB.has(key) && ofB.get(key) === value);
}
