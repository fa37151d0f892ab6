import { decisionTopic, integrityChangeReviewedV1, type IntegrityChangeReviewed } from '@index766/contracts-aggregator';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic } from '@index766/contracts-dossiers';
import type { TopicContract } from '@index766/contracts-envelope';
import { dossierFeedbackTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { NO_DOCUMENTS, foldDocuments, type DocumentFact } from '@index766/document-life';
import { foldDossier, unknownDossier, type DossierFact, type DossierView } from '@index766/dossier-life';
import { NO_FEEDBACK, foldFeedback, type FeedbackFact } from '@index766/feedback-life';
import type { CaseView } from '@index766/index-766';
import type { DossierId } from '@index766/kernel';
import { NO_PAYMENTS, foldPayments, type PaymentFact } from '@index766/payment-life';

import type { LedgerFact } from './known-fact';
import type { FoldedBefore, LedgerSubject } from './ledger-subject';

/** What other services say of a dossier. */
type Beside = Omit<CaseView, 'dossier'>;

const TOPICS: Readonly<Record<keyof CaseView, TopicContract>> = {
  dossier: dossierTopic, payments: paymentTopic, documents: documentTopic, feedback: dossierFeedbackTopic,
};

/** `aggregator.integrity-change-reviewed.v1` */
const REVIEW = integrityChangeReviewedV1.type.split('.')[1] ?? '';

/** One object for all dossiers of which nobody spoke: most have no money, no paper and no rating. */
const NOTHING: Beside = { payments: NO_PAYMENTS, documents: NO_DOCUMENTS, feedback: NO_FEEDBACK };

/**
 * The facts of a topic were checked against its contracts, whose own specs hold them to the bodies that these libraries
 * fold.
 */
const FOLDS: { readonly [Each in keyof Beside]: (facts: readonly unknown[]) => Beside[Each] } = {
  payments: (facts) => foldPayments(facts as readonly PaymentFact[]),
  documents: (facts) => foldDocuments(facts as readonly DocumentFact[]),
  feedback: (facts) => foldFeedback(facts as readonly FeedbackFact[]),
};

/** Everything that any service said about a dossier, under its id. A fact may come before the dossier itself is known. */
export const CASES: LedgerSubject<CaseView> = {
  collection: 'ledger',
  topics: [...Object.values(TOPICS), decisionTopic],
  // Of decisions the reviews of changes alone are about a dossier.
  isAbout: (topic, { kind }) => topic !== decisionTopic.name || kind === REVIEW,
  viewForm: 4,
  fold: (id, facts, before) => ({
    dossier: dossierPart(id, facts, before),
    payments: partBeside('payments', id, facts, before),
    documents: partBeside('documents', id, facts, before),
    feedback: partBeside('feedback', id, facts, before),
  }),
  idOf: ({ dossier }) => dossier.dossier,
  unitsOf: ({ dossier }) => new Set(dossier.holders.map(({ unit }) => unit)),
  toStored: ({ dossier, ...beside }) => ({
    dossier,
    ...Object.fromEntries(Object.entries(beside).filter(([part, said]) => said !== NOTHING[part as keyof Beside])),
  }),
  toView: (stored) => ({ ...NOTHING, ...(stored as Partial<CaseView> & Pick<CaseView, 'dossier'>) }),
};

function dossierPart(id: string, facts: readonly LedgerFact[], before: FoldedBefore<CaseView> | undefined): DossierView {
  if (before !== undefined && !before.topics.has(dossierTopic.name) && !before.topics.has(decisionTopic.name)) return before.view.dossier;
  const ofDossier = about(id, facts, dossierTopic);
  return ofDossier.length === 0 ? unknownDossier(id as DossierId) : foldDossier(ofDossier as readonly DossierFact[], { reviews: reviewsIn(facts) });
}

/** What reviewers said last of each change: facts of one topic are in the order of their sequence. */
function reviewsIn(facts: readonly LedgerFact[]): ReadonlyMap<number, IntegrityChangeReviewed['outcome']> {
  return new Map(facts.filter(({ topic }) => topic === decisionTopic.name).map(({ body }) => {
    const { change, outcome } = body as IntegrityChangeReviewed;
    return [change, outcome];
  }));
}

/** A part stays as it was while no fact of its topic comes. */
function partBeside<Each extends keyof Beside>(
  part: Each, id: string, facts: readonly LedgerFact[], before: { readonly view: Beside; readonly topics: ReadonlySet<string> } | undefined,
): Beside[Each] {
  if (before !== undefined && !before.topics.has(TOPICS[part].name)) return before.view[part];
  const ofPart = about(id, facts, TOPICS[part]);
  return ofPart.length === 0 ? NOTHING[part] : FOLDS[part](ofPart);
}

/** The facts of one topic as the libraries of lives take them: with the dossier that they are about. */
function about(dossier: string, facts: readonly LedgerFact[], { name }: TopicContract): readonly (LedgerFact & { readonly dossier: string })[] {
  return facts.filter(({ topic }) => topic === name).map((fact) => ({ ...fact, dossier }));
}
