import { dossierTopic } from '@index766/contracts-dossiers';
import { instantOf, type Instant } from '@index766/kernel';

import { ANY_PROVINCE, notesOf } from './arrival-notes';
import type { KnownFact } from './known-fact';

const day = (number: number): Instant => instantOf(number * 86_400_000);
const fact = (kind: string, occurred: number, body: object = {}): KnownFact => ({
  fact: { kind, occurredAt: day(occurred), recordedAt: day(occurred), topic: dossierTopic.name, sequence: occurred, timeBasis: 'stated', body },
  knownAt: day(occurred),
});
const RECEIVED = fact('dossier-received', 1, { unit: 'H44.114', source: 'one-stop' });
const arriving = (arrived: KnownFact, ...known: readonly KnownFact[]) =>
  notesOf([{ id: 'H44.114-1', facts: [...known, arrived], arrived: [arrived], isMended: false }]);

describe('how far back what came reaches', () => {
  it('is to when it happened', () => {
    expect(arriving(fact('dossier-finished', 9), RECEIVED).earliest).toEqual(new Map([['H44', day(9)]]));
  });

  it.each(['dossier-corrected', 'dossier-voided', 'integrity-change-reviewed'])('is to the first that is known of a dossier, for %s', (kind) => {
    expect(arriving(fact(kind, 9), RECEIVED, fact('dossier-finished', 4)).earliest).toEqual(new Map([['H44', day(1)]]));
  });

  it('concerns every province while nobody knows the unit', () => {
    expect([...arriving(fact('dossier-finished', 9)).earliest.keys()]).toEqual([ANY_PROVINCE]);
  });
});
