import { unitScoreLatestTopic } from '@index766/contracts-aggregator';
import { decodeRecord } from '@index766/contracts-envelope';
import { NO_MEASURES, getDefinition, rankUnits, scoreOf, type IndexDefinition, type Measures, type UnitNode } from '@index766/index-766';
import { formatInstant, parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { csvText } from '@index766/platform-http';
import { ensureIndexes, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri } from '@index766/testing-integration';
import { THREE_VALUES_ANSWER } from '@index766/testing-unit';

import { MongoScores } from './adapters/mongo-scores';
import { apartReasons } from './apart-reasons';
import { scoreJson } from './http/score-json';
import { SCORE_COLUMNS, scoreRows, type ScoreRow } from './http/score-rows';
import { scoreRecord } from './score-record';
import type { UnitFigures } from './score-queries';
import { latestScoreRecord, unitScored } from './unit-scored';

const OCTOBER = ((): Period => {
  const period = parsePeriod('2026-10');
  if (!period.ok) throw new Error(period.error.detail);
  return period.value;
})();
const WHOLE = getDefinition('qd766-2026');
/** As the index, but that a commune is not asked about online services: in the index everything applies to every level. */
const DEFINITION: IndexDefinition = {
  ...WHOLE, id: 'specs-2026',
  groups: WHOLE.groups.map((group) => (group.id !== 'DVCTT' ? group : {
    ...group, indicators: group.indicators.map((indicator) => ({ ...indicator, levels: ['PROVINCE'] as const })),
  })),
};
const UNIT: UnitNode = { code: 'H44.1' as UnitCode, name: 'Xã Một', level: 'COMMUNE', parent: 'H44' as UnitCode };
/** Nobody announced a procedure, no dossier was received in the period, and of the ten in hand all are late. */
const MEASURES: Measures = { ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'on-time': { numerator: 0, denominator: 10 }, 'dossiers-satisfied': { numerator: 0, denominator: 10 } } };

let database: MongoDatabase;
let figures: UnitFigures;
beforeAll(async () => {
  database = await openMongo({
    uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 30_000, serverSelectionTimeoutMs: 30_000, maxPoolSize: 4, startUpTimeoutMs: 60_000,
  });
  await ensureIndexes(database, []);
  const scores = new MongoScores(database);
  await scores.replaceMany([{ score: scoreRecord({ unit: UNIT.code, period: OCTOBER.name, evaluatedAt: OCTOBER.end }, MEASURES, false), rev: 0 }]);
  const [stored] = await scores.countedOf([UNIT.code], OCTOBER.name);
  if (stored === undefined) throw new Error('nothing was stored');
  figures = {
    unit: UNIT, period: OCTOBER, evaluatedAt: stored.evaluatedAt, knownBy: null, definition: DEFINITION, measures: stored.counted,
    score: scoreOf(DEFINITION, stored.counted, UNIT.level), dailyMinutes: 480,
  };
});
afterAll(() => database.close());

/** [state, reason, points] of indicators, groups and the total, by their names. */
type Told = Readonly<Record<string, readonly [state: unknown, reason: unknown, points: unknown]>>;

const EXPECTED: Told = {
  '1.1': ['missing', 'not-supplied', null], '1.4': ['missing', 'empty-denominator', null], '2.1': ['scored', null, 0], '3.1': ['not-applicable', 'level', null],
  CKMB: ['missing', 'no-figures', null], TDGQ: ['scored', null, 0], DVCTT: ['not-applicable', 'level', null], TOTAL: ['scored', null, 14],
};

interface Answer {
  readonly groups: readonly (Sum & { readonly group: string; readonly indicators: readonly (Sum & { readonly indicator: string })[] })[];
}

interface Sum {
  readonly state?: unknown;
  readonly reason?: unknown;
  readonly points: unknown;
}

function toldBy({ groups }: Answer, total: Sum): Told {
  const of = ({ state, reason, points }: Sum) => [state, reason, points] as const;
  const all = Object.fromEntries([
    ...groups.flatMap((group) => [[group.group, of(group)] as const, ...group.indicators.map((each) => [each.indicator, of(each)] as const)]), ['TOTAL', of(total)] as const,
  ]);
  return Object.fromEntries(Object.keys(EXPECTED).map((name) => [name, all[name] ?? [undefined, undefined, undefined]]));
}

