import { dossierTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import type { DossierFact } from '@index766/dossier-life';
import type { CaseView } from '@index766/index-766';
import type { Instant } from '@index766/kernel';
import { lifeStory } from '@index766/testing-unit';

import { CASES } from '../cases';
import type { KnownFact, LedgerFact } from '../known-fact';
import { addFacts, type LedgerEntry } from '../ledger-entry';
import { LedgerDocuments, reconstituteLedgerEntry } from './ledger.document';

const DOSSIER = 'H44.114-20261001-0001';
const documents = new LedgerDocuments(CASES);

const known = ({ kind, topic, sequence, occurredAt, recordedAt, timeBasis, body }: DossierFact, changes: Partial<LedgerFact> = {}): KnownFact =>
  ({ fact: { kind, topic, sequence, occurredAt, recordedAt, timeBasis, body, ...changes }, knownAt: (recordedAt + 5) as Instant });

const story = lifeStory(DOSSIER).received('2026-10-05 08:00').due('2026-10-05 08:00', '2026-10-07 24:00')
  .supplementAsked('s', '2026-10-06 09:00').finished('2026-10-08 10:00').facts();
const fee = (sequence: number): KnownFact => {
  const at = story[0]?.occurredAt ?? (0 as Instant);
  const fact: LedgerFact = { topic: paymentTopic.name, sequence, kind: 'fee-assessed', occurredAt: at, recordedAt: at, timeBasis: 'stated', body: { fee: 'LP01', amount: 50_000 } };
  return { fact, knownAt: at };
};

function entryOf(...facts: readonly KnownFact[]): LedgerEntry<CaseView> {
  const { entry } = addFacts(undefined, DOSSIER, facts, CASES);
  if (entry === undefined) throw new Error('nothing was applied');
  return entry;
}

describe('the stored form of a ledger entry', () => {
  it('gives back facts, known instants and view as they were', () => {
    const marked = story.map((fact, index) => known(fact, { ...(index === 1 ? { timeBasis: 'inferred' } : {}), ...(index === 2 ? { backfill: true } : {}) }));
    const entry = entryOf(fee(1), ...marked);

    const stored = documents.toStored(documents.toContent(entry, 7));

    expect(stored).toMatchObject({ partition: 7, units: entry.view.dossier.holders.map(({ unit }) => unit) });
    expect(stored.holes).toBeUndefined();
    expect(reconstituteLedgerEntry(DOSSIER, documents.fromStored(DOSSIER, stored))).toEqual(entry);
  });

  it('says of a view only what there is', () => {
    const view = (entry: LedgerEntry<CaseView>) => Object.keys(JSON.parse(documents.toStored(documents.toContent(entry, 0)).view) as object);
    const dossier = story.map((fact) => known(fact));
    expect([view(entryOf(...dossier)), view(entryOf(fee(1), ...dossier))]).toEqual([['dossier'], ['dossier', 'payments']]);
  });

  it('has the holes below the highest sequence of each topic beside the texts', () => {
    const entry = entryOf(...story.slice(2).map((fact) => known(fact)), fee(2));
    expect(documents.toStored(documents.toContent(entry, 0)).holes).toEqual([
      { topic: dossierTopic.name, missing: 2 }, { topic: paymentTopic.name, missing: 1 },
    ]);
  });

  it('reads a document that the first version wrote', () => {
    const entry = entryOf(...story.map((fact) => known(fact)));
    const facts = entry.facts.map(({ fact: { kind, topic, sequence, body, occurredAt, recordedAt }, knownAt }) =>
      ({ kind, topic, sequence, body, occurredAt: new Date(occurredAt), recordedAt: new Date(recordedAt), knownAt: new Date(knownAt) }));

    expect(documents.fromStored(DOSSIER, { partition: 3, units: [], facts, view: entry.view.dossier }))
      .toEqual({ partition: 3, units: [], facts: entry.facts, view: entry.view });
  });

  it('folds anew what was stored with a view of another form', () => {
    const entry = entryOf(fee(1), ...story.map((fact) => known(fact)));
    const stored = documents.toStored(documents.toContent(entry, 0));
    const earlier = { ...stored, view: JSON.stringify({ dossier: 'something else' }), form: CASES.viewForm - 1 };

    expect(documents.findView(earlier)).toBeUndefined();
    expect(documents.fromStored(DOSSIER, earlier).view).toEqual(entry.view);
  });
});
