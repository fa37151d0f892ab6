import { localDayOf } from '@index766/kernel';
import { at } from '../test/pushes';
import { complete, hear, newSource, withFact, type SourceState } from './source-state';

const MONDAY = at('2026-11-23T00:00:00+07:00');
const SUNDAY = localDayOf(at('2026-11-22T12:00:00+07:00'));
const SOURCE = newSource('one-stop');
const said = (state: SourceState, day = SUNDAY, now = MONDAY) => complete(state, day, now);

describe('a source that pushes', () => {
  it('is told of with the first push of each local day', () => {
    const first = hear(SOURCE, at('2026-11-22T23:59:59+07:00'));
    expect(first?.fact).toEqual({ kind: 'source-heard', source: 'one-stop', sequence: 1, recordedAt: at('2026-11-22T23:59:59+07:00') });
    expect(hear(first?.state ?? SOURCE, at('2026-11-22T23:59:59.999+07:00'))).toBeNull();
    expect(hear(first?.state ?? SOURCE, MONDAY)?.fact).toMatchObject({ sequence: 2, recordedAt: MONDAY });
  });

  it('is recorded never before what was recorded last', () => {
    const state = { ...SOURCE, sequence: 4, recordedAt: at('2026-11-23T10:00:00+07:00') };
    expect(hear(state, MONDAY)?.fact).toMatchObject({ sequence: 5, recordedAt: at('2026-11-23T10:00:00+07:00') });
  });
});

describe('a source that says a day is complete', () => {
  it('says it once, and says nothing new of an earlier day', () => {
    const told = said(SOURCE);
    expect(told).toMatchObject({ ok: true, value: { fact: { kind: 'source-complete', day: SUNDAY, sequence: 1, recordedAt: MONDAY } } });
    const state = told.ok && told.value !== null ? told.value.state : SOURCE;
    expect(said(state)).toEqual({ ok: true, value: null });
    expect(said(state, localDayOf(at('2026-11-20T12:00:00+07:00')))).toEqual({ ok: true, value: null });
  });

  it('is refused while the day is not over', () => {
    expect(said(SOURCE, SUNDAY, at('2026-11-22T23:59:59.999+07:00'))).toMatchObject({ ok: false, error: { code: 'SOURCE.DAY_NOT_OVER', path: 'day' } });
  });
});

it('what was told brings the state back', () => {
  const heard = hear(SOURCE, MONDAY);
  const done = said(heard?.state ?? SOURCE);
  const told = [heard, done.ok ? done.value : null].flatMap((each) => (each === null ? [] : [each]));
  expect(told.map(({ fact }) => fact).reduce(withFact, SOURCE)).toEqual(told.at(-1)?.state);
  expect(told).toHaveLength(2);
});