describe('a missing, a 0 and a not applicable figure', () => {
  it('are three in what is stored', () => {
    const { distinct, pairs } = figures.measures;
    // Not known is null, counted is a pair; what does not apply is no matter of the measures.
    expect([distinct['procedures-announced-on-time'], pairs['dossiers-synchronised'], pairs['on-time']]).toEqual([
      null, { numerator: 0, denominator: 0 }, { numerator: 0, denominator: 10 },
    ]);
  });

  it('are three in JSON: null with a reason, and 0', () => {
    const answer = JSON.parse(JSON.stringify(scoreJson(figures))) as Answer & Sum;
    expect(toldBy(answer, answer)).toEqual(EXPECTED);
    // What the operator's table prints (apps/ops, table.unit.spec.ts).
    expect(answer).toEqual(THREE_VALUES_ANSWER);
  });

  it('are three in CSV: an empty cell with a reason, and 0', () => {
    const columns = SCORE_COLUMNS.map((title) => ({ title, value: (row: ScoreRow) => row[title] }));
    const [titles = [], ...rows] = csvText(columns, scoreRows(figures)).trimEnd().split('\r\n').map((line) => line.split(','));
    const cell = (row: readonly string[], title: string) => row[titles.indexOf(title)] ?? '';
    const named = new Map(rows.map((row) => [cell(row, 'indicator') || cell(row, 'group') || 'TOTAL', row]));
    const of = (name: string) => ['state', 'reason', 'points', 'shown'].map((title) => cell(named.get(name) ?? [], title));
    expect(Object.fromEntries(Object.keys(EXPECTED).map((name) => [name, of(name)]))).toEqual({
      '1.1': ['missing', 'not-supplied', '', ''], '1.4': ['missing', 'empty-denominator', '', ''], '2.1': ['scored', '', '0', ''], '3.1': ['not-applicable', 'level', '', ''],
      CKMB: ['missing', 'no-figures', '', ''], TDGQ: ['scored', '', '0', '0.00'], DVCTT: ['not-applicable', 'level', '', ''], TOTAL: ['scored', '', '14', '14.00'],
    });
    expect(cell(named.get('TOTAL') ?? [], 'insufficient')).toBe('incomplete');
  });

  it('are three on the topic, by state and reason', () => {
    const head = {
      unit: UNIT.code, level: 'COMMUNE', parent: UNIT.parent, period: OCTOBER.name, definition: DEFINITION.id, calendar: 'vn@1',
      asOf: formatInstant(OCTOBER.end), knownAt: null, edition: null, state: 'provisional',
    } as const;
    const { topic, ...record } = latestScoreRecord(
      unitScored(head, scoreJson(figures), apartReasons(DEFINITION, UNIT.code, figures.score, OCTOBER), DEFINITION), OCTOBER.end,
    );
    const decoded = decodeRecord(unitScoreLatestTopic, record);
    if (!decoded.ok) throw new Error(decoded.error.detail);
    const { data } = decoded.value;
    expect(topic).toBe(unitScoreLatestTopic.name);
    // Version 1 knows no null in a sum: a 0 whose state is not "scored" is none (ADR 0155).
    expect(toldBy(data, data.total)).toEqual({ ...EXPECTED, CKMB: ['missing', 'no-figures', 0], DVCTT: ['not-applicable', 'level', 0] });
    expect(data.groups.map(({ group, apart }) => [group, apart.length > 0])).toContainEqual(['CKMB', true]);
  });

  it('are three in a ranking: no points, and 0, neither first nor last', () => {
    const apartBy = (group: string) => rankUnits(DEFINITION, [{ unit: UNIT.code, score: figures.score, before: null }], { group }, OCTOBER).apart;
    expect(['CKMB', 'DVCTT', 'TDGQ'].map((group) => apartBy(group).map(({ hundredths }) => hundredths))).toEqual([[null], [null], [0n]]);
  });
});
