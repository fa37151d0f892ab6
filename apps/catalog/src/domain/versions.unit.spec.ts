import { parseLocalDay, type LocalDay } from '@index766/kernel';

import { aUnit, october, recorded } from '../test/catalog.fixture';
import { checkValidity, contentOn, knownBy, nextVersion } from './versions';

describe('the next version', () => {
  it('is the first of a key', () => {
    expect(nextVersion([], aUnit(), october(2))).toEqual({ version: 1, recordedAt: october(2), content: aUnit() });
  });

  it('is none where the latest that begins on the same day says the same, fields in any order', () => {
    const { name, ...rest } = aUnit();
    expect(nextVersion(recorded(aUnit()), { ...rest, validTo: undefined, name }, october(2))).toBeUndefined();
  });

  it('is none for an earlier beginning that is repeated after a later one', () => {
    const history = recorded(aUnit(), aUnit({ validFrom: '2026-01-01', name: 'other' }));
    expect(nextVersion(history, aUnit(), october(2))).toBeUndefined();
  });

  it('goes back to what was said before the latest correction', () => {
    const history = recorded(aUnit(), aUnit({ name: 'corrected' }));
    expect(nextVersion(history, aUnit(), october(2))).toMatchObject({ version: 3, content: { name: aUnit().name } });
  });

  it('is never recorded before the one before it', () => {
    expect(nextVersion(recorded(aUnit()), aUnit({ name: 'other' }), october(1))?.recordedAt).toBe(october(1));
    const later = [{ version: 1, recordedAt: october(9), content: aUnit() }];
    expect(nextVersion(later, aUnit({ name: 'other' }), october(2))?.recordedAt).toBe(october(9));
  });
});

describe('what is known and in force', () => {
  const history = [
    { version: 1, recordedAt: october(1), content: aUnit({ name: 'first' }) },
    { version: 2, recordedAt: october(5), content: aUnit({ name: 'second' }) },
  ];
  const day = parseLocalDay('2026-10-04') as LocalDay;

  it('leaves out what was recorded later', () => {
    expect(contentOn(knownBy(history, october(4)), day)?.content.name).toBe('first');
    expect(contentOn(knownBy(history, october(5)), day)?.content.name).toBe('second');
  });
});

describe('a validity', () => {
  it.each([
    ['2026-02-30', undefined, 'VALIDITY.NO_SUCH_DAY', 'validFrom'],
    ['2026-02-01', '2026-2-3', 'VALIDITY.NO_SUCH_DAY', 'validTo'],
    ['2026-02-02', '2026-02-01', 'VALIDITY.ENDS_BEFORE_IT_BEGINS', 'validTo'],
  ])('from %s to %s is refused', (validFrom, validTo, code, path) => {
    expect(checkValidity({ validFrom, validTo })).toMatchObject({ ok: false, error: { code, path } });
  });

  it('of one day is accepted', () => {
    expect(checkValidity({ validFrom: '2026-02-01', validTo: '2026-02-01' }).ok).toBe(true);
  });
});
