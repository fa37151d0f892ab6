import { officerDescribedV1, officerTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import { encodeRecord, envelopeOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { parseInstant, type Instant } from '@index766/kernel';
import { databaseName, readTopic, sendRecords, until } from '@index766/testing-integration';

import type { dossierPageJson, lateOfficersJson } from './lateness/http/lateness-json';
import type { IndicatorJson, processingTimesJson, scoreJson } from './scores/http/score-json';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

type ScoreAnswer = ReturnType<typeof scoreJson> & { processingTimeByProcedure: ReturnType<typeof processingTimesJson> };
type LateOfficersAnswer = ReturnType<typeof lateOfficersJson>;
type DossierPageAnswer = ReturnType<typeof dossierPageJson>;

const OFFICER = '0123456789abcdef0123456789abcdef';
const at = (text: string) => parseInstant(text) as Instant;

let aggregator: RunningAggregator;
beforeAll(async () => {
  aggregator = await runAggregator(databaseName(__filename));
  await given.reference();
  await given.dossiers();
  // Facts come one after another, and 2.1 may be the same long before the last one.
  await until(async () => {
    const { counts } = await json<ScoreAnswer>('/v1/units/VN/scores/2026-10');
    return counts.received === 4 && counts['ended-on-time'] === 1 && counts['ended-late'] === 1 && counts['open-within-term'] === 2;
  }, { what: 'everything in the index' });
});
afterAll(() => aggregator.stop());

describe('the index of a unit over HTTP', () => {
  it('counts the dossiers of 2.1 and what became of them, with numerator, denominator and points', async () => {
    const score = await scoreOf('H44.1', '2026-10', '2/3');

    expect(score).toMatchObject({
      unit: 'H44.1', level: 'COMMUNE', parent: 'H44', period: '2026-10', running: false, asOf: '2026-10-31T17:00:00.000Z',
      definition: 'qd766-2026', volume: 3, counts: { received: 3, 'ended-on-time': 1, 'ended-late': 1, 'open-within-term': 1 },
    });
    expect(indicator(score, '2.1')).toEqual({
      indicator: '2.1', state: 'scored', reason: null, numerator: 2, denominator: 3, points: 13.333333, max: 20,
    });
    // 08:00 Monday to 09:00 Tuesday, and to 17:00 Thursday: 8.5 and 29.5 office hours of 7.5 a day.
    expect(score.processingTime).toEqual({ dossiers: 2, workingSeconds: 136_800, meanDays: 2.53 });
    expect(score.processingTimeByProcedure).toEqual([{ procedure: '2.000815', dossiers: 2, workingSeconds: 136_800, meanDays: 2.53 }]);
    expect(indicator(score, '3.6')).toMatchObject({ state: 'scored', numerator: 0, denominator: 0, points: 0 });
    expect(indicator(score, '1.1')).toMatchObject({ state: 'missing', reason: 'not-supplied', points: null });
  });

  it('rolls units up to province and country, a dossier of an unknown unit among them', async () => {
    expect(indicator(await scoreOf('H44', '2026-10', '3/4'), '2.1')?.points).toBe(15);
    expect(indicator(await scoreOf('VN', '2026-10', '3/4'), '2.1')?.points).toBe(15);
  });

  it('shows the reserved unit of a province, which stands in no list', async () => {
    expect(await scoreOf('H44.UNKNOWN', '2026-10', '1/1')).toMatchObject({ level: 'UNKNOWN', parent: 'H44' });
    expect((await aggregator.get('/v1/units/H45.UNKNOWN/scores/2026-10')).status).toBe(404);
  });

  it('computes a period that is not kept up to date by the same rules', async () => {
    const days = await scoreOf('H44.1', '2026-10-01..2026-10-31', '2/3');
    expect(indicator(days, '2.1')).toEqual(indicator(await scoreOf('H44.1', '2026-10', '2/3'), '2.1'));
    await scoreOf('VN', '2026-10-01..2026-10-31', '3/4');
  });

  it('keeps the identity of what came, went and stayed for each day', async () => {
    await scoreOf('H44.1', '2026-10', '2/3');
    for (const day of ['2026-10-05', '2026-10-06', '2026-10-07', '2026-10-30']) {
      const { counts } = await json<ScoreAnswer>(`/v1/units/H44.1/scores/${day}..${day}`);
      expect(counts['in-hand-at-start'] + counts.received + counts['transferred-in'])
        .toBe(counts.ended + counts['transferred-out'] + counts['in-hand-at-end']);
    }
  });

  it('lists a unit and its children, as JSON and as CSV', async () => {
    await scoreOf('H44', '2026-10', '3/4');
    const { scores } = await json<{ scores: ScoreAnswer[] }>('/v1/scores?parent=H44&period=2026-10');
    expect(scores.map(({ unit }) => unit)).toEqual(['H44', 'H44.1', 'H44.2']);

    const csv = await aggregator.get('/v1/scores?parent=H44&period=2026-10&format=csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const lines = (await csv.text()).split('\r\n');
    expect(lines).toContain('H44.1,Xã Một,COMMUNE,2026-10,2026-10-31T17:00:00.000Z,qd766-2026,2.1,scored,,2,3,13.333333,20,indicator,TDGQ,,,,,,');
    expect(lines).toContain('H44.1,Xã Một,COMMUNE,2026-10,2026-10-31T17:00:00.000Z,qd766-2026,1.1,missing,not-supplied,,,,6,indicator,CKMB,,,,,,');
    expect(lines).toContain('H44.1,Xã Một,COMMUNE,2026-10,2026-10-31T17:00:00.000Z,qd766-2026,,scored,,,,13.333333,20,group,TDGQ,13.33,20,20,1,,');
  });

  it.each([
    ['/v1/units/H44.7/scores/2026-10', 404, 'UNIT.UNKNOWN'],
    ['/v1/units/H44.1/scores/2026-13', 400, 'PERIOD.UNKNOWN'],
    ['/v1/units/H44.1/scores/2019-10', 404, 'DEFINITION.NONE'],
    ['/v1/units/H44.1/scores/2026-10?format=xml', 400, 'REQUEST.INVALID'],
    ['/v1/scores?period=2026-10', 400, 'REQUEST.INVALID'],
    ['/v1/scores?parent=H44.7&period=2026-10', 404, 'UNIT.UNKNOWN'],
    ['/v1/units/H44.7/late-officers/2026-10', 404, 'UNIT.UNKNOWN'],
    ['/v1/units/H44.1/late-officers/2026-10?threshold=0', 400, 'REQUEST.INVALID'],
    ['/v1/units/H44.1/dossiers/2026-10?outcome=gone', 400, 'REQUEST.INVALID'],
    ['/v1/units/H44.1/dossiers/2026-10?limit=1001', 400, 'REQUEST.INVALID'],
    ['/v1/units/H44.1/dossiers/2026-10?after=a%20%3F', 400, 'REQUEST.INVALID'],
    ['/v1/nothing', 404, 'ROUTE.NOT_FOUND'],
  ])('refuses %s with %i %s', async (path, status, code) => {
    const response = await aggregator.get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status, code });
  });
});

describe('late officers over HTTP', () => {
  const list = (token?: string) => aggregator.get('/v1/units/H44.1/late-officers/2026-10', token);

  it('are pseudonyms to the public', async () => {
    await scoreOf('H44.1', '2026-10', '2/3');
    const { officers } = (await (await list()).json()) as LateOfficersAnswer;

    expect(officers).toHaveLength(1);
    expect(officers[0]).toMatchObject({ rank: 1, officer: OFFICER, name: null, endedLate: 1, overdueOpen: 0, handled: 1 });
    expect(officers[0]?.dossiers).toMatchObject([{ dossier: 'H44.1-LATE', state: 'ended-late', daysLate: 2 }]);
  });

  it('have names for the role officer-list with the unit in scope, and for nobody else', async () => {
    const nameFor = async (roles: Parameters<RunningAggregator['tokenFor']>[0], units: readonly string[]) => {
      const response = await list(await aggregator.tokenFor(roles, units));
      const { officers } = (await response.json()) as LateOfficersAnswer;
      return officers[0]?.name ?? null;
    };
    await until(async () => (await nameFor(['officer-list'], ['H44'])) === 'Cán bộ Ví Dụ', { what: 'the name to arrive' });

    expect(await nameFor(['officer-list'], ['H44.1'])).toBe('Cán bộ Ví Dụ');
    expect(await nameFor(['officer-list'], ['H44.2'])).toBeNull();
    expect(await nameFor(['desk'], ['*'])).toBeNull();
  });

  it('refuse a token that is none instead of treating its bearer as the public', async () => {
    const response = await list('no-token');
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'AUTH.INVALID_TOKEN' }]);
  });

  it('come as CSV too', async () => {
    await scoreOf('H44.1', '2026-10', '2/3');
    const csv = await (await aggregator.get('/v1/units/H44.1/late-officers/2026-10?format=csv')).text();
    expect(csv.split('\r\n')[1]).toMatch(new RegExp(`^1,${OFFICER},,,,,1,0,1,1,.*,H44.1-LATE,2.000815,H44.1,ended-late,.*,2,false$`));
  });
});

