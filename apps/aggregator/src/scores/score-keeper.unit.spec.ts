import {
  NO_MEASURES, NO_STOCKS, codeSets, treeOn, type Measures, type ProcedureStocks, type ReportedFigures, type UnitTree, type UnitVersion,
} from '@index766/index-766';
import { parseInstant, parseLocalDay, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';

import { InMemoryPartials, InMemoryScores } from '../test/in-memory-ports';
import type { CatalogFigures } from './own-figures';
import { ScoreKeeper } from './score-keeper';
import { TELLS_NOBODY, scoreRecord, type LatestScores } from './score-record';

const PERIOD = '2026-11';
const AS_OF = parseInstant('2026-11-24T10:00:00+07:00') as Instant;
const version = (code: string, level: UnitVersion['level'], parent: string | null): UnitVersion => ({
  code: code as UnitCode, name: code, level, parent: parent as UnitCode | null, validFrom: 0 as LocalDay, validTo: null, successor: null,
});
const UNITS = [
  version('VN', 'COUNTRY', null), version('H44', 'PROVINCE', 'VN'), version('H44.1', 'COMMUNE', 'H44'), version('H44.2', 'COMMUNE', 'H44'),
];
const onTime = (numerator: number, denominator: number): Measures =>
  ({ ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'on-time': { numerator, denominator } } });

/** @param units the versions that the catalog has of them */
function given(latest: LatestScores = TELLS_NOBODY, units: readonly UnitVersion[] = UNITS, periods: readonly string[] = [PERIOD]) {
  const [partials, scores] = [new InMemoryPartials(), new InMemoryScores()];
  const trees = new Map<LocalDay, UnitTree>();
  const treeOf = (day: LocalDay): UnitTree => {
    const tree = trees.get(day) ?? treeOn(day, units);
    trees.set(day, tree);
    return tree;
  };
  const said = { stocks: new Map<UnitCode, ProcedureStocks>(), reports: new Map<UnitCode, ReportedFigures>() };
  const catalog: CatalogFigures = {
    treeOn: treeOf, unitsEver: () => new Set(units.map(({ code }) => code)), stocksOf: (unit) => said.stocks.get(unit) ?? NO_STOCKS, unitsWithProcedures: () => said.stocks.keys(), reportedFor: () => said.reports,
  };
  const keeper = new ScoreKeeper({ partials, scores, catalog, periods: () => periods, now: () => AS_OF, latest });
  const put = (unit: string, partition: number, measures: Measures) => {
    const rev = partials.documents.get(`${unit}|cases|${partition}`)?.rev ?? 0;
    return partials.replaceMany([{ rev, partial: { unit: unit as UnitCode, source: 'cases', partition, periods: Object.fromEntries(periods.map((name) => [name, { evaluatedAt: AS_OF, measures }])) } }]);
  };
  const merge = (...units: string[]) => keeper.merge('H44' as UnitCode, units as UnitCode[]);
  const score = (unit: string, period = PERIOD) => {
    const pair = scores.documents.get(`${unit}|${period}`)?.score.counted.pairs['on-time'];
    return pair && `${pair.numerator}/${pair.denominator}`;
  };
  const record = (unit: string) => scores.documents.get(`${unit}|${PERIOD}`)?.score;
  return { keeper, partials, scores, put, merge, score, record, said, forgetTrees: () => trees.clear() };
}

