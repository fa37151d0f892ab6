import { unitScoreLatestTopic } from '@index766/contracts-aggregator';
import { unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import {
  MILLISECONDS_PER_DAY, addDays, formatInstant, formatLocalDay, instantOf, periodContaining, startOfDay, type Period,
} from '@index766/kernel';
import { databaseName, readTopic, until } from '@index766/testing-integration';

import type { integrityJson } from './integrity/http/integrity-json';
import type { lateOfficersJson } from './lateness/http/lateness-json';
import type { rankingJson } from './scores/http/ranking-json';
import type { scoreJson } from './scores/http/score-json';
import { publishFact } from './test/publish-fact';
import { receivedFacts, tellDossier, type ToldDossierFact } from './test/late-dossiers';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

type Score = ReturnType<typeof scoreJson>;

const HOUR = 3_600_000;
/** Three weeks that follow each other, ended and kept up to date whenever this runs. */
const [BEFORE, ACROSS, AFTER] = [21, 14, 7].map((days) => periodContaining('week', instantOf(Date.now() - days * MILLISECONDS_PER_DAY))) as [Period, Period, Period];
/** The Thursday from which on two communes are one, and another one is of the neighbouring province. */
const CHANGE = addDays(ACROSS.firstDay, 3);
const at = ({ firstDay }: Period, day: number, hour: number): string => formatInstant(instantOf(startOfDay(addDays(firstDay, day)) + hour * HOUR));
const daysOf = ({ firstDay, lastDay }: Period): string => `${formatLocalDay(firstDay)}..${formatLocalDay(lastDay)}`;
/** Recorded two days before it takes effect. */
const RECORDED = at(ACROSS, 1, 8);
const FAR = formatInstant(instantOf(Date.now() + 90 * MILLISECONDS_PER_DAY));

const [AN, BINH, CHI] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];

