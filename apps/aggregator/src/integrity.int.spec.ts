import { decisionTopic, integrityChangeReviewedV1 } from '@index766/contracts-aggregator';
import { databaseName, readTopic, until } from '@index766/testing-integration';

import type { integrityJson } from './integrity/http/integrity-json';
import { giveUnits, receivedFacts, tellDossier } from './test/late-dossiers';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

type Integrity = ReturnType<typeof integrityJson>;

const TRICK = 'H44.1-TRICK';
const DUE = '2026-10-08T10:00:00.000Z';
const ENDED = '2026-10-13T02:00:00.000Z';
const MONTH = '2026-10';

/** The known trick: a dossier ends late, and is synchronised again with an end that is its due instant. */
describe('the end of an overdue dossier that is set equal to its due instant', () => {
  let aggregator: RunningAggregator;
  const tokens: Record<string, string> = {};
  let keys = 0;

  const get = async <Answer>(path: string) => await (await aggregator.get(path)).json() as Answer;
  const integrity = (unit = 'H44.1', query = '') => get<Integrity>(`/v1/units/${unit}/integrity/${MONTH}${query}`);
  /** Numerator and denominator of 2.1. */
  async function onTime(query = '', unit = 'H44.1'): Promise<string> {
    const { groups } = await get<{ groups?: readonly { readonly indicators: readonly { readonly indicator: string; readonly numerator: number; readonly denominator: number }[] }[] }>(`/v1/units/${unit}/scores/${MONTH}${query}`);
    const found = groups?.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === '2.1');
    return `${found?.numerator}/${found?.denominator}`;
  }

  const review = (change: number, body: object, role = 'reviewer', dossier = TRICK) => post(`/v1/dossiers/${dossier}/changes/${change}/review`, body, role);
  async function post(path: string, body: object, role = 'reviewer') {
    keys += 1;
    const response = await fetch(`${aggregator.url()}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[role]}`, 'content-type': 'application/json', 'idempotency-key': `key-${keys}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  }
  const accepted = { outcome: 'accepted', reason: 'evidence-shows-it', evidence: ['BB-12/2026'] };

  beforeAll(async () => {
    aggregator = await runAggregator(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
    tokens['reviewer'] = await aggregator.tokenFor(['reviewer'], ['H44.1']);
    tokens['elsewhere'] = await aggregator.tokenFor(['reviewer'], ['H44.2']);
    tokens['operator'] = await aggregator.tokenFor(['operator', 'administrator', 'publisher'], ['*']);
    await giveUnits(aggregator);
    await tellDossier(aggregator, TRICK, [...receivedFacts('2026-10-05T08:00:00+07:00', DUE), ['dossier-finished', ENDED, {}]]);
    await tellDossier(aggregator, 'H44.1-HONEST', [...receivedFacts('2026-10-05T08:00:00+07:00', DUE), ['dossier-finished', '2026-10-07T02:00:00.000Z', {}]]);
    await until(async () => (await onTime()) === '1/2', { what: 'the dossiers to be counted', timeoutMs: 120_000 });

    const correction = { field: 'finished-at', before: ENDED, after: DUE, reasonCode: 'source-changed' };
    await tellDossier(aggregator, TRICK, [['dossier-corrected', ENDED, correction, '2026-10-16T08:00:00+07:00']], 5);
    await until(async () => (await integrity()).flags.length === 1, { what: 'the flag', timeoutMs: 60_000 });
  }, 240_000);
  afterAll(() => aggregator.stop());

  it('is flagged in the unit and all above, and counts for nothing: the dossier stays late', async () => {
    for (const unit of ['H44.1', 'H44']) {
      expect(await integrity(unit)).toMatchObject({
        flags: [{ flag: 'end-moved-earlier', unit: 'H44.1', dossier: TRICK, change: 5, recordedAt: '2026-10-16T01:00:00.000Z', review: null }],
        byUnit: [{ unit: 'H44.1', counts: [{ flag: 'end-moved-earlier', raised: 1, unreviewed: 1 }] }],
      });
    }
    expect(await onTime()).toBe('1/2');
    const csv = await (await aggregator.get(`/v1/units/H44.1/integrity/${MONTH}?format=csv`)).text();
    expect(csv.split('\r\n')[1]).toBe(`end-moved-earlier,H44.1,${TRICK},5,2026-10-16T01:00:00.000Z,,,,,`);
  });

  it('synchronised again and again is one flag, and a repetition of the fact is none', async () => {
    const correction = { field: 'finished-at', before: ENDED, after: DUE, reasonCode: 'source-changed' };
    await tellDossier(aggregator, TRICK, [['dossier-corrected', ENDED, correction, '2026-10-16T08:00:00+07:00']], 5);
    await tellDossier(aggregator, 'H44.1-AFTER', receivedFacts('2026-10-20T08:00:00+07:00', '2026-12-20T10:00:00.000Z'));
    await until(async () => (await onTime()) === '2/3', { what: 'a later fact', timeoutMs: 60_000 });
    expect((await integrity()).flags).toHaveLength(1);
  });

  it.each([
    ['a change that nobody flags', 404, 'INTEGRITY.NO_SUCH_CHANGE', 4, accepted, 'reviewer'],
    ['a unit out of scope', 403, 'AUTH.UNIT_OUT_OF_SCOPE', 5, accepted, 'elsewhere'],
    ['somebody who is no reviewer', 403, 'AUTH.MISSING_ROLE', 5, accepted, 'operator'],
    ['a sentence for a reason', 400, 'REQUEST.INVALID', 5, { ...accepted, reason: 'đã kiểm tra với ông A' }, 'reviewer'],
    ['a number that is none', 400, 'REQUEST.INVALID', 0, accepted, 'reviewer'],
  ])('refuses the review of %s with %i %s', async (_, status, code, change, body, role) => {
    expect(await review(change, body, role)).toMatchObject({ status, body: { code } });
  });

  it('stated by a snapshot that was not followed is flagged, too, and counts when a reviewer accepts it', async () => {
    const dossier = 'H44.2-OUTRANKED';
    const flags = async () => (await integrity('H44.2')).flags.filter((each) => each.dossier === dossier);
    await tellDossier(aggregator, dossier, [
      ...receivedFacts('2026-10-05T08:00:00+07:00', DUE, { unit: 'H44.2' }), ['dossier-finished', ENDED, {}],
      ['statement-not-followed', '2026-10-16T08:00:00+07:00', { field: 'finished-at', stated: DUE, standing: ENDED, source: 'specs', cause: 'outranked' }],
      ['statement-not-followed', '2026-10-16T08:00:00+07:00', { field: 'channel', stated: 'postal', standing: 'online', source: 'ministry', cause: 'other-source' }],
    ]);
    await until(async () => (await flags()).length === 2, { what: 'the flags', timeoutMs: 60_000 });
    expect(await flags()).toMatchObject([{ flag: 'conflicting-sources', change: 6, review: null }, { flag: 'end-moved-earlier', change: 5, review: null }]);

    await until(async () => (await onTime('', 'H44.2')) === '0/1', { what: 'the late dossier to count', timeoutMs: 60_000 });
    expect(await review(5, accepted, 'elsewhere', dossier)).toMatchObject({ status: 200 });
    await until(async () => (await onTime('', 'H44.2')) === '1/1', { what: 'the review to count', timeoutMs: 60_000 });
    expect(await flags()).toMatchObject([{ review: null }, { review: 'accepted' }]);
  });

  it('declined stays as it was', async () => {
    expect(await review(5, { outcome: 'declined', reason: 'evidence-missing', evidence: [] })).toMatchObject({ status: 200, body: { key: TRICK, number: 1, recorded: 1 } });
    await until(async () => (await integrity()).flags[0]?.review === 'declined', { what: 'the review', timeoutMs: 60_000 });
    expect(await onTime()).toBe('2/3');
  });

  it('accepted counts from then on, and not before: the figure at K is what it was', async () => {
    const first = await review(5, accepted);
    expect(first).toMatchObject({ status: 200, body: { number: 2, recorded: 1 } });
    expect(await review(5, accepted)).toMatchObject({ status: 200, body: { number: 2, recorded: 0 } });
    await until(async () => (await onTime()) === '3/3', { what: 'the change to count', timeoutMs: 60_000 });
    expect((await integrity()).flags).toMatchObject([{ flag: 'end-moved-earlier', review: 'accepted' }]);

    const before = new Date(Date.parse(String(first.body['recordedAt'])) - 1).toISOString();
    expect(await onTime(`?knownAt=${before}`)).toBe('2/3');
    expect((await integrity('H44.1', `&knownAt=${before}`.replace('&', '?'))).flags).toMatchObject([{ review: 'declined' }]);
  });

  it('is told on the topic of decisions under the dossier, with codes alone', async () => {
    const records = await readTopic(decisionTopic.name, { brokers: aggregator.brokers, until: (all) => all.filter(({ key }) => key === TRICK).length >= 2, timeoutMs: 60_000 });
    const reviews = records.filter(({ key }) => key === TRICK);
    expect(new Set(reviews.map(({ headers }) => headers['ce_type']))).toEqual(new Set([integrityChangeReviewedV1.type]));
    expect(JSON.parse(reviews.at(-1)?.value?.toString('utf8') ?? '')).toMatchObject({ change: 5, outcome: 'accepted', evidence: ['BB-12/2026'] });
  });

  it('counts after a restart too: the ledger holds the review with the facts', async () => {
    await aggregator.restart();
    expect(await until(async () => (await onTime()) === '3/3', { what: 'the same figure', timeoutMs: 60_000 })).toBe(true);
  });

  describe('and a dossier that was voided and made again', () => {
    const again = 'H44.1-AGAIN';
    const reviews = '/v1/units/H44.1/integrity/2026-W43/reviews';
    const flag = async (query = '') => (await get<Integrity>(`/v1/units/H44/integrity/2026-W43${query}`)).flags.find((each) => each.flag === 're-created');
    const about = { ...accepted, flag: 're-created', dossier: again };

    beforeAll(async () => {
      const due = '2026-12-20T10:00:00.000Z';
      const facts = receivedFacts('2026-10-19T08:00:00+07:00', due);
      await tellDossier(aggregator, 'H44.1-GONE', [...facts, ['dossier-voided', '2026-10-20T08:00:00+07:00', { reason: 're-created' }]]);
      await tellDossier(aggregator, again, facts.map(([kind, occurredAt, data]) => [kind, occurredAt, data, '2026-10-21T08:00:00+07:00']));
      await until(async () => (await flag()) !== undefined && (await onTime()) === '4/4', { what: 'the flag', timeoutMs: 60_000 });
    });

    it('is flagged, and looked at by a reviewer of the unit: no figure is another one, and before that nobody had', async () => {
      expect(await flag()).toMatchObject({ unit: 'H44.1', dossier: again, other: 'H44.1-GONE', change: null, review: null });
      const first = await post(reviews, about);
      expect(first).toMatchObject({ status: 200, body: { key: `integrity-flag@re-created@${again}`, number: 1, recorded: 1 } });
      expect(await post(reviews, about)).toMatchObject({ status: 200, body: { number: 1, recorded: 0 } });
      expect(await flag()).toMatchObject({ review: 'accepted' });
      expect(await onTime()).toBe('4/4');
      const before = new Date(Date.parse(String(first.body['recordedAt'])) - 1).toISOString();
      expect(await flag(`?knownAt=${before}`)).toMatchObject({ review: null });
    });

    it.each([
      ['a flag that the unit does not have', 404, 'INTEGRITY.NO_SUCH_FLAG', reviews, { ...about, flag: 'bulk-corrections', dossier: undefined }, 'reviewer'],
      ['another week', 404, 'INTEGRITY.NO_SUCH_FLAG', '/v1/units/H44.1/integrity/2026-W44/reviews', about, 'reviewer'],
      ['a month', 400, 'REQUEST.INVALID', '/v1/units/H44.1/integrity/2026-10/reviews', about, 'reviewer'],
      ['a flag of a single change', 400, 'REQUEST.INVALID', reviews, { ...about, flag: 'future-end' }, 'reviewer'],
      ['a dossier that is none', 400, 'REQUEST.INVALID', reviews, { ...about, dossier: null }, 'reviewer'],
      ['a unit out of scope', 403, 'AUTH.UNIT_OUT_OF_SCOPE', reviews, about, 'elsewhere'],
    ])('refuses the review of %s with %i %s', async (_, status, code, path, body, role) => {
      expect(await post(path, body, role)).toMatchObject({ status, body: { code } });
    });
  });
});