describe('the keeper of scores', () => {
  it('sums a unit over its partitions and rolls it up to the root, and no further', async () => {
    const { put, merge, score } = given();
    await put('H44.1', 0, onTime(1, 2));
    await put('H44.1', 7, onTime(3, 3));
    await put('H44.2', 0, onTime(0, 5));

    await merge('H44.1', 'H44.2');

    expect([score('H44.1'), score('H44.2'), score('H44'), score('VN')]).toEqual(['4/5', '0/5', '4/10', undefined]);
  });

  it('reads only what was touched, and still adds all the others up', async () => {
    const { put, merge, score } = given();
    await put('H44.1', 0, onTime(1, 2));
    await put('H44.2', 0, onTime(0, 5));
    await merge('H44.1', 'H44.2');
    await put('H44.1', 0, onTime(2, 2));

    await merge('H44.1');

    expect([score('H44.1'), score('H44')]).toEqual(['2/2', '2/7']);
  });

  it('writes what came out otherwise, and nothing else', async () => {
    const { put, merge, scores, score } = given();
    await put('H44.1', 0, onTime(1, 2));
    await merge('H44.1');
    await merge('H44.1');
    expect(scores.documents.get(`H44.1|${PERIOD}`)?.rev).toBe(1);

    await put('H44.1', 0, onTime(2, 2));
    await merge('H44.1');
    expect([scores.documents.get(`H44.1|${PERIOD}`)?.rev, score('H44.1')]).toEqual([2, '2/2']);
  });

  it('writes again what another member wrote in between, though nothing came out otherwise', async () => {
    const { put, merge, scores, score } = given();
    await put('H44.1', 0, onTime(1, 2));
    await merge('H44.1');
    const written = scores.documents.get(`H44|${PERIOD}`);
    if (written === undefined) throw new Error('no score was written');
    await scores.replaceMany([{ rev: written.rev, score: scoreRecord(written.score, onTime(9, 9), true) }]);

    await merge('H44.1');

    expect(score('H44')).toBe('1/2');
  });

  it('counts a dossier of an unknown unit in the reserved unit of its province', async () => {
    const { put, merge, score } = given();
    await put('H44.999', 0, onTime(1, 1));

    await merge('H44.999');

    expect([score('H44.UNKNOWN'), score('H44')]).toEqual(['1/1', '1/1']);
  });

  it('leaves nothing of a unit in the reserved one once the catalog has it, whichever unit is touched then', async () => {
    const units = [...UNITS];
    const { keeper, put, merge, score, scores, forgetTrees } = given(TELLS_NOBODY, units);
    await put('H44.1', 0, onTime(1, 2));
    await put('H44.999', 0, onTime(1, 1));
    await merge('H44.1', 'H44.999');
    units.push(version('H44.999', 'COMMUNE', 'H44'));
    forgetTrees();
    keeper.forget();
    // As a mark of a whole tree: the reserved unit stands in none.
    await merge('H44', 'H44.1', 'H44.2', 'H44.999');

    expect(['H44.999', 'H44.UNKNOWN', 'H44'].map((unit) => score(unit))).toEqual(['1/1', '0/0', '2/3']);
    const { rev } = scores.documents.get(`H44.UNKNOWN|${PERIOD}`) ?? {};
    await merge('H44.1');
    expect(scores.documents.get(`H44.UNKNOWN|${PERIOD}`)?.rev).toBe(rev);
  });

  it('mends the reserved unit when the merge is repeated, if it could not be written at first', async () => {
    const units = [...UNITS];
    const { keeper, put, merge, score, scores, forgetTrees } = given(TELLS_NOBODY, units);
    await put('H44.999', 0, onTime(1, 1));
    await merge('H44.999');
    units.push(version('H44.999', 'COMMUNE', 'H44'));
    forgetTrees();
    keeper.forget();
    const replaceMany = scores.replaceMany.bind(scores);
    scores.replaceMany = () => Promise.reject(new Error('DATABASE.AWAY'));
    await expect(merge('H44.999')).rejects.toThrow('DATABASE.AWAY');
    scores.replaceMany = replaceMany;

    await merge('H44.999');

    expect([score('H44.999'), score('H44.UNKNOWN'), score('H44')]).toEqual(['1/1', '0/0', '1/1']);
  });

  it('makes no reserved unit where no unit is unknown', async () => {
    const { put, merge, score } = given();
    await put('H44.1', 0, onTime(1, 2));

    await merge('H44.1');

    expect(score('H44.UNKNOWN')).toBeUndefined();
  });

  it('merges a unit that moved under the root that it had in each period, and under no other', async () => {
    const moved = { ...version('H44.1', 'COMMUNE', 'H45'), validFrom: parseLocalDay('2026-11-16') as LocalDay };
    const { keeper, put, score } = given(TELLS_NOBODY, [...UNITS, version('H45', 'PROVINCE', 'VN'), moved], ['2026-10', PERIOD]);
    await put('H44.1', 0, onTime(1, 2));
    await put('H44.2', 0, onTime(0, 5));

    for (const root of ['H44', 'H45', 'H44']) await keeper.merge(root as UnitCode, ['H44.1', 'H44.2'] as UnitCode[]);

    expect(['H44.1', 'H44', 'H45'].map((unit) => score(unit, '2026-10'))).toEqual(['1/2', '1/7', undefined]);
    expect(['H44.1', 'H44', 'H45'].map((unit) => score(unit))).toEqual(['1/2', '0/5', '1/2']);
  });

  it('reads everything again when another member wrote first', async () => {
    const { put, merge, score, scores } = given();
    await put('H44.1', 0, onTime(1, 2));
    const replaceMany = scores.replaceMany.bind(scores);
    let rounds = 0;
    scores.replaceMany = async (fenced) => {
      rounds += 1;
      if (rounds === 1) await replaceMany(fenced.map(({ score: each }) => ({ score: scoreRecord(each, onTime(9, 9), true), rev: 0 })));
      return replaceMany(fenced);
    };

    await merge('H44.1');

    expect([rounds, score('H44.1'), score('H44')]).toEqual([2, '1/2', '1/2']);
  });

  it('adds petitions to cases, and what the catalog says of procedures', async () => {
    const { put, partials, merge, said, record } = given();
    const [unit, province] = ['H44.1', 'H44'] as UnitCode[];
    if (unit === undefined || province === undefined) throw new Error('no unit');
    await put(unit, 0, { ...onTime(1, 2), sets: codeSets({ 'received-online': ['1.001', '1.002'] }) });
    const petitions = { ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'petitions-on-time': { numerator: 3, denominator: 4 } } };
    await partials.replaceMany([{ rev: 0, partial: { unit, source: 'petitions', partition: 0, periods: { [PERIOD]: { evaluatedAt: AS_OF, measures: petitions } } } }]);
    said.stocks.set(unit, { ...NO_STOCKS, own: { ...NO_STOCKS.own, 'online-offered': ['1.001', '1.003', '1.004'] } });
    said.reports.set(province, { 'national-report': 9 });

    await merge(unit, province);

    expect(record(unit)?.counted.pairs).toMatchObject({ 'on-time': { numerator: 1, denominator: 2 }, 'petitions-on-time': { numerator: 3, denominator: 4 } });
    expect(record(unit)?.counted.distinct['online-services-used']).toEqual({ numerator: 1, denominator: 3 });
    expect(record(province)?.counted.distinct['online-services-used']).toEqual({ numerator: 1, denominator: 3 });
    expect(record(province)?.counted.pairs['dossiers-synchronised']).toEqual({ numerator: 0, denominator: 9 });
  });

  it('keeps the codes behind distinct counts where something above unites them, and nowhere else', async () => {
    const { put, merge, record } = given();
    await put('H44.1', 0, { ...onTime(1, 2), sets: codeSets({ 'received-online': ['1.001'] }) });

    await merge('H44.1');

    expect(record('H44')?.united?.sets['received-online']).toEqual(['1.001']);
    expect(record('H44.1')?.united).toBeNull();
  });

  it('gives figures to a unit that has no dossier', async () => {
    const { merge, score, said, record } = given();
    said.stocks.set('H44.2' as UnitCode, { ...NO_STOCKS, certifiedCopies: true });

    await merge('H44.2', 'H44');

    expect([score('H44.2'), score('H44')]).toEqual(['0/0', '0/0']);
    expect(record('H44.2')?.counted.distinct['certified-copies-offered']).toEqual({ numerator: 1, denominator: 1 });
    expect(record('H44')?.counted.distinct['certified-copies-offered']).toEqual({ numerator: 1, denominator: 2 });
  });

  it('does not remember a merge during which the catalog changed', async () => {
    const { put, keeper, partials, merge, said, record } = given();
    const unit = 'H44.1' as UnitCode;
    const offering = (...codes: string[]): ProcedureStocks => ({ ...NO_STOCKS, own: { ...NO_STOCKS.own, 'online-offered': codes } });
    await put(unit, 0, { ...onTime(1, 2), sets: codeSets({ 'received-online': ['1.001'] }) });
    said.stocks.set(unit, offering('1.001'));
    await merge(unit);
    const ofUnits = partials.ofUnits.bind(partials);
    partials.ofUnits = (units) => {
      keeper.forget();
      return ofUnits(units);
    };
    await merge(unit);
    partials.ofUnits = ofUnits;
    said.stocks.set(unit, offering('1.001', '1.002'));

    await merge(unit);

    expect(record(unit)?.counted.distinct['online-services-used']).toEqual({ numerator: 1, denominator: 2 });
  });

  it('gives the same scores for every order and grouping of marks', async () => {
    const written = [['H44.1', 0, 1, 2], ['H44.1', 3, 2, 2], ['H44.2', 1, 0, 4], ['H44.9', 2, 1, 1]] as const;
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    await fc.assert(fc.asyncProperty(order, fc.integer({ min: 1, max: 4 }), async (sequence, size) => {
      const { put, merge, score } = given();
      for (let from = 0; from < sequence.length; from += size) {
        const units: string[] = [];
        for (const index of sequence.slice(from, from + size)) {
          const each = written[index];
          if (each === undefined) continue;
          await put(each[0], each[1], onTime(each[2], each[3]));
          units.push(each[0]);
        }
        await merge(...units);
      }
      expect([score('H44.1'), score('H44.2'), score('H44.UNKNOWN'), score('H44')]).toEqual(['3/4', '0/4', '1/1', '4/9']);
    }), { seed: 766, numRuns: 50 });
  });
});