describe('the dossiers behind a figure', () => {
  it.each([['all', 3], ['on-time', 2], ['late', 1], ['undetermined', 0]])('of the outcome %s are %i, as many as the figure says', async (outcome, count) => {
    await scoreOf('H44.1', '2026-10', '2/3');
    const page = await json<DossierPageAnswer>(`/v1/units/H44.1/dossiers/2026-10?outcome=${outcome}`);
    expect([page.count, page.dossiers.length, page.next]).toEqual([count, count, null]);
  });

  it('stand as they stood at the evaluation instant', async () => {
    await scoreOf('H44.1', '2026-10', '2/3');
    const { dossiers } = await json<DossierPageAnswer>('/v1/units/H44.1/dossiers/2026-10-05..2026-10-05');
    expect(dossiers.map(({ dossier, state, endedAt }) => [dossier, state, endedAt])).toEqual([
      ['H44.1-LATE', 'open', null], ['H44.1-ONTIME', 'open', null], ['H44.1-OPEN', 'open', null],
    ]);
  });

  it('come in pages, in the order of their codes', async () => {
    await scoreOf('H44.1', '2026-10', '2/3');
    const first = await json<DossierPageAnswer>('/v1/units/H44.1/dossiers/2026-10?limit=2');
    const second = await json<DossierPageAnswer>(`/v1/units/H44.1/dossiers/2026-10?limit=2&after=${first.next}`);
    const codes = [...first.dossiers, ...second.dossiers].map(({ dossier }) => dossier);
    expect(codes).toEqual(['H44.1-LATE', 'H44.1-ONTIME', 'H44.1-OPEN']);
    expect(second.next).toBeNull();
  });
});

