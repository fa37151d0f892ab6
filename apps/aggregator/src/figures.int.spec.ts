import { unitScoreLatestTopic, type UnitScored } from '@index766/contracts-aggregator';
import { figureReportedV1, procedureTopic, procedureVersionedV1, reportedFigureTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { documentFactContracts, documentTopic } from '@index766/contracts-digitization';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import type { FactContract, TopicContract } from '@index766/contracts-envelope';
import { dossierFeedbackContracts, dossierFeedbackTopic, petitionFactContracts, petitionTopic } from '@index766/contracts-feedback';
import { paymentFactContracts, paymentTopic } from '@index766/contracts-payments';
import { databaseName, readTopic, until } from '@index766/testing-integration';

import type { IndicatorJson, scoreJson } from './scores/http/score-json';
import { publishFact } from './test/publish-fact';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

type ScoreAnswer = ReturnType<typeof scoreJson>;

const ONLINE = '2.000815';
const OFFLINE = '1.001612';
const RECEIVED = '2026-10-05T08:00:00+07:00';
const LATER = '2026-10-20T09:00:00+07:00';
const DUE = '2026-11-10T17:00:00Z';

/** All of them, since figures are awaited: one that is not named may be shown before its last fact came. */
const OF_PROVINCE = {
  '1.1': '1/2', '1.2': '1/1', '1.3': '1/1', '1.4': '4/10',
  '2.1': '4/4', '2.2': '0/0',
  '3.1': '1/2', '3.2': '1/2', '3.3': '2/4',
  '3.6': '1/2', '3.5a': '1/1', '3.5b': '1/1',
  '5.1-TTHC': '1/2', '5.1-STAFF': '1/2', '5.2': '2/2', '5.3': '1/2', '5.4': '3/4',
  '4.1': '2/4', '4.2': '1/4', '4.3': '1/4', '4.4': '1/4', '4.5b': '1/4', '4.5a': '1/1', '4.6': '1/2',
};

let aggregator: RunningAggregator;
beforeAll(async () => {
  aggregator = await runAggregator(databaseName(__filename));
  await given.catalog();
  await given.facts();
});
afterAll(() => aggregator.stop());

describe('the six groups of a commune with three dossiers and two petitions', () => {
  it('come out of the facts of every service and the records of the catalog', async () => {
    const pairs = {
      '1.1': '1/2', '1.2': '1/1', '1.3': '1/1', '1.4': '3/9',
      '2.1': '3/3', '2.2': '0/0',
      '3.1': '1/2', '3.2': '1/1', '3.3': '2/3',
      // One was paid online and refunded: the obligation stays. F is the fee procedure, X is nothing.
      '3.6': '1/2', '3.5a': '1/1', '3.5b': '1/1',
      '5.1-TTHC': '1/2', '5.1-STAFF': '1/2', '5.2': '2/2', '5.3': '1/2', '5.4': '2/3',
      // The offline procedure has no result document; of the two others one has an electronic result.
      '4.1': '2/3', '4.2': '1/3', '4.3': '1/3', '4.4': '1/3', '4.5b': '1/3', '4.5a': '1/1', '4.6': '1/1',
    };
    const score = await scoreOf('H44.1', pairs);

    expect(pairsOf(score)).toEqual(pairs);
    expect(score).toMatchObject({ attainable: 100, applicable: 100, completeness: 1, postalShare: { numerator: 0, denominator: 3 }, knownAt: null });
    expect(indicator(score, '3.6')).toMatchObject({ state: 'scored', points: 3, max: 6 });
  });

  it('are shown by the province, distinct counts united, and by the country', async () => {
    const province = await scoreOf('H44', OF_PROVINCE);
    const country = await scoreOf('VN', OF_PROVINCE);
    expect(pairsOf(country)).toEqual(pairsOf(province));
  });

  it('are the same for a period that is computed when it is asked for', async () => {
    const month = await scoreOf('H44', OF_PROVINCE);
    const days = await scoreOf('H44', { '2.1': '4/4' }, '2026-10-01..2026-10-31');
    // What a unit reported was reported for the month, not for these days.
    expect({ ...pairsOf(days), '1.4': null }).toEqual({ ...pairsOf(month), '1.4': null });
    expect(pairsOf(days)['1.4']).toBe('4/4');
  });

  it('tell a silent commune from one with figures', async () => {
    const silent = await scoreOf('H44.3', { '2.1': '0/0' });
    expect(silent).toMatchObject({ volume: 0, insufficient: expect.arrayContaining(['no-leading-indicator']) as unknown });
    expect(indicator(silent, '2.1')).toMatchObject({ state: 'scored', points: 0, numerator: 0, denominator: 0 });
    expect(indicator(silent, '4.1')).toMatchObject({ state: 'missing', reason: 'empty-denominator', points: null });
    expect(silent.rating).toMatchObject({ state: 'missing' });
  });
});

describe('a province of which nothing is known', () => {
  it('has missing groups beside those that are 0 by their rule, in JSON, CSV and on the topic, and is ranked neither first nor last', async () => {
    const silent = await scoreOf('H45', { '2.1': '0/0', '1.4': '0/0', '1.1': 'null/null' });
    const sumOf = ({ group, state, reason, points }: Readonly<Record<string, unknown>>) => [group, state, reason, points];
    expect(silent.groups.map(sumOf).slice(0, 2)).toEqual([['CKMB', 'missing', 'no-figures', null], ['TDGQ', 'scored', null, 0]]);

    const csv = await (await aggregator.get('/v1/units/H45/scores/2026-10?format=csv')).text();
    const head = 'H45,Tỉnh Lặng,PROVINCE,2026-10,2026-10-31T17:00:00.000Z,qd766-2026';
    expect(csv).toContain(`${head},1.1,missing,not-supplied,,,,6,indicator,CKMB,`);
    expect(csv).toContain(`${head},1.4,missing,empty-denominator,0,0,,6,indicator,CKMB,`);
    expect(csv).toContain(`${head},,missing,no-figures,,,,18,group,CKMB,,0,18,0,,`);
    expect(csv).toContain(`${head},,scored,,,,0,20,group,TDGQ,0.00,20,20,0,,`);

    const { levels } = await json<{ levels: { ranked: object[]; apart: { unit: string; points: string | null }[] }[] }>('/v1/rankings?parent=VN&period=2026-10&group=CKMB');
    expect(levels[0]?.apart).toContainEqual(expect.objectContaining({ unit: 'H45', points: null }));

    const told = await until(async () => {
      const records = (await readTopic(unitScoreLatestTopic.name, { brokers: [...aggregator.brokers] })).filter(({ key }) => key === 'H45@2026-10');
      return JSON.parse(records.at(-1)?.value?.toString('utf8') ?? 'null') as UnitScored | null ?? undefined;
    }, { what: 'the silent province on the topic' });
    expect(told.groups.map(sumOf).slice(0, 2)).toEqual([['CKMB', 'missing', 'no-figures', 0], ['TDGQ', 'scored', null, 0]]);
    expect(told.groups[0]?.indicators[0]).toMatchObject({ indicator: '1.1', state: 'missing', reason: 'not-supplied', points: null });
  });
});

describe('figures as they were known at K', () => {
  it('leave out what became known later, of facts and of the catalog', async () => {
    await scoreOf('H44.1', { '3.6': '1/2', '1.4': '3/9', '4.6': '1/1' });
    const before = await json<ScoreAnswer>('/v1/units/H44.1/scores/2026-10?knownAt=2026-10-19T00:00:00%2B07:00');
    expect(before).toMatchObject({ knownAt: '2026-10-18T17:00:00.000Z', asOf: '2026-10-18T17:00:00.000Z', running: true });
    // The refund and the bad rating came on the 20th, the report in November.
    expect(pairsOf(before)).toMatchObject({ '2.1': '3/3', '3.6': '2/2', '5.4': '3/3', '1.4': '3/3', '4.6': '1/1' });
    expect(pairsOf(await json('/v1/units/H44.1/scores/2026-10?knownAt=2026-01-01T00:00:00Z'))).toMatchObject({ '2.1': '0/0' });
  });

  it('are the figures of now once everything is known', async () => {
    const now = await scoreOf('H44', OF_PROVINCE);
    const known = await json<ScoreAnswer>('/v1/units/H44/scores/2026-10?knownAt=2026-11-20T00:00:00Z');
    expect(pairsOf(known)).toEqual(pairsOf(now));
    const { scores } = await json<{ scores: ScoreAnswer[] }>('/v1/scores?parent=H44&period=2026-10&knownAt=2026-11-20T00:00:00Z');
    expect(scores.map(({ unit }) => unit)).toEqual(['H44', 'H44.1', 'H44.2', 'H44.3']);
  });

  it('are what every route about scores answers from', async () => {
    await scoreOf('H44.1', { '3.6': '1/2', '5.4': '2/3' });
    const asked = (path: string) => json<Readonly<Record<string, unknown>>>(`/v1/${path}period=2026-10&knownAt=2026-10-19T00:00:00%2B07:00`);
    for (const path of ['rankings?parent=H44&', 'units/H44.1/peers?', 'units/H44.1/explanation?', 'units/H44.1/explanation/3.6/items?']) {
      expect(await asked(path)).toMatchObject({ knownAt: '2026-10-18T17:00:00.000Z', asOf: '2026-10-18T17:00:00.000Z', running: true, definition: 'qd766-2026' });
    }
    // The refund and the bad rating came on the 20th.
    expect(await asked('units/H44.1/explanation/3.6/items?')).toMatchObject({ items: 0, count: 0, entries: [] });
    expect(await json('/v1/units/H44.1/explanation/3.6/items?period=2026-10')).toMatchObject({ knownAt: null, items: 1, count: 1, entries: [{ item: 'H44.1-REFUNDED' }] });
    expect(await asked('units/H44.1/explanation/5.4/items?')).toMatchObject({ items: 0, count: 0 });
  });

  it('need an instant with its offset', async () => {
    const response = await aggregator.get('/v1/units/H44/scores/2026-10?knownAt=2026-11-20');
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'REQUEST.INVALID' }]);
  });
});

