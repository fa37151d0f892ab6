import { decisionTopic, latenessObjectedV1, objectionDecidedV1 } from '@index766/contracts-aggregator';
import { WATERMARK_KEY } from '@index766/contracts-envelope';
import { databaseName, readTopic, until } from '@index766/testing-integration';

import type { lateOfficersJson } from './lateness/http/lateness-json';
import { giveOfficer, giveUnits, receivedFacts, tellDossier } from './test/late-dossiers';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

type List = ReturnType<typeof lateOfficersJson>;

const OFFICER = '0123456789abcdef0123456789abcdef';
const OTHER = 'fedcba9876543210fedcba9876543210';
const NAME = 'Cán bộ Ví Dụ';
const WEEK = '2026-W42';
const LATE = ['H44.1-A', 'H44.1-B'];

describe('objections to the list of late officers', () => {
  let aggregator: RunningAggregator;
  const tokens: Record<string, string> = {};
  let keys = 0;

  const list = async (unit = 'H44.1', period = WEEK, query = '') => await (await aggregator.get(`/v1/units/${unit}/late-officers/${period}${query}`)).json() as List;
  const listed = ({ officers }: Pick<List, 'officers'>) => officers.map(({ officer, dossiers }) => [officer, dossiers.map(({ dossier }) => dossier).sort()]);

  async function post(path: string, token: string | undefined, body: object, key = `key-${keys += 1}`) {
    const response = await fetch(`${aggregator.url()}/v1/units/${path}`, {
      method: 'POST',
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  }
  const objections = `H44.1/late-officers/${WEEK}/objections`;
  const objection = { officer: OFFICER, reason: 'absence', evidence: ['QD-118/2026'] };

  beforeAll(async () => {
    aggregator = await runAggregator(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
    for (const role of ['desk', 'reviewer', 'officer-list'] as const) tokens[role] = await aggregator.tokenFor([role], ['H44']);
    await giveUnits(aggregator);
    await giveOfficer(aggregator, OFFICER, NAME);
    for (const dossier of LATE) {
      const facts = receivedFacts('2026-10-05T08:00:00+07:00', '2026-10-08T17:00:00+07:00', { officer: OFFICER, department: 'TP-HT' });
      await tellDossier(aggregator, dossier, [...facts, ['dossier-finished', '2026-10-13T09:00:00+07:00', {}]]);
    }
    await tellDossier(aggregator, 'H44.1-C', receivedFacts('2026-10-05T08:00:00+07:00', '2026-10-08T17:00:00+07:00', { officer: OTHER, department: 'TP-HT' }));
    await until(async () => listed(await list()).flat(2).length === 5, { what: 'two officers with three dossiers to be listed', timeoutMs: 60_000 });
  }, 180_000);
  afterAll(() => aggregator.stop());

  it('are recorded with reason and evidence, wait, and change nothing yet', async () => {
    const recorded = await post(objections, tokens['desk'], objection, 'object');
    expect(recorded).toMatchObject({ status: 200, body: { key: `objection@${OFFICER}`, number: 1, recorded: 1 } });
    expect(await post(objections, tokens['desk'], objection, 'object')).toEqual(recorded);
    expect(await post(objections, tokens['desk'], objection)).toMatchObject({ status: 409, body: { code: 'OBJECTION.WAITING' } });

    const after = await list();
    expect(listed(after)).toEqual([[OFFICER, LATE], [OTHER, ['H44.1-C']]]);
    expect(after.objections).toMatchObject([{ number: 1, officer: OFFICER, dossiers: LATE, evidence: ['QD-118/2026'], decision: null }]);
  });

  it('that are lifted clear the officer in the list of the unit and all above, and never the figure of the unit', async () => {
    const before = await (await aggregator.get(`/v1/units/H44.1/scores/${WEEK}`)).json() as object;
    const decided = await post(`${objections}/${OFFICER}/1/decision`, tokens['reviewer'], { outcome: 'lifted', reason: 'evidence-shows-it' });
    expect(decided).toMatchObject({ status: 200, body: { number: 2, recorded: 1 } });

    for (const [unit, period] of [['H44.1', WEEK], ['H44', WEEK], ['H44.1', '2026-10']] as const) {
      const after = await list(unit, period);
      expect(listed(after)).toEqual([[OTHER, ['H44.1-C']]]);
      expect(after.unassigned).toMatchObject([{ why: 'objection-lifted', dossiers: [{ dossier: 'H44.1-A' }, { dossier: 'H44.1-B' }] }]);
      expect(after.objections).toMatchObject([{ decision: { outcome: 'lifted' } }]);
    }
    expect(await (await aggregator.get(`/v1/units/H44.1/scores/${WEEK}`)).json()).toEqual(before);
  });

  it('are as they were known at K: the list before the decision can be computed again', async () => {
    const decidedAt = (await list()).objections[0]?.decision?.recordedAt ?? '';
    const justBefore = new Date(Date.parse(decidedAt) - 1).toISOString();
    expect(listed(await list('H44.1', WEEK, `?knownAt=${justBefore}`))).toEqual([[OFFICER, LATE], [OTHER, ['H44.1-C']]]);
    expect(listed(await list('H44.1', WEEK, `?knownAt=${decidedAt}`))).toEqual([[OTHER, ['H44.1-C']]]);
  });

  it('leave on the topic as facts with pseudonyms, and never a name', async () => {
    const isFact = ({ key }: { readonly key: string | null }) => key !== WATERMARK_KEY;
    const records = (await readTopic(decisionTopic.name, { brokers: aggregator.brokers, until: (all) => all.filter(isFact).length >= 2, timeoutMs: 30_000 })).filter(isFact);
    const bySequence = new Map(records.map((record) => [record.headers['ce_sequence'], record]));
    expect([...bySequence.values()].map(({ key, headers }) => [key, headers['ce_type']]))
      .toEqual([[`objection@${OFFICER}`, latenessObjectedV1.type], [`objection@${OFFICER}`, objectionDecidedV1.type]]);
    expect(records.every(({ value }) => value?.toString('utf8').includes(NAME) === false)).toBe(true);
  });

  it('outlive a restart, as the decisions on them do', async () => {
    await aggregator.restart();
    await until(async () => listed(await list()).length === 1, { what: 'the list after the restart', timeoutMs: 60_000 });
    expect((await list()).objections).toMatchObject([{ number: 1, decision: { outcome: 'lifted' } }]);
  });

  it.each([
    ['somebody without a token', 401, 'AUTH.MISSING_TOKEN', undefined, objections, objection],
    ['who may only read names', 403, 'AUTH.MISSING_ROLE', 'officer-list', objections, objection],
    ['the desk, for the decision', 403, 'AUTH.MISSING_ROLE', 'desk', `${objections}/${OFFICER}/1/decision`, { outcome: 'lifted', reason: 'not-relevant' }],
    ['an officer who is not listed', 404, 'OBJECTION.NOT_LISTED', 'desk', objections, objection],
    ['a foreign dossier', 422, 'OBJECTION.DOSSIER_NOT_LISTED', 'desk', objections, { ...objection, officer: OTHER, dossiers: ['H44.1-A'] }],
    ['a sentence for a reason', 400, 'REQUEST.INVALID', 'desk', objections, { ...objection, reason: 'ông A nghỉ ốm' }],
    ['a sentence for evidence', 400, 'REQUEST.INVALID', 'desk', objections, { ...objection, evidence: ['giấy nghỉ của ông A'] }],
    ['a name for an officer', 400, 'REQUEST.INVALID', 'desk', objections, { ...objection, officer: NAME }],
    ['an objection that there is none of', 404, 'OBJECTION.NOT_FOUND', 'reviewer', `${objections}/${OFFICER}/9/decision`, { outcome: 'upheld', reason: 'not-relevant' }],
    ['another decision', 409, 'OBJECTION.DECIDED', 'reviewer', `${objections}/${OFFICER}/1/decision`, { outcome: 'upheld', reason: 'not-relevant' }],
    ['a unit out of scope', 403, 'AUTH.UNIT_OUT_OF_SCOPE', 'desk', `H45/late-officers/${WEEK}/objections`, objection],
  ])('refuse %s with %i %s', async (_, status, code, role, path, body) => {
    expect(await post(path, role === undefined ? undefined : tokens[role], body)).toMatchObject({ status, body: { code } });
  });

  it('take nothing from the lateness of division and unit', async () => {
    const of = async (path: string) => await (await aggregator.get(`/v1/units/H44/${path}/${WEEK}?minimum=2`)).json() as Record<string, unknown>;
    expect(await of('late-departments')).toMatchObject({ departments: [{ unit: 'H44.1', department: 'TP-HT', rank: 1, late: 3, handled: 3 }] });
    expect(await of('late-units')).toMatchObject({ units: [{ unit: 'H44.1', rank: 1, late: 3, handled: 3, lateShare: 1 }] });
    const csv = await (await aggregator.get(`/v1/units/H44/late-units/${WEEK}?minimum=2&format=csv`)).text();
    expect(csv.split('\r\n').slice(0, 2)).toEqual(['unit,rank,late,handled,lateShare,lateWorkingMinutes', expect.stringMatching(/^H44.1,1,3,3,1,\d+$/)]);
  });

  it('need no name to be read, and names stay with who may see them', async () => {
    const nameOf = async (token?: string) => {
      const { officers } = await (await aggregator.get('/v1/units/H44.1/late-officers/2026-10-05..2026-10-09', token)).json() as List;
      return officers.find(({ officer }) => officer === OTHER)?.name ?? null;
    };
    await giveOfficer(aggregator, OTHER, 'Người Khác');
    await until(async () => (await nameOf(tokens['officer-list'])) === 'Người Khác', { what: 'the name to arrive' });
    expect(await nameOf()).toBeNull();
    expect(await nameOf(tokens['reviewer'])).toBeNull();
  });
});