describe('the aggregator', () => {
  it('answers the same bytes after a restart', async () => {
    await scoreOf('H44', '2026-10', '3/4');
    const read = async () => (await aggregator.get('/v1/units/H44/scores/2026-10')).text();
    const before = await read();

    await aggregator.restart();

    expect(await until(async () => (await read()) === before, { what: 'the same bytes' })).toBe(true);
  });

  it('changes nothing for a repeated fact, and sets a conflicting one aside', async () => {
    await scoreOf('H44.1', '2026-10', '2/3');
    await publish(dossierTopic, dossierFactContracts['dossier-finished'], 'H44.1-ONTIME', 3, {}, '2026-10-06T09:00:00+07:00');
    await publish(dossierTopic, dossierFactContracts['dossier-finished'], 'H44.1-ONTIME', 3, {}, '2026-10-29T09:00:00+07:00');

    const letters = await readTopic(`${dossierTopic.name}.aggregator.ledger.dlt`, { count: 1, brokers: aggregator.brokers });

    expect(letters[0]?.key).toBe('H44.1-ONTIME');
    await scoreOf('H44.1', '2026-10', '2/3');
  });

  it('is live and ready, and serves metrics and its API document', async () => {
    await until(async () => (await aggregator.get('/health/ready')).status === 200, { what: 'readiness' });
    expect((await aggregator.get('/health/live')).status).toBe(200);
    expect(await (await aggregator.get('/metrics')).text()).toContain('kafka_');
    const api = (await (await aggregator.get('/openapi.json')).json()) as { paths: object };
    expect(Object.keys(api.paths)).toEqual(expect.arrayContaining(['/v1/scores', '/v1/units/{unit}/late-officers/{period}']));
  });
});

