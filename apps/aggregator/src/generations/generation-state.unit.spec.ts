import { FIRST_GENERATION, databaseOf, groupIdOf, type Generation } from './generation';
import { FIRST_STATE, withBuilding, withDropped, withDropping, withSwitchTo, type GenerationState } from './generation-state';

const second = 2 as Generation;
const third = 3 as Generation;

const switched = (state: GenerationState, generation: Generation): GenerationState => {
  const result = withSwitchTo(state, generation);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const dropping = (state: GenerationState, generation: Generation): GenerationState => {
  const result = withDropping(state, generation);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

describe('names of a generation', () => {
  it('are today’s for the first', () => {
    expect(databaseOf('aggregator', FIRST_GENERATION)).toBe('aggregator');
    expect(groupIdOf('aggregator.ledger', FIRST_GENERATION)).toBe('aggregator.ledger');
  });

  it('carry the number of a later one', () => {
    expect(databaseOf('aggregator', second)).toBe('aggregator_g2');
    expect(groupIdOf('aggregator.ledger', second)).toBe('aggregator.ledger.g2');
  });
});

describe('the state of generations', () => {
  it('goes on with the one under construction after a crash', () => {
    const begun = withBuilding(FIRST_STATE);

    expect(begun).toEqual({ ...FIRST_STATE, building: second, last: second });
    expect(withBuilding(begun)).toEqual(begun);
  });

  it('keeps the generation that was live before', () => {
    expect(switched(withBuilding(FIRST_STATE), second)).toMatchObject({ live: second, building: null, kept: [FIRST_GENERATION] });
  });

  it('switches only to what is under construction', () => {
    const begun = withBuilding(FIRST_STATE);

    expect(withSwitchTo(begun, third)).toMatchObject({ ok: false, error: { code: 'GENERATION.NOT_BUILT' } });
    expect(withSwitchTo(switched(begun, second), second)).toMatchObject({ ok: false, error: { code: 'GENERATION.NOT_BUILT' } });
  });

  it('never uses a number again', () => {
    const dropped = withDropped(dropping(withBuilding(FIRST_STATE), second));

    expect(withBuilding(dropped).building).toBe(third);
  });

  it('never drops the live one, nor one that is not there', () => {
    expect(withDropping(FIRST_STATE, FIRST_GENERATION)).toMatchObject({ ok: false, error: { code: 'GENERATION.LIVE' } });
    expect(withDropping(FIRST_STATE, second)).toMatchObject({ ok: false, error: { code: 'GENERATION.UNKNOWN' } });
  });

  it('drops what was live before, and goes on dropping after a crash', () => {
    const begun = dropping(switched(withBuilding(FIRST_STATE), second), FIRST_GENERATION);

    expect(begun).toMatchObject({ live: second, kept: [], dropping: FIRST_GENERATION });
    expect(dropping(begun, FIRST_GENERATION)).toEqual(begun);
  });
});
