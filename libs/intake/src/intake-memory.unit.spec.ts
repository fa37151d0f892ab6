import fc from 'fast-check';
import { instantOf, type DossierId, type UnitCode } from '@index766/kernel';
import { holderOf, holesOf, takeRecord, takeStatement, type IntakeMemory, type UnitStatement } from './intake-memory';

const SEED = 766;
const nothing: { readonly state: IntakeMemory } = { state: { dossier: 'H44.114-20261005-0001' as DossierId, intake: {}, units: [] } };

/** Facts of one life: several may share an instant, none a sequence. */
const statements = fc.uniqueArray(
  fc.record({ sequence: fc.integer({ min: 1, max: 20 }), occurredAt: fc.integer({ min: 0, max: 3 }).map(instantOf), unit: fc.constantFrom('H44.1', 'H44.2', 'H44.3') }),
  { selector: ({ sequence }) => sequence, maxLength: 8 },
) as fc.Arbitrary<UnitStatement[]>;

const shuffled = <Item>(items: fc.Arbitrary<Item[]>) => items.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })));

describe('statements of units', () => {
  const after = (all: readonly UnitStatement[]) => all.reduce((known, each) => takeStatement(known, each).change, nothing);

  it('lead to the same holder in any order and however often they come', () => {
    fc.assert(fc.property(shuffled(statements), ([inOrder, other]) => {
      expect(after([...other, ...inOrder])).toEqual(after(inOrder));
      expect(holderOf(after(other).state)).toBe(holderOf(after(inOrder).state));
    }), { seed: SEED });
  });

  it('count by the instant, then by the sequence; until one came the dossier\'s code does', () => {
    const at = (sequence: number, occurredAt: number, unit: string): UnitStatement => ({ sequence, occurredAt: instantOf(occurredAt), unit: unit as UnitCode });
    expect(holderOf(nothing.state)).toBe('H44.114');
    expect(holderOf(after([at(3, 1, 'H44.1'), at(1, 2, 'H44.2')]).state)).toBe('H44.2');
    expect(holderOf(after([at(3, 2, 'H44.1'), at(1, 2, 'H44.2')]).state)).toBe('H44.1');
  });

  it('under one sequence are duplicates, or a conflict that changes nothing', () => {
    const stated: UnitStatement = { sequence: 1, occurredAt: instantOf(1), unit: 'H44.1' as UnitCode };
    const { change } = takeStatement(nothing, stated);
    expect(takeStatement(change, stated)).toEqual({ change, outcome: 'duplicate' });
    expect(takeStatement(change, { ...stated, unit: 'H44.2' as UnitCode })).toEqual({ change, outcome: 'conflict' });
  });
});

describe('records of the intake topic', () => {
  const sequences = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 });

  it('are a set: any order, the same holes', () => {
    fc.assert(fc.property(shuffled(sequences), ([inOrder, other]) => {
      const after = (all: readonly number[]) => all.reduce((known, sequence) => takeRecord(known, { sequence, fingerprint: 'F' }).change, nothing).state;
      expect(after(other)).toEqual(after(inOrder));
      const highest = Math.max(0, ...inOrder);
      expect(holesOf(after(other))).toEqual(Array.from({ length: highest }, (_, index) => index + 1).filter((sequence) => !inOrder.includes(sequence)));
    }), { seed: SEED });
  });

  it('of another content under a known sequence are a conflict that changes nothing', () => {
    const { change } = takeRecord(nothing, { sequence: 2, fingerprint: 'F' });
    expect([takeRecord(change, { sequence: 2, fingerprint: 'F' }), takeRecord(change, { sequence: 2, fingerprint: 'G' })]).toEqual([
      { change, outcome: 'duplicate' }, { change, outcome: 'conflict' },
    ]);
  });
});