describe('two communes that become one, and a commune that moves to another province', () => {
  let aggregator: RunningAggregator;

  const json = async <Answer>(path: string): Promise<Answer> => await (await aggregator.get(path)).json() as Answer;
  /** Numerator and denominator of 2.1; the status where there is none. */
  async function onTime(unit: string, period: string, knownAt?: string): Promise<string> {
    const response = await aggregator.get(`/v1/units/${unit}/scores/${period}${knownAt === undefined ? '' : `?knownAt=${encodeURIComponent(knownAt)}`}`);
    if (response.status !== 200) return String(response.status);
    const { groups } = await response.json() as Score;
    const found = groups.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === '2.1');
    return `${found?.numerator}/${found?.denominator}`;
  }
  const untilOnTime = (expected: readonly (readonly [string, Period, string])[]) => until(async () => {
    const found = await Promise.all(expected.map(async ([unit, { name }]) => [unit, name, await onTime(unit, name)].join(' ')));
    const wanted = expected.map(([unit, { name }, pair]) => [unit, name, pair].join(' '));
    if (found.join() !== wanted.join()) throw new Error(`${found.join()} in the place of ${wanted.join()}`);
    return true;
  }, { what: 'the figures', timeoutMs: 110_000, everyMs: 300 });
  const unitsBelow = async (parent: string, { name }: Period, knownAt?: string) => {
    const { scores } = await json<{ readonly scores: readonly Score[] }>(`/v1/scores?parent=${parent}&period=${name}${knownAt === undefined ? '' : `&knownAt=${encodeURIComponent(knownAt)}`}`);
    return scores.map(({ unit }) => unit);
  };
  const lateOfficers = async (unit: string, { name }: Pick<Period, 'name'>) => {
    const { officers } = await json<ReturnType<typeof lateOfficersJson>>(`/v1/units/${unit}/late-officers/${name}`);
    return officers.map(({ officer, dossiers }) => [officer, dossiers.map(({ dossier }) => dossier)]);
  };
  const costsOf = async (unit: string, { name }: Period) => {
    const { entries } = await json<{ readonly entries: readonly { readonly item: string }[] }>(`/v1/units/${unit}/explanation/2.1/items?period=${name}`);
    return entries.map(({ item }) => item);
  };

  beforeAll(async () => {
    aggregator = await runAggregator(databaseName(__filename));
    await given.units();
    await given.dossiers();
    await untilOnTime([
      ['H44.1', ACROSS, '0/1'], ['H44.2', ACROSS, '1/1'], ['H44', ACROSS, '1/3'], ['H44', BEFORE, '3/4'],
      // Of a unit that nobody has heard of yet there is one dossier.
      ['H44.UNKNOWN', AFTER, '1/1'], ['H44', AFTER, '2/4'], ['H45', AFTER, '0/0'],
    ]);
    await given.change();
    await untilOnTime([['H44', ACROSS, '1/2'], ['H45', ACROSS, '0/1'], ['H44', AFTER, '2/3'], ['H45', AFTER, '0/1'], ['H44.UNKNOWN', AFTER, '0/0']]);
  }, 300_000);
  afterAll(() => aggregator.stop());

  it.each([
    ['that ended before it, as it was', () => BEFORE, { 'H44.1': '0/1', 'H44.2': '1/1', 'H44.4': '2/2', 'H44.3': '404', H44: '3/4', H45: '0/0', VN: '3/4' }],
    ['in which it lies, by its last day', () => ACROSS, { 'H44.1': '404', 'H44.2': '404', 'H44.3': '1/2', 'H44.4': '0/1', H44: '1/2', H45: '0/1', VN: '1/3' }],
    ['after it, with the dossiers that were taken over', () => AFTER, { 'H44.1': '404', 'H44.2': '404', 'H44.3': '2/3', 'H44.4': '0/1', 'H44.UNKNOWN': '0/0', H44: '2/3', H45: '0/1', VN: '2/4' }],
  ])('count in the week %s, kept up to date and computed alike', async (_, periodOf, expected) => {
    const period = periodOf();
    const days = daysOf(period);
    const answers = async (name: string) => Object.fromEntries(await Promise.all(Object.keys(expected).map(async (unit) => [unit, await onTime(unit, name)] as const)));
    expect(await answers(period.name)).toEqual(expected);
    expect(await answers(days)).toEqual(expected);
  });

  it('stand below the province that has them on the last day', async () => {
    expect([await unitsBelow('H44', BEFORE), await unitsBelow('H45', BEFORE)]).toEqual([['H44', 'H44.1', 'H44.2', 'H44.4'], ['H45']]);
    for (const period of [ACROSS, AFTER]) {
      expect([await unitsBelow('H44', period), await unitsBelow('H45', period)]).toEqual([['H44', 'H44.3'], ['H45', 'H44.4']]);
      const { levels } = await json<ReturnType<typeof rankingJson>>(`/v1/rankings?parent=H45&period=${period.name}`);
      expect(levels.flatMap(({ apart }) => apart.map(({ unit }) => unit))).toEqual(['H44.4']);
    }
  });

  it('leave nothing of a closed one in the index as it stands, and the moved one below its new province', async () => {
    const last = async (unit: string, { name }: Period) => {
      const value = (await readTopic(unitScoreLatestTopic.name, { brokers: [...aggregator.brokers] })).findLast(({ key }) => key === `${unit}@${name}`)?.value;
      return value === null ? 'gone' : value === undefined ? 'never told' : (JSON.parse(value.toString('utf8')) as { readonly parent: string }).parent;
    };
    const stands = [['H44.1', BEFORE, 'H44'], ['H44.1', ACROSS, 'gone'], ['H44.2', AFTER, 'gone'], ['H44.3', ACROSS, 'H44'], ['H44.4', BEFORE, 'H44'], ['H44.4', ACROSS, 'H45']] as const;
    expect(await until(async () => {
      const found = await Promise.all(stands.map(([unit, period]) => last(unit, period)));
      const wanted = stands.map(([, , parent]) => parent);
      if (found.join() !== wanted.join()) throw new Error(`${found.join()} in the place of ${wanted.join()}`);
      return true;
    }, { what: 'the index as it stands', timeoutMs: 110_000, everyMs: 1_000 })).toBe(true);
  }, 120_000);

  it('are units of their own where it was not yet known', async () => {
    const [earlier, later] = [at(ACROSS, 1, 7), at(ACROSS, 3, 0)];
    expect(await unitsBelow('H44', ACROSS, earlier)).toEqual(['H44', 'H44.1', 'H44.2', 'H44.4']);
    expect([await onTime('H44', ACROSS.name, earlier), await onTime('H44.3', ACROSS.name, earlier)]).toEqual(['3/3', '404']);
    expect(await unitsBelow('H44', ACROSS, later)).toEqual(['H44', 'H44.3']);
    // What was due on Tuesday is late by then, and what has moved is not yet.
    expect([await onTime('H44.3', ACROSS.name, later), await onTime('H45', ACROSS.name, later)]).toEqual(['1/2', '1/1']);
  });

  it('have their late officers in the list of whoever answers for them in the period', async () => {
    expect([await lateOfficers('H44.1', BEFORE), await lateOfficers('H44', BEFORE)]).toEqual([[[AN, ['H44.1-ENDED']]], [[AN, ['H44.1-ENDED']]]]);
    expect([await lateOfficers('H44.3', AFTER), await lateOfficers('H44', AFTER)]).toEqual([[[AN, ['H44.1-OVERDUE']]], [[AN, ['H44.1-OVERDUE']]]]);
    expect(await lateOfficers('H45', AFTER)).toEqual([[CHI, ['H44.4-LATE']]]);
    // Any run of days has its list.
    expect(await lateOfficers('H44', { name: daysOf(AFTER) })).toEqual([[AN, ['H44.1-OVERDUE']]]);
    expect((await aggregator.get(`/v1/units/H44.1/late-officers/${AFTER.name}`)).status).toBe(404);
  });

  it('are explained where they count', async () => {
    expect([await costsOf('H44.1', BEFORE), await costsOf('H44.3', AFTER), await costsOf('H45', AFTER)])
      .toEqual([['H44.1-ENDED'], ['H44.1-OVERDUE'], ['H44.4-LATE']]);
  });

  it('have what integrity rules flag at the unit that took them over', async () => {
    const { byUnit, flags } = await json<ReturnType<typeof integrityJson>>(`/v1/units/H44.3/integrity/${AFTER.name}`);
    expect(flags).toMatchObject([{ flag: 'due-moved-after-passing', unit: 'H44.3', dossier: 'H44.1-OVERDUE' }]);
    expect(byUnit.map(({ unit }) => unit)).toEqual(['H44.3']);
  });

  it('take what comes late where it belongs: the province that had them then, the one that has them since', async () => {
    await tellDossier(aggregator, 'H44.4-FORGOTTEN', receivedFacts(at(BEFORE, 1, 8), FAR, { unit: 'H44.4' }));
    expect(await untilOnTime([
      ['H44.4', BEFORE, '3/3'], ['H44', BEFORE, '4/5'], ['H45', BEFORE, '0/0'],
      ['H44.4', AFTER, '1/2'], ['H45', AFTER, '1/2'], ['H44', AFTER, '2/3'],
    ])).toBe(true);
  }, 120_000);

  it('answer the same after a restart', async () => {
    await aggregator.restart();
    expect(await untilOnTime([['H44', BEFORE, '4/5'], ['H44', AFTER, '2/3'], ['H45', AFTER, '1/2'], ['H44.3', AFTER, '2/3']])).toBe(true);
  }, 120_000);

  const given = {
    async unit(code: string, version: number, content: object, recordedAt: string): Promise<void> {
      const data = { code, name: code, level: 'COMMUNE', parent: 'H44', version, validFrom: '2024-01-01', ...content };
      await publishFact(unitTopic, unitVersionedV1, { key: code, sequence: version, data, occurredAt: recordedAt }, aggregator.brokers);
    },
    async units(): Promise<void> {
      const early = '2026-01-01T00:00:00Z';
      await this.unit('VN', 1, { level: 'COUNTRY', parent: null }, early);
      for (const code of ['H44', 'H45']) await this.unit(code, 1, { level: 'PROVINCE', parent: 'VN' }, early);
      for (const code of ['H44.1', 'H44.2', 'H44.4']) await this.unit(code, 1, {}, early);
    },
    async change(): Promise<void> {
      const [lastDay, firstDay] = [formatLocalDay(addDays(CHANGE, -1)), formatLocalDay(CHANGE)];
      await this.unit('H44.3', 1, { validFrom: firstDay }, RECORDED);
      for (const code of ['H44.1', 'H44.2']) await this.unit(code, 2, { validTo: lastDay, successor: 'H44.3' }, RECORDED);
      await this.unit('H44.4', 2, { parent: 'H45', validFrom: firstDay }, RECORDED);
    },
    async dossiers(): Promise<void> {
      const finished = (period: Period, day: number): ToldDossierFact => ['dossier-finished', at(period, day, 9), {}];
      // Moved in time by what is said, and recorded when it had passed: flagged, and counts for nothing.
      const moved: ToldDossierFact = [
        'due-date-set', at(ACROSS, 1, 9), { dueAt: FAR, basis: 'stated', cause: 'corrected', calendarVersion: 'vn@1' }, at(AFTER, 2, 8),
      ];
      await tellDossier(aggregator, 'H44.1-ENDED', [...receivedFacts(at(BEFORE, 0, 8), at(BEFORE, 2, 17), { officer: AN }), finished(BEFORE, 4)]);
      await tellDossier(aggregator, 'H44.1-OVERDUE', [...receivedFacts(at(ACROSS, 0, 8), at(ACROSS, 1, 17), { officer: AN }), moved]);
      await tellDossier(aggregator, 'H44.2-OPEN', [...receivedFacts(at(BEFORE, 1, 8), at(AFTER, 4, 17), { unit: 'H44.2', officer: BINH }), finished(AFTER, 1)]);
      await tellDossier(aggregator, 'H44.3-NEW', receivedFacts(at(AFTER, 0, 8), FAR, { unit: 'H44.3' }));
      await tellDossier(aggregator, 'H44.4-ENDED', [...receivedFacts(at(BEFORE, 0, 8), at(BEFORE, 4, 17), { unit: 'H44.4', officer: CHI }), finished(BEFORE, 3)]);
      await tellDossier(aggregator, 'H44.4-LATE', [...receivedFacts(at(BEFORE, 2, 8), at(ACROSS, 4, 17), { unit: 'H44.4', officer: CHI }), finished(AFTER, 1)]);
    },
  };
});
