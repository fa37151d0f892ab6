import { foldDocuments, type DocumentFact, type DocumentFactKind } from '@index766/document-life';
import { foldDossier } from '@index766/dossier-life';
import { foldFeedback, type FeedbackFact, type FeedbackFactBodies, type FeedbackFactKind, type Verdict } from '@index766/feedback-life';
import type { Instant, PetitionId } from '@index766/kernel';
import { foldPayments, type PaymentChannel, type PaymentFact, type PaymentFactBodies, type PaymentFactKind } from '@index766/payment-life';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';
import type { CaseView } from '../case-view';

type When = string;

/** Everything that producers say of one dossier. The facts of each can be shuffled before they are folded. */
export interface CaseFacts {
  readonly dossier: ReturnType<LifeStory['facts']>;
  readonly payments: readonly PaymentFact[];
  readonly documents: readonly DocumentFact[];
  readonly feedback: readonly FeedbackFact[];
}

/** Tells a case: the dossier's life as `LifeStory` tells it, and what others say of it. Times are local. */
export class CaseStory {
  private readonly payments: PaymentFact[] = [];
  private readonly documents: DocumentFact[] = [];
  private readonly feedback: FeedbackFact[] = [];

  constructor(readonly life: LifeStory) {}

  fee(at: When, amount: number, fee = 'F1'): this {
    return this.tellPayment('fee-assessed', at, { fee, amount });
  }

  waived(at: When, fee = 'F1'): this {
    return this.tellPayment('fee-waived', at, { fee });
  }

  paid(at: When, channel: PaymentChannel = 'national-portal', reference = 'R1'): this {
    return this.tellPayment('payment-succeeded', at, { provider: 'bank', reference, channel, amount: 1000 });
  }

  refunded(at: When, amount?: number, reference = 'R1'): this {
    return this.tellPayment('payment-refunded', at, { provider: 'bank', reference, refund: at, ...(amount === undefined ? {} : { amount }) });
  }

  paper(kind: DocumentFactKind, at: When): this {
    const body = kind === 'population-data-used' ? { by: 'verified-account' } : kind.startsWith('component') ? { component: 'C1' } : { result: 'K1' };
    this.documents.push({ ...this.head(at, this.documents.length), kind, body } as DocumentFact);
    return this;
  }

  rated(at: When, verdict: Verdict, rating = 'D1'): this {
    return this.tellFeedback('dossier-rated', at, { rating, verdict });
  }

  ratingWithdrawn(at: When, rating = 'D1'): this {
    return this.tellFeedback('rating-withdrawn', at, { rating });
  }

  petition(at: When, petition = 'P1'): this {
    return this.tellFeedback('petition-linked', at, { petition: petition as PetitionId });
  }

  petitionUnlinked(at: When, petition = 'P1'): this {
    return this.tellFeedback('petition-unlinked', at, { petition: petition as PetitionId });
  }

  facts(): CaseFacts {
    return { dossier: this.life.facts(), payments: this.payments, documents: this.documents, feedback: this.feedback };
  }

  view(): CaseView {
    return foldCase(this.facts());
  }

  private tellPayment<Kind extends PaymentFactKind>(kind: Kind, at: When, body: PaymentFactBodies[Kind]): this {
    this.payments.push({ ...this.head(at, this.payments.length), kind, body } as PaymentFact);
    return this;
  }

  private tellFeedback<Kind extends FeedbackFactKind>(kind: Kind, at: When, body: FeedbackFactBodies[Kind]): this {
    this.feedback.push({ ...this.head(at, this.feedback.length), kind, body } as FeedbackFact);
    return this;
  }

  private head(at: When, told: number) {
    const occurredAt: Instant = local(at);
    return { dossier: this.life.facts()[0]?.dossier, occurredAt, recordedAt: occurredAt, sequence: told + 1, timeBasis: 'stated' as const };
  }
}

export function foldCase({ dossier, payments, documents, feedback }: CaseFacts): CaseView {
  return {
    dossier: foldDossier(dossier), payments: foldPayments(payments), documents: foldDocuments(documents), feedback: foldFeedback(feedback),
  };
}

/** A case of H44.114 that was received on a day of October 2026 at 08:00 and is due at the end of another. */
export function caseStory(number: number, receivedOn = '2026-10-05', dueOn = '2026-10-09', procedure = '2.000815'): CaseStory {
  const at = `${receivedOn} 08:00`;
  return new CaseStory(lifeStory(`H44.114-${number}`).received(at, { procedure }).due(at, `${dueOn} 24:00`));
}