describe('units beside each other', () => {
  it('are ranked level by level; those with too few dossiers stand apart with the reason', async () => {
    await scoreOf('H44', { '2.1': '4/4' });
    const ranking = await json<{ levels: { level: string; ranked: object[]; apart: { unit: string; reasons: string[] }[] }[] }>('/v1/rankings?parent=H44&period=2026-10&group=TDGQ');
    expect(ranking.levels.map(({ level, ranked, apart }) => [level, ranked.length, apart.map(({ unit }) => unit)])).toEqual([
      ['DEPARTMENT', 0, ['H44.2']], ['COMMUNE', 0, ['H44.1', 'H44.3']],
    ]);
    expect(ranking.levels[1]?.apart[0]?.reasons).toContain('below-minimum-volume');
    const csv = await (await aggregator.get('/v1/rankings?parent=H44&period=2026-10&format=csv')).text();
    expect(csv.split('\r\n')[0]).toBe('level,rank,unit,name,points,change,changeRefused,apart,period,asOf,knownAt,definition,by');
  });

  it('have peers of their level with about as many dossiers', async () => {
    await scoreOf('H44.1', { '2.1': '3/3' });
    expect(await json('/v1/units/H44.1/peers?period=2026-10')).toMatchObject({ unit: 'H44.1', level: 'COMMUNE', volume: 3, peers: [] });
  });

  it.each([
    ['/v1/rankings?parent=H44&period=2026-10&group=NONE', 404, 'GROUP.UNKNOWN'],
    ['/v1/rankings?parent=H44.7&period=2026-10', 404, 'UNIT.UNKNOWN'],
    ['/v1/plan-targets?unit=H44.1&year=2026', 404, 'PLAN.NONE'],
    ['/v1/plan-targets?unit=H44.1&year=26', 400, 'REQUEST.INVALID'],
    ['/v1/rankings?parent=H44&period=2026-10&knownAt=2026-11-20', 400, 'REQUEST.INVALID'],
    ['/v1/units/H44.1/peers?period=2026-10&knownAt=2026-11-20', 400, 'REQUEST.INVALID'],
    ['/v1/plan-targets?unit=H44.1&year=2026&knownAt=2026-11-20', 400, 'REQUEST.INVALID'],
    ['/v1/units/H44.1/explanation?period=2026-10&knownAt=2026-11-20', 400, 'REQUEST.INVALID'],
  ])('refuse %s with %i %s', async (path, status, code) => {
    const response = await aggregator.get(path);
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  });
});

