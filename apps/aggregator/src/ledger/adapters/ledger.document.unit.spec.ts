import { foldDossier, type DossierFact } from '@index766/dossier-life';
import type { DossierId, Instant } from '@index766/kernel';
import { lifeStory } from '@index766/testing-unit';

import type { KnownFact } from '../known-fact';
import { addFacts } from '../ledger-entry';
import { fromStoredLedger, reconstituteLedgerEntry, toLedgerContent, toStoredLedger } from './ledger.document';

const DOSSIER = 'H44.114-20261001-0001' as DossierId;
const known = (fact: DossierFact): KnownFact => ({ fact, knownAt: (fact.recordedAt + 5) as Instant });

const story = lifeStory(DOSSIER).received('2026-10-05 08:00').due('2026-10-05 08:00', '2026-10-07 24:00')
  .supplementAsked('s', '2026-10-06 09:00').finished('2026-10-08 10:00').facts();

describe('the stored form of a ledger entry', () => {
  it('gives back facts, known instants and view as they were', () => {
    const marked = story.map((fact, index) => known({ ...fact, ...(index === 1 ? { timeBasis: 'inferred' } : {}), ...(index === 2 ? { backfill: true } : {}) }));
    const elsewhere = marked.map(({ fact, knownAt }) => ({ fact: { ...fact, topic: 'payments.public.payment.v1' }, knownAt }));
    const { entry } = addFacts(undefined, DOSSIER, [...elsewhere, ...marked], foldDossier);
    if (entry === undefined) throw new Error('nothing was applied');

    const content = toStoredLedger(toLedgerContent(entry, 7));

    expect(content).toMatchObject({ partition: 7, units: entry.view.holders.map(({ unit }) => unit) });
    expect(content.holes).toBeUndefined();
    expect(reconstituteLedgerEntry(DOSSIER, fromStoredLedger(DOSSIER, content))).toEqual(entry);
  });

  it('has the holes below the highest sequence beside the texts', () => {
    const { entry } = addFacts(undefined, DOSSIER, story.slice(2).map(known), foldDossier);
    expect(entry && toStoredLedger(toLedgerContent(entry, 0)).holes).toEqual(entry?.holes);
    expect(entry?.holes).toHaveLength(1);
  });

  it('reads a document that an earlier version wrote', () => {
    const { entry } = addFacts(undefined, DOSSIER, story.map(known), foldDossier);
    if (entry === undefined) throw new Error('nothing was applied');
    const facts = entry.facts.map(({ fact: { kind, topic, sequence, body, occurredAt, recordedAt }, knownAt }) =>
      ({ kind, topic, sequence, body, occurredAt: new Date(occurredAt), recordedAt: new Date(recordedAt), knownAt: new Date(knownAt) }));

    expect(fromStoredLedger(DOSSIER, { partition: 3, units: [], facts, view: entry.view })).toEqual({ partition: 3, units: [], facts: entry.facts, view: entry.view });
  });
});