async function json<Answer>(path: string): Promise<Answer> {
  return (await (await aggregator.get(path)).json()) as Answer;
}

/** The score once 2.1 shows `onTime` (numerator/denominator). */
function scoreOf(unit: string, period: string, onTime: string): Promise<ScoreAnswer> {
  return until(async () => {
    const score = await json<ScoreAnswer>(`/v1/units/${unit}/scores/${period}`);
    const shown = `${indicator(score, '2.1')?.numerator}/${indicator(score, '2.1')?.denominator}`;
    return shown === onTime ? score : Promise.reject(new Error(`2.1 of ${unit} is ${shown}`));
  }, { what: `2.1 of ${unit} in ${period}` });
}

function indicator(score: ScoreAnswer, id: string): IndicatorJson | undefined {
  return score.groups.flatMap(({ indicators }) => indicators).find((each) => each.indicator === id);
}

async function publish(topic: TopicContract, contract: FactContract, key: string, sequence: number, data: object, occurredAt: string): Promise<void> {
  const instant = at(occurredAt);
  const envelope = envelopeOf(topic, { type: contract.type, occurredAt: instant, recordedAt: instant, subject: key, sequence });
  await sendRecords(topic.name, [encodeRecord(envelope, data, contract)], aggregator.brokers);
}

const given = {
  async reference(): Promise<void> {
    const units = [['VN', 'Việt Nam', 'COUNTRY', null], ['H44', 'Tỉnh Ví Dụ', 'PROVINCE', 'VN'], ['H44.1', 'Xã Một', 'COMMUNE', 'H44'], ['H44.2', 'Xã Hai', 'COMMUNE', 'H44']] as const;
    for (const [code, name, level, parent] of units) {
      await publish(unitTopic, unitVersionedV1, code, 1, { code, name, level, parent, version: 1, validFrom: '2024-01-01' }, '2026-01-01T00:00:00Z');
    }
    const officer = { pseudonym: OFFICER, name: 'Cán bộ Ví Dụ', unit: 'H44.1', aliases: [], ambiguous: false, absences: [] };
    await publish(officerTopic, officerDescribedV1, OFFICER, 1, officer, '2026-01-01T00:00:00Z');
  },
  /** H44.1: one on time, one two working days late, one open within term; one of a unit that the catalog does not know. */
  async dossiers(): Promise<void> {
    await this.dossier('H44.1-ONTIME', 'H44.1', '2026-10-09T17:00:00Z', '2026-10-06T09:00:00+07:00');
    await this.dossier('H44.1-LATE', 'H44.1', '2026-10-06T17:00:00Z', '2026-10-08T17:00:00+07:00');
    await this.dossier('H44.1-OPEN', 'H44.1', '2026-11-10T17:00:00Z', undefined);
    await this.dossier('H44.9-STRAY', 'H44.9', '2026-11-10T17:00:00Z', undefined);
  },
  async dossier(id: string, unit: string, dueAt: string, finishedAt: string | undefined): Promise<void> {
    const received = '2026-10-05T08:00:00+07:00';
    const contracts = dossierFactContracts;
    const receipt = { unit, procedure: '2.000815', channel: 'online', source: 'specs', pushed: true };
    await publish(dossierTopic, contracts['dossier-received'], id, 1, receipt, received);
    await publish(dossierTopic, contracts['due-date-set'], id, 2, { dueAt, basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }, received);
    if (finishedAt !== undefined) await publish(dossierTopic, contracts['dossier-finished'], id, 3, {}, finishedAt);
    await publish(dossierTopic, contracts['step-assigned'], id, finishedAt === undefined ? 3 : 4, { step: 's1', ...(id.endsWith('LATE') ? { officer: OFFICER } : {}) }, received);
  },
};
