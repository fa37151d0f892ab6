import { parsePeriod, type Period } from '@index766/kernel';
import { indicatorsOf } from './definition';
import { definitionFor, findDefinition, getDefinition } from './definitions';
import qd766Of2026 from './definitions/qd766-2026.json';
import { toDecimalText } from './fraction';
import { SUPPLIED_MEASURES } from './counted-measures';
import { parseDefinition } from './parse-definition';

const period = (name: string): Period => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
};

/** The shipped definition with the part at a path (`groups.0.max`) replaced, or taken out. */
const changed = (path: string, value?: unknown): unknown => {
  const copy: unknown = structuredClone(qd766Of2026);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((part, key) => (part as Record<string, unknown>)[key], copy) as Record<string, unknown>;
  if (Array.isArray(parent) && value === undefined) parent.splice(Number(last), 1);
  else parent[last] = value;
  return copy;
};

describe('the definition qd766-2026', () => {
  const definition = getDefinition('qd766-2026');

  it('has the six groups with their maxima, 100 in all', () => {
    expect(definition.groups.map(({ id, max }) => [id, max])).toEqual([
      ['CKMB', 18], ['TDGQ', 20], ['DVCTT', 12], ['TTTT', 10], ['MDHL', 18], ['MDSH', 22],
    ]);
    expect(definition.max).toBe(100);
  });

  it('knows maximum, target and empty rule of every scored indicator', () => {
    const rows = indicatorsOf(definition).map((indicator) =>
      indicator.kind === 'shown' ? `${indicator.id} shown`
        : `${indicator.id} ${indicator.max} ${toDecimalText(indicator.target, 2)} ${indicator.whenEmpty}`);
    expect(rows).toEqual([
      '1.1 6 1.00 null', '1.2 4 1.00 null', '1.3 2 1.00 null', '1.4 6 1.00 null', '2.1 20 1.00 zero', '2.2 shown',
      '3.1 2 0.80 zero', '3.2 4 1.00 zero', '3.3 6 0.50 zero', '3.6 6 1.00 zero', '3.5a 2 0.80 zero', '3.5b 2 0.80 zero',
      '5.1-TTHC shown', '5.1-STAFF shown', '5.2 6 1.00 full', '5.3 6 1.00 full', '5.4 6 0.90 zero', '4.1 6 1.00 null',
      '4.2 4 1.00 null', '4.3 2 0.80 null', '4.4 4 1.00 null', '4.5b 2 1.00 null', '4.5a 2 1.00 null', '4.6 2 1.00 full',
    ]);
  });

  it('has every indicator apply at every level', () => {
    const levels = new Set(indicatorsOf(definition).map((indicator) => [...indicator.levels].sort().join(' ')));
    expect([...levels]).toEqual(['COMMUNE COUNTRY DEPARTMENT MINISTRY PROVINCE']);
  });

  it('is fed by measures of its own, each once; the rest is for plan targets', () => {
    const fed = indicatorsOf(definition).map(({ measure }) => measure);
    expect(new Set(fed).size).toBe(fed.length);
    expect(SUPPLIED_MEASURES.filter((name) => !fed.includes(name))).toEqual([
      'resolved-in-full', 'fee-procedures-payable-online', 'eligible-provided-in-full',
    ]);
  });

  it('is found by its id, or is not', () => {
    expect(findDefinition('qd766-2019')).toBeUndefined();
    expect(() => getDefinition('qd766-2019')).toThrow(RangeError);
  });

  it('holds in periods from its decision on, and in none before', () => {
    expect(definitionFor(period('2026-10'))).toMatchObject({ ok: true, value: { id: 'qd766-2026' } });
    expect(definitionFor(period('2022-05'))).toMatchObject({ ok: false, error: { code: 'DEFINITION.NONE' } });
  });
});

describe('the validator refuses a definition', () => {
  it.each<[string, string, unknown]>([
    ['whose indicators do not add up to their group', 'groups[0].indicators', changed('groups.0.indicators.0.max', 7)],
    ['whose groups do not add up', 'groups', changed('max', 101)],
    ['with an id twice', 'groups', changed('groups.0.indicators.1.id', '1.1')],
    ['with a target above 1', 'groups[2].indicators[0].target', changed('groups.2.indicators.0.target', '1.20')],
    ['with a target of 0', 'groups[2].indicators[0].target', changed('groups.2.indicators.0.target', '0')],
    ['fed by a measure that nobody supplies', 'groups[0].indicators[0].measure', changed('groups.0.indicators.0.measure', 'visitors')],
    ['that would sum distinct codes', 'groups[0].indicators[0].combination', changed('groups.0.indicators.0.combination', 'sum')],
    ['with an unknown empty rule', 'groups[0].indicators[0].whenEmpty', changed('groups.0.indicators.0.whenEmpty', 'half')],
    ['with an unknown level', 'groups[0].indicators[0].levels', changed('groups.0.indicators.0.levels', ['VILLAGE'])],
    ['whose shown indicator has a maximum', 'groups[1].indicators[1].max', changed('groups.1.indicators.1.max', 1)],
    ['whose ratings do not end at 0', 'ratings', changed('ratings.4')],
    ['whose ratings do not fall', 'ratings', changed('ratings.0.atLeast', 80)],
    ['led by an indicator without points', 'leadingIndicator', changed('leadingIndicator', '2.2')],
    ['that ends before it begins', 'validTo', changed('validTo', '2020-01-01')],
    ['with a day that does not exist', 'validFrom', changed('validFrom', '2026-02-30')],
    ['without a name', 'groups[0].name.vi', changed('groups.0.name.vi', ' ')],
    ['without groups', 'groups', changed('groups', [])],
    ['with an id that is no slug', 'id', changed('id', 'QD 766')],
    ['that is no object', '', 'qd766'],
  ])('%s', (_, path, raw) => {
    expect(parseDefinition(raw)).toMatchObject({ ok: false, error: { code: 'DEFINITION.INVALID', path } });
  });
});