describe('what consumers are told of scores', () => {
  it('is what was written, once, and nothing where nothing changed', async () => {
    const told: string[] = [];
    const { put, merge } = given({ ...TELLS_NOBODY, tell: (records) => Promise.resolve(void told.push(...records.map(({ unit }) => unit))) });
    await put('H44.1', 0, onTime(1, 2));
    await merge('H44.1');
    await merge('H44.1');

    expect(told).toEqual(['H44', 'H44.1']);
  });

  it('is told when the merge is repeated, if it could not be told after the write', async () => {
    const told: string[] = [];
    let isAway = true;
    const { put, merge, score } = given({
      ...TELLS_NOBODY,
      tell: (records) => {
        if (isAway) return Promise.reject(new Error('BROKER.AWAY'));
        return Promise.resolve(void told.push(...records.map(({ unit }) => unit)));
      },
    });
    await put('H44.1', 0, onTime(1, 2));
    await expect(merge('H44.1')).rejects.toThrow('BROKER.AWAY');
    expect(score('H44')).toBe('1/2');

    isAway = false;
    await merge('H44.1');
    expect(told).toEqual(['H44', 'H44.1']);
  });

  it('of a unit that leaves the tree is that there is nothing any more, once it could be told', async () => {
    const withdrawn: (readonly string[])[] = [];
    let isAway = true;
    const units = [...UNITS];
    const { keeper, put, merge, score, forgetTrees } = given({
      ...TELLS_NOBODY,
      withdraw: (gone) => {
        if (isAway) return Promise.reject(new Error('BROKER.AWAY'));
        withdrawn.push(...gone.map(({ unit, period, root }) => [unit, period, root]));
        return Promise.resolve(true);
      },
    }, units);
    await put('H44.1', 0, onTime(1, 2));
    await merge('H44.1', 'H44.2');
    units.push({ ...version('H44.1', 'COMMUNE', 'H44'), validTo: 1 as LocalDay, successor: 'H44.2' as UnitCode });
    forgetTrees();
    keeper.forget();
    await expect(merge('H44.1')).rejects.toThrow('BROKER.AWAY');

    isAway = false;
    await merge('H44.1');
    keeper.forget();
    await merge('H44.1');
    expect(withdrawn).toEqual([['H44.1', PERIOD, 'H44']]);
    expect([score('H44.1'), score('H44.2'), score('H44')]).toEqual([undefined, '1/2', '1/2']);
  });

  it('is nothing new of a unit that moved to another province: that one tells it', async () => {
    const units = [...UNITS, version('H45', 'PROVINCE', 'VN')];
    const { keeper, put, merge, score, forgetTrees } = given({ ...TELLS_NOBODY, withdraw: () => Promise.reject(new Error('withdrawn')) }, units);
    await put('H44.1', 0, onTime(1, 2));
    await merge('H44.1');
    units.push(version('H44.1', 'COMMUNE', 'H45'));
    forgetTrees();
    keeper.forget();
    await merge('H44.2');
    await keeper.merge('H45' as UnitCode, ['H44.1'] as UnitCode[]);
    expect([score('H44.1'), score('H45')]).toEqual(['1/2', '1/2']);
  });
});