async function json<Answer>(path: string): Promise<Answer> {
  return (await (await aggregator.get(path)).json()) as Answer;
}

/** The score once it shows these numerators and denominators. */
function scoreOf(unit: string, pairs: Readonly<Record<string, string>>, period = '2026-10'): Promise<ScoreAnswer> {
  return until(async () => {
    const score = await json<ScoreAnswer>(`/v1/units/${unit}/scores/${period}`);
    const shown = pairsOf(score);
    const wrong = Object.entries(pairs).filter(([id, pair]) => shown[id] !== pair);
    if (wrong.length === 0) return score;
    throw new Error(wrong.map(([id, pair]) => `${id} is ${shown[id]} and not ${pair}`).join(', '));
  }, { what: `the figures of ${unit} in ${period}` });
}

function pairsOf({ groups }: ScoreAnswer): Readonly<Record<string, string>> {
  return Object.fromEntries(groups.flatMap(({ indicators }) => indicators).map(({ indicator: id, numerator, denominator }) => [id, `${numerator}/${denominator}`]));
}

function indicator({ groups }: ScoreAnswer, id: string): IndicatorJson | undefined {
  return groups.flatMap(({ indicators }) => indicators).find((each) => each.indicator === id);
}

const sequences = new Map<string, number>();

/** Publishes the next fact of a key. */
async function publish(topic: TopicContract, contract: FactContract, key: string, data: object, occurredAt = RECEIVED): Promise<void> {
  const place = `${topic.name} ${key}`;
  const sequence = (sequences.get(place) ?? 0) + 1;
  sequences.set(place, sequence);
  await publishFact(topic, contract, { key, sequence, data, occurredAt }, aggregator.brokers);
}

