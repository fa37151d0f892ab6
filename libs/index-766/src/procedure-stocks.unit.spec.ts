import { parseLocalDay, parsePeriod, type LocalDay, type Period, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { local } from '@index766/testing-unit';
import { countMeasures, type DistinctMeasureName } from './counted-measures';
import { procedureStocks, stockMeasures, type ProcedureRecord } from './procedure-stocks';

const UNIT = 'H44' as UnitCode;
const october = ((): Period => {
  const parsed = parsePeriod('2026-10');
  if (!parsed.ok) throw new Error('no period');
  return parsed.value;
})();
const day = (text: string): LocalDay => parseLocalDay(text) ?? (Number.NaN as LocalDay);
const record = (code: string, rest: Partial<ProcedureRecord> = {}): ProcedureRecord => ({
  code: code as ProcedureCode, validFrom: day('2026-01-01'), validTo: null, ...rest,
});
const duty = (dueOn?: string, on?: string) => ({
  ...(dueOn === undefined ? {} : { dueOn: day(dueOn) }), ...(on === undefined ? {} : { on: day(on) }),
});
const stocks = (records: readonly ProcedureRecord[], at = october.end) => procedureStocks(records, october, at);
const pair = (name: DistinctMeasureName, records: readonly ProcedureRecord[], at = october.end) => {
  const counted = countMeasures(stockMeasures(UNIT, 'PROVINCE', stocks(records, at))).distinct[name];
  return counted === null ? null : `${counted.numerator}/${counted.denominator}`;
};

describe('1.1 and 1.2', () => {
  const cases = [
    ['on its day', duty('2026-10-10', '2026-10-10'), '1/1'], ['before its day', duty('2026-10-10', '2026-09-10'), '1/1'],
    ['a day late', duty('2026-10-10', '2026-10-11'), '0/1'], ['never', duty('2026-10-10'), '0/1'],
    ['due on the first day', duty('2026-10-01'), '0/1'], ['due on the last day', duty('2026-10-31', '2026-10-31'), '1/1'],
    ['due in another period', duty('2026-11-01', '2026-10-10'), '0/0'], ['due never', duty(undefined, '2026-10-10'), '0/0'],
  ] as const;

  it.each(cases)('of a procedure announced %s', (_, announcement, expected) => {
    expect(pair('procedures-announced-on-time', [record('A', { announcement })])).toBe(expected);
  });

  it.each(cases)('of a procedure made public %s', (_, publication, expected) => {
    expect(pair('procedures-public-on-time', [record('A', { publication })])).toBe(expected);
  });

  it('do not count, while the period runs, what is not due yet', () => {
    const records = [record('A', { announcement: duty('2026-10-20') })];
    expect(pair('procedures-announced-on-time', records, local('2026-10-19 12:00'))).toBe('0/0');
    expect(pair('procedures-announced-on-time', records, local('2026-10-20 12:00'))).toBe('0/1');
  });

  it('are not known where the catalog has no procedure of the province', () => {
    expect(pair('procedures-announced-on-time', [])).toBeNull();
  });
});

describe('1.3', () => {
  const parts = ['name', 'steps', 'manner', 'dossier', 'time-limit', 'applicants', 'agency'];

  it('is what is public with all seven parts, of what is public at T', () => {
    expect(pair('procedures-public-in-full', [
      record('A', { publication: duty(undefined, '2026-10-31'), parts }), record('B', { publication: duty(undefined, '2026-02-01'), parts: parts.slice(1) }),
      record('C', { publication: duty(undefined, '2026-02-01'), parts: [...parts.slice(1), 'steps'] }), record('D', { publication: duty(undefined, '2026-11-01'), parts }),
      record('E', { parts }), record('F', { publication: duty(undefined, '2026-02-01') }),
    ])).toBe('1/4');
  });
});

describe('3.1', () => {
  it('is what is announced and online, partial or full, of what is announced', () => {
    const announcement = duty(undefined, '2026-02-01');
    expect(pair('procedures-provided-online', [
      record('A', { announcement, onlineLevel: 'partial' }), record('B', { announcement, onlineLevel: 'full' }), record('C', { announcement, onlineLevel: 'none' }),
      record('D', { announcement }), record('E', { onlineLevel: 'full' }), record('F', { announcement: duty('2026-02-01'), onlineLevel: 'full' }),
    ])).toBe('2/4');
  });
});

describe('a unit’s own stocks', () => {
  it('are the services that it offers online, its fee and citizen procedures, and what could be provided fully online', () => {
    const { own } = stocks([
      record('A', { onlineLevel: 'partial', fee: true, onlinePayment: true }), record('B', { onlineLevel: 'full', citizen: true, eligibleForFull: true }),
      record('C', { onlineLevel: 'none', fee: true }), record('D', { onlinePayment: true, eligibleForFull: true }), record('E', { fee: false, citizen: false }),
    ]);
    expect(own).toEqual({
      'online-offered': ['A', 'B'], 'fee-procedures': ['A', 'C'], 'fee-payable-online': ['A'], 'citizen-procedures': ['B'],
      'eligible-for-full': ['B', 'D'], 'provided-in-full': ['B'],
    });
  });

  it('offer online what they say that they offer, whatever was announced of it, and what was announced counts in 3.1 all the same', () => {
    const announcement = duty(undefined, '2026-02-01');
    const records = [
      record('A', { announcement, onlineLevel: 'full', offeredOnline: false, eligibleForFull: true }), record('B', { announcement, onlineLevel: 'none', offeredOnline: true }),
      record('C', { offeredOnline: true }), record('D', { announcement, onlineLevel: 'partial' }), record('E', { onlineLevel: 'full', offeredOnline: true, eligibleForFull: true }),
    ];
    expect(stocks(records).own['online-offered']).toEqual(['B', 'C', 'D', 'E']);
    expect([pair('procedures-provided-online', records), pair('online-services-used', records), pair('eligible-provided-in-full', records)]).toEqual(['2/3', '0/4', '1/2']);
  });

  it('count what is valid at T, by the version known last', () => {
    const records = [
      record('A', { fee: true, validTo: day('2026-10-30') }), record('B', { fee: true, validFrom: day('2026-10-31') }), record('C', { fee: true, validFrom: day('2026-11-01') }),
      record('D', { fee: true }), record('D', { fee: false }), record('E', { fee: false }), record('E', { fee: true, validFrom: day('2026-06-01') }),
    ];
    expect(stocks(records).own['fee-procedures']).toEqual(['B', 'E']);
    expect(stocks(records, local('2026-10-30 12:00')).own['fee-procedures']).toEqual(['A', 'E']);
  });

  it('are pairs of the plan targets II.1a and II.6', () => {
    const records = [record('A', { fee: true, onlinePayment: true }), record('B', { fee: true }), record('C', { eligibleForFull: true, onlineLevel: 'full' })];
    expect([pair('fee-procedures-payable-online', records), pair('eligible-provided-in-full', records)]).toEqual(['1/2', '1/1']);
  });
});

describe('certified copies', () => {
  const copies = (records: readonly ProcedureRecord[], level: 'COMMUNE' | 'DEPARTMENT') => stockMeasures(UNIT, level, stocks(records)).sets;

  it('are offered, not offered, or not known', () => {
    expect(stocks([record('A', { certifiedCopies: false }), record('B', { certifiedCopies: true })]).certifiedCopies).toBe(true);
    expect(stocks([record('A', { certifiedCopies: false })]).certifiedCopies).toBe(false);
    expect(stocks([record('A')]).certifiedCopies).toBeNull();
  });

  it('count in communes alone', () => {
    const records = [record('A', { certifiedCopies: true })];
    expect(copies(records, 'COMMUNE')).toMatchObject({ 'communes-with-data': ['H44'], 'communes-offering-copies': ['H44'] });
    expect(copies(records, 'DEPARTMENT')['communes-with-data']).toBeUndefined();
    expect(copies([record('A', { certifiedCopies: false })], 'COMMUNE')).toMatchObject({ 'communes-with-data': ['H44'], 'communes-offering-copies': [] });
  });
});
