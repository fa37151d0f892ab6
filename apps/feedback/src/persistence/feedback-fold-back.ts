import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import type { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import type { FeedbackFact } from '@index766/feedback-life';
import { ok, type DossierId, type PetitionId, type Result } from '@index766/kernel';
import { otherContent, recordsMissing, type LackingFields } from '@index766/platform-mongo';
import { emptyFeedback, ratingStanding, type DossierFeedback, type IssuedRating } from '../domain/dossier-feedback';
import { emptyPetition, linksOf } from '../domain/petition';
import { readFeedbackFact, readPetitionFact } from '../publishing/feedback.records';
import { feedbackFields, reconstituteFeedback, type FeedbackFields } from './feedback.mapper';
import { petitionFields, reconstitutePetition, type PetitionFields } from './petition.mapper';
import type { PlainFact } from './stored-facts';

/**
 * Facts about a dossier's feedback that the topic has and the document lacks. Which tokens were issued is on no topic: a
 * rating that comes back is one without a token.
 */
export function foldBackFeedback(
  id: string, fields: FeedbackFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof dossierFeedbackTopic>>[],
): Result<LackingFields<FeedbackFields> | undefined> {
  const state = fields === undefined ? emptyFeedback(id as DossierId) : reconstituteFeedback(id as DossierId, fields);
  const lacking = lackingOf(state.facts, records.map(readFeedbackFact));
  if (!lacking.ok) return lacking;
  if (lacking.value.length === 0) return ok(undefined);
  const restored = withIssued({ ...state, facts: [...state.facts, ...lacking.value] }, lacking.value);
  return ok({ set: { ...feedbackFields(restored), ...(fields === undefined ? { commands: [] } : {}) } });
}

/** Facts of a petition that the topic has and the document lacks. What was written is on no topic; others are told again. */
export function foldBackPetition(
  id: string, fields: PetitionFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof petitionTopic>>[],
): Result<LackingFields<PetitionFields> | undefined> {
  const state = fields === undefined ? emptyPetition(id as PetitionId) : reconstitutePetition(id as PetitionId, fields);
  const lacking = lackingOf(state.facts, records.map(readPetitionFact));
  if (!lacking.ok) return lacking;
  if (lacking.value.length === 0) return ok(undefined);
  const { set, unset } = petitionFields({
    ...state, facts: [...state.facts, ...lacking.value], pendingLinks: [...state.pendingLinks, ...linksOf(state.facts, lacking.value)],
  });
  return ok({ set: { ...set, ...(fields === undefined ? { commands: [] } : {}) }, unset });
}

function lackingOf<Fact extends PlainFact>(known: readonly Fact[], told: readonly Fact[]): Result<readonly Fact[]> {
  const facts = [...known];
  for (const fact of told) {
    const same = facts[fact.sequence - 1];
    if (same !== undefined && contentOf(same) !== contentOf(fact)) return otherContent(fact.sequence);
    if (fact.sequence > facts.length + 1) return recordsMissing();
    if (same === undefined) facts.push(fact);
  }
  return ok(facts.slice(known.length));
}

/** Numbers up to the highest one that a fact names: none of them is issued again. */
function withIssued(state: DossierFeedback, restored: readonly FeedbackFact[]): DossierFeedback {
  const [first] = restored;
  if (first === undefined) return state;
  const highest = Math.max(state.issued.length, ...restored.map((fact) => ('rating' in fact.body ? Number(fact.body.rating) : 0)));
  const added = Array.from({ length: highest - state.issued.length }, (_, index): IssuedRating => {
    const rating = String(state.issued.length + index + 1);
    return { rating, hash: null, issuedAt: ratingStanding(state, rating).firstAt ?? first.occurredAt, by: RESTORED };
  });
  return { ...state, issued: [...state.issued, ...added] };
}

/** Who issued a rating of which only its facts are known. */
const RESTORED = 'restored';

function contentOf({ kind, occurredAt, recordedAt, timeBasis, body }: PlainFact): string {
  return JSON.stringify([kind, occurredAt, recordedAt, timeBasis, sorted(body)]);
}

/** Fields come back from the topic in another order. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]);
}
