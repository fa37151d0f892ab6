import { dossierTopic } from '@index766/contracts-dossiers';
import { DESK_SOURCE } from '@index766/dossier-life';
import { instantOf, localDayOf, startOfDay, type Instant } from '@index766/kernel';

import { ANY_ROOT, mendedIn, notesOf } from './arrival-notes';
import type { KnownFact } from './known-fact';

const day = (number: number): Instant => instantOf(number * 86_400_000);
const fact = (kind: string, occurred: number, body: object = {}): KnownFact => ({
  fact: { kind, occurredAt: day(occurred), recordedAt: day(occurred), topic: dossierTopic.name, sequence: occurred, timeBasis: 'stated', body },
  knownAt: day(occurred),
});
const RECEIVED = fact('dossier-received', 1, { unit: 'H44.114', source: 'one-stop' });
const arriving = (arrived: KnownFact, ...known: readonly KnownFact[]) =>
  notesOf([{ id: 'H44.114-1', facts: [...known, arrived], arrived: [arrived] }]);

describe('how far back what came reaches', () => {
  it('is to when it happened', () => {
    expect(arriving(fact('dossier-finished', 9), RECEIVED).earliest).toEqual(new Map([['H44', day(9)]]));
  });

  it.each(['dossier-corrected', 'dossier-voided', 'integrity-change-reviewed'])('is to the first that is known of a dossier, for %s', (kind) => {
    expect(arriving(fact(kind, 9), RECEIVED, fact('dossier-finished', 4)).earliest).toEqual(new Map([['H44', day(1)]]));
  });

  it('concerns every province while nobody knows the unit', () => {
    expect([...arriving(fact('dossier-finished', 9)).earliest.keys()]).toEqual([ANY_ROOT]);
  });

  it('is to when it was recorded, for an end that lay ahead then', () => {
    const ahead = fact('dossier-finished', 9);
    const stated = { ...ahead, fact: { ...ahead.fact, recordedAt: day(5) } };
    expect(arriving(stated, RECEIVED).earliest).toEqual(new Map([['H44', day(5)]]));
  });
});

describe('a dossier that was transferred', () => {
  const moved = fact('dossier-transferred', 5, { unit: 'H45.2' });

  it('concerns every province that had it, by what comes late and by who missed a record', () => {
    expect([...arriving(fact('dossier-finished', 9), RECEIVED, moved).earliest.keys()]).toEqual(['H44', 'H45']);
    const late = { ...RECEIVED, knownAt: day(9) };
    expect([...mendedIn([{ facts: [late, moved] }]).keys()]).toEqual(['H44', 'H45']);
  });

  it('is heard of from its source for all of them, each unit on the day', () => {
    const { heard } = arriving(fact('dossier-received', 9, RECEIVED.fact.body), RECEIVED, moved);
    expect([...heard.values()]).toEqual([
      { root: 'H44', source: 'one-stop', heardAt: day(9), units: new Map([['H44.114', startOfDay(localDayOf(day(9)))]]) },
      { root: 'H45', source: 'one-stop', heardAt: day(9), units: new Map([['H45.2', startOfDay(localDayOf(day(9)))]]) },
    ]);
  });
});

describe('when a source was heard', () => {
  const notFollowed = fact('statement-not-followed', 9, { field: 'unit', stated: 'H44.1', standing: 'H44.114', source: 'ministry' });
  const heardFrom = (arrived: KnownFact, ...known: readonly KnownFact[]) => [...arriving(arrived, ...known).heard.values()].map(({ source, heardAt }) => [source, heardAt]);

  it('is when a fact that names it was recorded', () => {
    expect(heardFrom(RECEIVED)).toEqual([['one-stop', day(1)]]);
    expect(heardFrom(fact('dossier-received', 9, { unit: 'H44.114', source: 'ministry' }), RECEIVED)).toEqual([['ministry', day(9)]]);
  });

  it('is when it contradicted the owner, and then the owner was not heard', () => {
    expect(heardFrom(notFollowed, RECEIVED)).toEqual([['ministry', day(9)]]);
  });

  it('is not when others tell of its dossiers, though it speaks of their units all the same', () => {
    const { heard } = arriving(fact('dossier-finished', 9), RECEIVED);
    expect([...heard.values()]).toEqual([
      { root: 'H44', source: 'one-stop', heardAt: undefined, units: new Map([['H44.114', startOfDay(localDayOf(day(9)))]]) },
    ]);
    expect(heardFrom(fact('due-date-set', 9), RECEIVED)).toEqual([]);
  });

  it('is not by a bulk load', () => {
    const loaded = { ...RECEIVED, fact: { ...RECEIVED.fact, backfill: true } };
    expect(heardFrom(loaded)).toEqual([['one-stop', undefined]]);
  });

  it('is never the desks, of which nobody pushes anything', () => {
    const atDesk = fact('dossier-received', 1, { unit: 'H44.114', source: DESK_SOURCE });
    expect([heardFrom(atDesk), heardFrom(fact('dossier-finished', 9), atDesk)]).toEqual([[], []]);
  });
});

describe('a missing record that came late', () => {
  const known = (sequence: number, knownDay: number, topic = dossierTopic.name): KnownFact => ({
    fact: { ...RECEIVED.fact, topic, sequence }, knownAt: day(knownDay),
  });
  const mended = (...facts: readonly KnownFact[]) => mendedIn([{ facts }]).get('H44') ?? null;

  it.each<[string, readonly KnownFact[], number | null]>([
    ['none, in their turn', [known(1, 1), known(2, 1), known(3, 2)], null],
    ['one behind the next', [known(1, 1), known(2, 4), known(3, 2)], 4],
    ['several behind a later one', [known(1, 5), known(2, 4), known(3, 2)], 5],
    ['one behind the last of many', [known(1, 1), known(2, 3), known(3, 4), known(4, 2)], 4],
    ['none that is missing still', [known(1, 1), known(3, 2)], null],
    ['none of another topic', [known(1, 4), known(1, 2, 'payments.public.payment.v1')], null],
    ['none that is replayed as known before', [known(1, 1), known(2, 2), known(3, 2)], null],
  ])('%s: was known', (_, facts, expected) => {
    expect(mended(...facts)).toBe(expected === null ? null : day(expected));
  });

  it('is the last of a province', () => {
    expect(mendedIn([{ facts: [known(1, 3), known(2, 2)] }, { facts: [known(1, 7), known(2, 2)] }, { facts: [known(1, 1)] }])).toEqual(new Map([['H44', day(7)]]));
  });
});
