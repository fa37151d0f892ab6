import { dossierTopic } from '@index766/contracts-dossiers';
import type { UnitVersion } from '@index766/index-766';
import { localDayOf, parseInstant, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';

import { Reference, type ReferenceRecords } from './reference';
import { PlanQueries, RankingQueries } from './scores';
import { peersJson, planJson, rankingJson, rankingRows } from './scores/http/ranking-json';
import { InMemoryAggregator, periodNamed, type ToldFact } from './test/in-memory-aggregator';

const at = (text: string) => parseInstant(text) as Instant;
const NOW = at('2026-11-24T10:00:00+07:00');
const [OCTOBER, YEAR] = [periodNamed('2026-10'), periodNamed('2026')];
const UNITS = [
  ['VN', 'COUNTRY', null], ['H44', 'PROVINCE', 'VN'], ['H44.1', 'COMMUNE', 'H44'], ['H44.2', 'COMMUNE', 'H44'], ['H44.3', 'COMMUNE', 'H44'],
  ['H44.114', 'COMMUNE', 'H44'],
] as const;
const RECEIVED = at('2026-10-05T08:00:00+07:00');
const K = at('2026-10-21T00:00:00+07:00');
const DUE = at('2026-12-31T17:00:00Z');

/** Received and well within their terms. */
function dossiers(unit: string, count: number, receivedAt = RECEIVED): readonly ToldFact[] {
  const fact = (id: string, sequence: number, kind: string, body: object): ToldFact =>
    ({ id, fact: { topic: dossierTopic.name, sequence, kind, occurredAt: receivedAt, recordedAt: receivedAt, timeBasis: 'stated', body } });
  return Array.from({ length: count }, (_, index) => `${unit}-${index + 1}`).flatMap((id) => [
    fact(id, 1, 'dossier-received', { unit, procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }),
    fact(id, 2, 'due-date-set', { dueAt: DUE, basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }),
  ]);
}

async function given(): Promise<InMemoryAggregator> {
  const aggregator = new InMemoryAggregator(UNITS, NOW, [OCTOBER, YEAR]);
  await aggregator.take(...dossiers('H44.1', 31), ...dossiers('H44.2', 36), ...dossiers('H44.3', 1), ...dossiers('H44.114', 4));
  return aggregator;
}

describe('units under one parent', () => {
  it('share a rank with equal points, and a commune with one dossier is not first', async () => {
    const ranking = await new RankingQueries((await given()).queries).ofChildren('H44' as UnitCode, OCTOBER, 'TDGQ');
    if (!ranking.ok) throw new Error(ranking.error.code);
    const [communes] = ranking.value.levels;
    expect(communes?.level).toBe('COMMUNE');
    expect(communes?.ranking.ranked).toMatchObject([
      { unit: 'H44.1', rank: 1, hundredths: 2_000n, change: { state: 'refused', reason: 'no-score-before' } }, { unit: 'H44.2', rank: 1 },
    ]);
    expect(communes?.ranking.apart.map(({ unit, reasons }) => [unit, reasons])).toEqual([
      ['H44.114', ['below-minimum-volume']], ['H44.3', ['below-minimum-volume']],
    ]);
  });

  it('are compared with what they were below another parent, when they moved', async () => {
    const version = (code: string, level: UnitVersion['level'], parent: string | null, validFrom: LocalDay): UnitVersion =>
      ({ code: code as UnitCode, name: code, level, parent: parent as UnitCode | null, validFrom, validTo: null, successor: null });
    const early = localDayOf(at('2024-01-01T00:00:00+07:00'));
    const units = [
      version('H44', 'PROVINCE', null, early), version('H45', 'PROVINCE', null, early), version('H44.1', 'COMMUNE', 'H44', early),
      version('H44.1', 'COMMUNE', 'H45', localDayOf(at('2026-10-16T00:00:00+07:00'))),
    ];
    const aggregator = new InMemoryAggregator([], NOW, [], { units: () => units });
    await aggregator.take(...dossiers('H44.1', 31, at('2026-09-07T08:00:00+07:00')));
    const ranking = await new RankingQueries(aggregator.queries).ofChildren('H45' as UnitCode, OCTOBER, 'TDGQ');
    if (!ranking.ok) throw new Error(ranking.error.code);
    expect(ranking.value.levels[0]?.ranking.ranked).toMatchObject([{ unit: 'H44.1', rank: 1, change: { state: 'computed', hundredths: 0n } }]);
  });

  it('are ranked and have peers as it was known at K', async () => {
    const aggregator = await given();
    // Known in November: at K H44.2 had 30 dossiers, and H44.3 none of these.
    const late = dossiers('H44.3', 33).slice(2).map((told) => ({ ...told, knownAt: at('2026-11-02T08:00:00+07:00') }));
    await aggregator.take(...late);
    const rankings = new RankingQueries(aggregator.queries);
    const [now, then] = [await rankings.ofChildren('H44' as UnitCode, OCTOBER, 'TDGQ'), await rankings.ofChildren('H44' as UnitCode, OCTOBER, 'TDGQ', K)];
    if (!now.ok || !then.ok) throw new Error('no ranking');
    expect(now.value.levels[0]?.ranking.ranked.map(({ unit }) => unit)).toEqual(['H44.1', 'H44.2', 'H44.3']);
    expect(then.value.levels[0]?.ranking.ranked.map(({ unit }) => unit)).toEqual(['H44.1', 'H44.2']);
    expect([rankingJson(now.value), rankingJson(then.value)]).toMatchObject([
      { asOf: '2026-10-31T17:00:00.000Z', knownAt: null, running: false }, { asOf: '2026-10-20T17:00:00.000Z', knownAt: '2026-10-20T17:00:00.000Z', running: true },
    ]);
    const peersAt = async (knownBy: Instant | null) => {
      const peers = await rankings.peersOf('H44.1' as UnitCode, OCTOBER, knownBy);
      if (!peers.ok) throw new Error(peers.error.code);
      return peersJson(peers.value);
    };
    expect(await peersAt(null)).toMatchObject({ knownAt: null, running: false, peers: [{ unit: 'H44.2' }, { unit: 'H44.3' }] });
    expect(await peersAt(K)).toMatchObject({ knownAt: '2026-10-20T17:00:00.000Z', running: true, peers: [{ unit: 'H44.2' }] });
  });

  it('have no points in a group of which there is no figure', async () => {
    const ranking = await new RankingQueries(new InMemoryAggregator(UNITS, NOW, [OCTOBER]).queries).ofChildren('H44' as UnitCode, OCTOBER, 'CKMB');
    if (!ranking.ok) throw new Error(ranking.error.code);
    expect(rankingRows(ranking.value)).toHaveLength(4);
    for (const row of rankingRows(ranking.value)) expect(row).toMatchObject({ rank: null, points: null, apart: expect.stringContaining('incomplete') as unknown, by: 'CKMB' });
  });

  it('have peers of the same level with a volume within a fifth of theirs', async () => {
    const peers = await new RankingQueries((await given()).queries).peersOf('H44.1' as UnitCode, OCTOBER);
    expect(peers.ok && peers.value.peers.map(({ unit }) => unit.code)).toEqual(['H44.2']);
  });
});

/** What units reported, then as now. */
function reports(reportedFor: Reference['reportedFor']): ConstructorParameters<typeof PlanQueries>[1] {
  return { reportedFor, knownBy: () => new Reference({ reportedFor } as ReferenceRecords) };
}

describe('the plan of a unit', () => {
  it('is measured year to date, reported figures of the year among it', async () => {
    const reported = new Map([['H44.114' as UnitCode, { 'work-files': 10, 'work-files-online': 7 } as const]]);
    const plans = new PlanQueries((await given()).queries, reports((period) => (period === '2026' ? reported : new Map())));
    const plan = await plans.ofUnit('H44.114' as UnitCode, 2026);
    if (!plan.ok) throw new Error(plan.error.code);
    const of = (id: string) => plan.value.targets.find(({ target }) => target.id === id);
    expect(of('II.7')).toMatchObject({ state: 'measured', verdict: 'met', measure: { numerator: 4, denominator: 4 }, stillNeeded: 0 });
    expect(of('II.2')).toMatchObject({ state: 'measured', verdict: 'met', measure: { numerator: 7, denominator: 10 } });
    expect(of('II.9a')).toMatchObject({ state: 'missing', reason: 'not-reported' });
  });

  it('is measured as known at K, of what was reported by then', async () => {
    const reported = new Map([['H44.114' as UnitCode, { 'work-files': 10, 'work-files-online': 7 } as const]]);
    const plans = new PlanQueries((await given()).queries, {
      ...reports((period) => (period === '2026' ? reported : new Map())), knownBy: () => new Reference({ reportedFor: () => new Map() } as unknown as ReferenceRecords),
    });
    const early = at('2026-10-01T00:00:00+07:00');
    const [now, then] = [await plans.ofUnit('H44.114' as UnitCode, 2026), await plans.ofUnit('H44.114' as UnitCode, 2026, early)];
    if (!now.ok || !then.ok) throw new Error('no plan');
    const of = ({ targets }: ReturnType<typeof planJson>, id: string) => targets.find(({ target }) => target === id);
    expect(planJson(then.value)).toMatchObject({ period: '2026', asOf: '2026-09-30T17:00:00.000Z', knownAt: '2026-09-30T17:00:00.000Z', running: true });
    expect([of(planJson(now.value), 'II.2')?.state, of(planJson(then.value), 'II.2')?.state]).toEqual(['measured', 'missing']);
    expect([of(planJson(now.value), 'II.7')?.denominator, of(planJson(then.value), 'II.7')?.denominator]).toEqual([4, 0]);
  });

  it('is refused where none ships', async () => {
    const plans = new PlanQueries((await given()).queries, reports(() => new Map()));
    expect(await plans.ofUnit('H44.1' as UnitCode, 2026)).toMatchObject({ ok: false, error: { code: 'PLAN.NONE' } });
  });
});
