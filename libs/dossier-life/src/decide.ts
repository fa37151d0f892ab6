import { latest, ok, type DossierId, type Instant, type RefusalCode, type Result } from '@index766/kernel';

import { isKnownAlready } from './already-known';
import { correctedValue } from './corrections';
import { dueFactsAfter, type StatementContext } from './due-statements';
import { dueInForceAt } from './due-timeline';
import { effectiveFacts } from './effective-facts';
import type { DossierFact, DossierFactBodies, TimeBasis } from './facts';
import { foldDossier } from './fold';
import { LIFE_RANK, compareFacts } from './fold-order';
import { statusOf, type Life } from './life';
import { obstacleTo, type ReportedFact } from './obstacle';
import { isEndKind } from './recorded-ends';
import { refuseFact } from './refusals';
import type { ReportedFactKind } from './status';
import { walk } from './walk';

/** A fact as someone reports it, before it is accepted. */
export type ProposedFact = {
  readonly [Kind in ReportedFactKind]: {
    readonly kind: Kind;
    readonly occurredAt: Instant;
    readonly timeBasis: TimeBasis;
    readonly body: DossierFactBodies[Kind];
  };
}[ReportedFactKind];

export interface DecisionContext extends StatementContext {
  readonly dossier: DossierId;
  /**
   * A command with instants that do not fit is refused. A snapshot whose instants contradict each other is accepted where
   * the fold marks what does not count: refusing it would leave the whole dossier out of the figures (ADR 0013).
   */
  readonly reportedBy: 'command' | 'snapshot';
}

/**
 * Decides reported facts of one dossier, each against the state at its own instant (lifecycle.md §1): all of them with the
 * due instants that follow, or a refusal and none. What is known already adds nothing: an empty list is a success.
 *
 * @param known all facts of the dossier; the result is appended to them.
 * @param context `recordedAt` counts as that of the last known fact if it is earlier.
 */
export function decideFacts(
  known: readonly DossierFact[], proposals: readonly ProposedFact[], context: DecisionContext,
): Result<readonly DossierFact[]> {
  const recordedAt = known.reduce((last, fact) => latest(last, fact.recordedAt), context.recordedAt);
  const decided: DecisionContext = { ...context, recordedAt };
  const facts = [...known];
  for (const proposal of [...proposals].sort(compareProposals)) {
    const accepted = decideFact(facts, proposal, decided);
    if (!accepted.ok) return accepted;
    if (accepted.value === null) continue;
    facts.push(accepted.value);
    facts.push(...dueFactsAfter(facts, accepted.value, decided));
  }
  return ok(facts.slice(known.length));
}

/** The fact as it is recorded; null: it says nothing new. */
function decideFact(facts: readonly DossierFact[], proposal: ProposedFact, context: DecisionContext): Result<DossierFact | null> {
  const fact = recordedFact(facts, proposal, context);
  const { facts: effective } = effectiveFacts(facts);
  if (isKnownAlready(fact, facts, effective)) return ok(null);
  if (fact.kind === 'dossier-corrected' && correctedValue(fact.body, effective)?.value === fact.body.after) return ok(null);
  const before = walk(effective.filter((each) => compareFacts(each, fact) < 0));
  const obstacle = isVoided(facts, fact) ? 'DOSSIER.VOIDED' : obstacleAmong(fact, facts, effective, before, context);
  return obstacle === null ? ok(fact) : refuseFact(fact.kind, obstacle, statusOf(before));
}

function obstacleAmong(
  fact: ReportedFact, facts: readonly DossierFact[], effective: readonly DossierFact[], before: Life, { reportedBy }: DecisionContext,
): RefusalCode | null {
  const isReceived = effective.some(({ kind }) => kind === 'dossier-received');
  if (reportedBy === 'snapshot' && isKeptOfSnapshot(fact, effective, before, isReceived)) return null;
  if (isEndKind(fact.kind) && before.receivedAt === null && isReceived) return 'DOSSIER.END_BEFORE_RECEIPT';
  // Refused means never received, so the two exclude each other whatever their instants.
  if (fact.kind === 'dossier-refused' && isReceived) return 'DOSSIER.ALREADY_RECEIVED';
  const obstacle = obstacleTo(fact, before);
  if (obstacle !== null) return obstacle;
  switch (fact.kind) {
    case 'dossier-corrected': {
      const corrected = correctedValue(fact.body, effective);
      if (corrected === undefined) return 'DOSSIER.NOTHING_TO_CORRECT';
      return corrected.value === undefined || corrected.value === fact.body.before ? null : 'DOSSIER.CORRECTION_OUTDATED';
    }
    case 'due-date-extended': {
      const due = dueInForceAt(foldDossier(facts).dues, fact.occurredAt);
      if (due === undefined) return 'DOSSIER.NO_DUE_DATE';
      return fact.body.newDueAt > due.dueAt ? null : 'DOSSIER.EXTENSION_NOT_LATER';
    }
    default:
      return null;
  }
}

/** What systems do send: an end or a supplement before the receipt, done after returned, given before asked for. */
function isKeptOfSnapshot(fact: ReportedFact, effective: readonly DossierFact[], before: Life, isReceived: boolean): boolean {
  const isBeforeReceipt = before.receivedAt === null && isReceived;
  switch (fact.kind) {
    case 'dossier-finished':
      return isBeforeReceipt || before.endStatus === 10;
    case 'result-returned':
    case 'dossier-withdrawn':
    case 'dossier-stopped':
    case 'supplement-requested':
      return isBeforeReceipt;
    case 'supplement-completed': {
      const { supplement } = fact.body;
      const isNew = !effective.some((other) => other.kind === 'supplement-completed' && other.body.supplement === supplement);
      return isNew && effective.some((other) => other.kind === 'supplement-requested' && other.body.supplement === supplement);
    }
    default:
      return false;
  }
}

/** A void that counts ends what can be said about a dossier; a second void says nothing in any case. */
function isVoided(facts: readonly DossierFact[], fact: ReportedFact): boolean {
  if (!facts.some(({ kind }) => kind === 'dossier-voided')) return false;
  return fact.kind === 'dossier-voided' || foldDossier(facts).voided;
}

function recordedFact(facts: readonly DossierFact[], proposal: ProposedFact, context: DecisionContext): ReportedFact {
  const { dossier, topic, recordedAt, backfill } = context;
  const last = facts.reduce((highest, fact) => (fact.topic === topic ? Math.max(highest, fact.sequence) : highest), 0);
  return { ...proposal, dossier, recordedAt, topic, sequence: last + 1, ...(backfill === true ? { backfill } : {}) };
}

/** What others are about first, so that they are judged with it whatever its instant; then as in life. */
function compareProposals(a: ProposedFact, b: ProposedFact): number {
  return (
    arrivalRank(a.kind) - arrivalRank(b.kind) || a.occurredAt - b.occurredAt || LIFE_RANK[a.kind] - LIFE_RANK[b.kind]
  );
}

function arrivalRank(kind: ReportedFactKind): number {
  switch (kind) {
    case 'dossier-registered':
      return 0;
    case 'dossier-received':
      return 1;
    case 'supplement-requested':
      return 2;
    default:
      return 3;
  }
}