const given = {
  async catalog(): Promise<void> {
    const units = [
      ['VN', 'Việt Nam', 'COUNTRY', null], ['H44', 'Tỉnh Ví Dụ', 'PROVINCE', 'VN'], ['H44.1', 'Xã Một', 'COMMUNE', 'H44'],
      ['H44.2', 'Sở Hai', 'DEPARTMENT', 'H44'], ['H44.3', 'Xã Ba', 'COMMUNE', 'H44'], ['H45', 'Tỉnh Lặng', 'PROVINCE', 'VN'],
    ] as const;
    const early = '2026-01-01T00:00:00Z';
    for (const [code, name, level, parent] of units) {
      await publish(unitTopic, unitVersionedV1, code, { code, name, level, parent, version: 1, validFrom: '2024-01-01' }, early);
    }
    const procedure = (code: string, unit: string, flags: object) => publish(procedureTopic, procedureVersionedV1, `${code}@${unit}`, {
      code, unit, name: `Thủ tục ${code}`, pauseOnFinancialObligation: false, version: 1, validFrom: '2026-01-01', ...flags,
    }, early);
    const parts = ['name', 'steps', 'manner', 'dossier', 'time-limit', 'applicants', 'agency'];
    await procedure(ONLINE, 'H44', {
      onlineLevel: 'full', parts, announcement: { dueOn: '2026-10-10', on: '2026-10-09' }, publication: { dueOn: '2026-10-15', on: '2026-10-15' },
    });
    await procedure(OFFLINE, 'H44', { onlineLevel: 'none', announcement: { dueOn: '2026-10-10', on: '2026-10-12' } });
    await procedure(ONLINE, 'H44.1', { onlineLevel: 'partial', fee: true, onlinePayment: true, citizen: true, certifiedCopies: true });
    await procedure(OFFLINE, 'H44.1', { resultDocument: false });
    await procedure(OFFLINE, 'H44.2', { onlineLevel: 'partial' });
    const report = { unit: 'H44.1', measure: 'national-report', period: '2026-10', value: 9, reporter: 'desk', source: { document: '1/BC', day: '2026-11-05' }, version: 1 };
    await publish(reportedFigureTopic, figureReportedV1, 'H44.1@national-report@2026-10', report, '2026-11-05T02:00:00Z');
  },
  /** The facts about money, papers and feedback stand in the log before the dossiers that they are about. */
  async facts(): Promise<void> {
    const [paid, refunded, plain, other] = ['H44.1-PAID', 'H44.1-REFUNDED', 'H44.1-PLAIN', 'H44.2-OTHER'];
    for (const dossier of [paid, refunded]) {
      await publish(paymentTopic, paymentFactContracts['fee-assessed'], dossier, { fee: 'LP01', amount: 8_000 });
      const payment = { provider: 'bank-a', reference: dossier, channel: 'national-portal', amount: 8_000 };
      await publish(paymentTopic, paymentFactContracts['payment-succeeded'], dossier, payment);
    }
    await publish(paymentTopic, paymentFactContracts['payment-refunded'], refunded, { provider: 'bank-a', reference: refunded, refund: 'r1' }, LATER);
    const documents: readonly (readonly [keyof typeof documentFactContracts, object])[] = [
      ['component-digitised', { component: 'TP-01' }], ['component-reused', { component: 'TP-01' }],
      ['component-taken-from-personal-store', { component: 'TP-01' }], ['population-data-used', { by: 'verified-account' }],
      ['electronic-result-issued', { result: 'KQ-1' }],
    ];
    for (const [kind, data] of documents) await publish(documentTopic, documentFactContracts[kind], paid, data);
    await publish(dossierFeedbackTopic, dossierFeedbackContracts['dossier-rated'], plain, { rating: '1', verdict: 2 }, LATER);
    const petition = async (id: string, subject: string) => {
      await publish(petitionTopic, petitionFactContracts['petition-received'], id, { unit: 'H44.1', class: subject });
      await publish(petitionTopic, petitionFactContracts['petition-answered'], id, {}, '2026-10-07T08:00:00+07:00');
    };
    await petition('PAKN.1', 'rules');
    await petition('PAKN.2', 'conduct');
    await publish(petitionTopic, petitionFactContracts['answer-rated'], 'PAKN.2', { satisfied: false }, '2026-10-08T08:00:00+07:00');
    const dossier = async (id: string, unit: string, procedure: string, channel: string) => {
      const receipt = { unit, procedure, channel, source: 'specs', pushed: true };
      await publish(dossierTopic, dossierFactContracts['dossier-received'], id, receipt);
      await publish(dossierTopic, dossierFactContracts['due-date-set'], id, { dueAt: DUE, basis: 'stated', cause: 'received', calendarVersion: 'vn@1' });
    };
    await dossier(paid, 'H44.1', ONLINE, 'online');
    await dossier(refunded, 'H44.1', ONLINE, 'online');
    await dossier(plain, 'H44.1', OFFLINE, 'in-person');
    await dossier(other, 'H44.2', OFFLINE, 'in-person');
  },
};
