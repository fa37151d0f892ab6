import type { RawRecord } from '@index766/testing-integration';
import { dossierTopic } from '@index766/contracts-dossiers';
import { apart, compareStates } from './compare-states';
import type { SystemState } from './system-state';

const record = (key: string, sequence: number, { value = `${key} ${sequence}`, offset = sequence } = {}): RawRecord => ({
  partition: 0, offset: BigInt(offset), key, timestamp: 0, value: Buffer.from(value),
  headers: { ce_id: `${dossierTopic.name}/${key}/${sequence}`, ce_sequence: String(sequence), ce_type: 'fact' },
});

const kept = (collection: string, content: Readonly<Record<string, string>>) => new Map([[collection, new Map(Object.entries(content))]]);
const documents = (dossiers: Readonly<Record<string, string>>, payments: Readonly<Record<string, string>> = { B: '1 fact' }): SystemState['documents'] =>
  new Map([['dossiers', kept('dossiers', dossiers)], ['payments', kept('payments', payments)]]);

const state = (changes: { readonly facts?: readonly RawRecord[] } & Partial<Omit<SystemState, 'records'>> = {}): SystemState => ({
  records: new Map([[dossierTopic.name, changes.facts ?? [record('A', 1), record('A', 2), record('B', 1)]]]),
  ledger: new Map([['A', '2 facts'], ['B', '1 fact']]),
  documents: documents({ A: '2 facts' }),
  figures: new Map([['/v1/scores', '17.27']]),
  ...changes,
});

const compare = (actual: SystemState) => compareStates(state(), actual, (dossier) => dossier === 'A');

describe('a system that went through faults', () => {
  it('is as one that did not when everything is there, some of it twice', () => {
    expect(compare(state({ facts: [record('A', 1), record('A', 2), record('B', 1), record('A', 1, { offset: 9 })] }))).toEqual([]);
  });

  it('may have documents of dossiers that came by the topics', () => {
    expect(compare(state({ documents: documents({ A: '2 facts', B: '1 fact' }) }))).toEqual([]);
  });

  it.each([
    ['a fact is lost', [record('A', 1), record('A', 2)], 'facts in topics', 'B/1 is missing'],
    ['a fact is new', [...[record('A', 1), record('A', 2), record('B', 1)], record('B', 2)], 'facts in topics', 'B/2 is there and was never recorded'],
    ['a fact says something else', [record('A', 1), record('A', 2, { value: 'A 3' }), record('B', 1)], 'facts in topics', 'A 2» became'],
    ['a copy says something else', [record('A', 1), record('A', 2), record('B', 1), record('B', 1, { value: 'B 7' })], 'facts in topics', 'two records of'],
    ['a key has a gap', [record('A', 2), record('B', 1)], 'order in topics', 'the sequence of A has a gap'],
    ['a later fact came first', [record('A', 2), record('A', 1, { offset: 3 }), record('B', 1)], 'order in topics', 'A/1 comes for the first time after 2'],
  ])('differs when %s', (_, facts, check, detail) => {
    expect(compare(state({ facts }))).toContainEqual(expect.objectContaining({ check, detail: expect.stringContaining(detail) as string }));
  });

  it.each([
    ['ledger', { ledger: new Map([['A', '2 facts']]) }],
    ['ledger', { ledger: new Map([['A', '2 facts'], ['B', '1 fact'], ['C', '1 fact']]) }],
    ['documents of services', { documents: documents({ A: '3 facts' }) }],
    ['documents of services', { documents: documents({ A: '2 facts' }, {}) }],
    ['figures', { figures: new Map([['/v1/scores', '17.28']]) }],
  ])('differs when the %s differs', (check, changes) => {
    expect(compare(state(changes)).map((difference) => difference.check)).toEqual([check]);
  });
});

describe('two texts', () => {
  it('are shown from a little before the place where they part', () => expect(apart('one two', 'one three')).toBe('«one two» became «one three»'));
});
