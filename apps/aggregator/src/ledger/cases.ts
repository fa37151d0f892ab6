import { dossierTopic } from '@index766/contracts-dossiers';
import type { TopicContract } from '@index766/contracts-envelope';
import { paymentTopic } from '@index766/contracts-payments';
import { foldDossier, unknownDossier, type DossierFact, type DossierView } from '@index766/dossier-life';
import type { DossierId } from '@index766/kernel';
import { foldPayments, type PaymentFact, type PaymentView } from '@index766/payment-life';

import type { LedgerFact } from './known-fact';
import type { FoldedBefore, LedgerSubject } from './ledger-subject';

export interface CaseView {
  readonly dossier: DossierView;
  readonly payments: PaymentView;
}

type Part = keyof CaseView;
type PartBesideDossier = Exclude<Part, 'dossier'>;

const TOPICS: Readonly<Record<Part, TopicContract>> = { dossier: dossierTopic, payments: paymentTopic };

/** One object for all dossiers of which nobody spoke: most have no money, no paper and no rating. */
const NOTHING: Pick<CaseView, PartBesideDossier> = { payments: foldPayments([]) };

/**
 * The facts of a topic were checked against its contracts, whose own specs hold them to the bodies that these libraries
 * fold.
 */
const FOLDS: { readonly [Each in PartBesideDossier]: (facts: readonly unknown[]) => CaseView[Each] } = {
  payments: (facts) => foldPayments(facts as readonly PaymentFact[]),
};

/** Everything that any service said about a dossier, under its id. A fact may come before the dossier itself is known. */
export const CASES: LedgerSubject<CaseView> = {
  collection: 'ledger',
  topics: Object.values(TOPICS),
  viewForm: 2,
  fold: (id, facts, before) => ({
    dossier: partOf('dossier', facts, before, (ofDossier) =>
      (ofDossier.length === 0 ? unknownDossier(id as DossierId) : foldDossier(about(id, ofDossier) as readonly DossierFact[]))),
    payments: besideDossier('payments', id, facts, before),
  }),
  idOf: ({ dossier }) => dossier.dossier,
  unitsOf: ({ dossier }) => new Set(dossier.holders.map(({ unit }) => unit)),
  toStored: ({ dossier, ...beside }) => ({
    dossier,
    ...Object.fromEntries(Object.entries(beside).filter(([part, said]) => said !== NOTHING[part as PartBesideDossier])),
  }),
  toView: (stored) => ({ ...NOTHING, ...(stored as Partial<CaseView> & Pick<CaseView, 'dossier'>) }),
};

function besideDossier<Each extends PartBesideDossier>(
  part: Each, id: string, facts: readonly LedgerFact[], before: FoldedBefore<CaseView> | undefined,
): CaseView[Each] {
  return partOf(part, facts, before, (ofPart) => (ofPart.length === 0 ? NOTHING[part] : FOLDS[part](about(id, ofPart))));
}

/** A part stays as it was while no fact of its topic comes. */
function partOf<Each extends Part>(
  part: Each, facts: readonly LedgerFact[], before: FoldedBefore<CaseView> | undefined,
  fold: (facts: readonly LedgerFact[]) => CaseView[Each],
): CaseView[Each] {
  const { name } = TOPICS[part];
  if (before !== undefined && !before.topics.has(name)) return before.view[part];
  return fold(facts.filter(({ topic }) => topic === name));
}

/** As the libraries of lives take them: with the dossier that they are about. */
function about(dossier: string, facts: readonly LedgerFact[]): readonly (LedgerFact & { readonly dossier: string })[] {
  return facts.map((fact) => ({ ...fact, dossier }));
}
