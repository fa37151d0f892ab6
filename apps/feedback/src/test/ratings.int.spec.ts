import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import type { Role } from '@index766/platform-auth';
import { databaseName } from '@index766/testing-integration';
import { RunningFeedback } from './running-feedback';

let feedback: RunningFeedback;
let desk: string;
beforeAll(async () => {
  feedback = await RunningFeedback.start(databaseName(__filename));
  desk = await feedback.tokenFor(['desk'], ['H44.114']);
}, 120_000);
afterAll(() => feedback.stop());

let count = 0;
const newDossier = () => `H44.114-20261005-${String((count += 1)).padStart(4, '0')}`;

interface Issued {
  readonly number: string;
  readonly token: string;
}
const issue = (dossier: string, headers: Readonly<Record<string, string>> = {}) =>
  feedback.done<Issued>(`/v1/dossiers/${dossier}/issue-rating-token`, { token: desk, headers });
const outcome = async (response: Response) => {
  const answer = (await response.json()) as { readonly outcome?: string; readonly code?: string };
  return answer.outcome ?? answer.code;
};
const rate = async (token: string, verdict: unknown) => outcome(await feedback.post('/v1/ratings', { body: { token, verdict } }));
const withdraw = async (token: string) => outcome(await feedback.post('/v1/ratings/withdraw', { body: { token } }));
const shown = (dossier: string) => feedback.shown<{ isDissatisfied: boolean; ratings: readonly unknown[] }>(`/v1/dossiers/${dossier}/feedback`, desk);

describe('a citizen with a token', () => {
  it('rates a dossier that nobody knows yet, once, and may change it', async () => {
    const dossier = newDossier();
    const { token } = await issue(dossier);
    expect([await rate(token, 2), await rate(token, 2), (await shown(dossier)).isDissatisfied]).toEqual(['taken', 'repeated', true]);
    expect([await rate(token, 'like'), (await shown(dossier)).isDissatisfied]).toEqual(['taken', false]);
    expect(await feedback.untilKinds(dossierFeedbackTopic.name, dossier, 2)).toEqual(['dossier-rated', 'dossier-rated']);
  });

  it('takes the rating back for good', async () => {
    const dossier = newDossier();
    const { token } = await issue(dossier);
    expect([await withdraw(token), await rate(token, 1), await withdraw(token), await rate(token, 5)]).toEqual([
      'RATING.NOT_GIVEN', 'taken', 'taken', 'RATING.WITHDRAWN',
    ]);
    expect(await shown(dossier)).toMatchObject({ isDissatisfied: false, ratings: [{ verdict: 1, dissatisfied: true }] });
    const second = await issue(dossier);
    expect([second.number, await rate(second.token, 4)]).toEqual(['2', 'taken']);
  });

  it('needs the token that was issued last, and one that was issued', async () => {
    const dossier = newDossier();
    const lost = await issue(dossier);
    const { token } = await issue(dossier);
    expect([await rate(lost.token, 1), await rate('d0000000000000000000000', 1), await rate(token, 3)]).toEqual([
      'RATING.TOKEN_REPLACED', 'RATING.TOKEN_UNKNOWN', 'taken',
    ]);
  });

  it.each([['no token', { verdict: 1 }], ['no verdict', { token: 'd0000000000000000000000' }], ['zero', { token: 'd0000000000000000000000', verdict: 0 }], ['a text', { token: 'd0000000000000000000000', verdict: 1, text: 'x' }]])(
    'is refused as a request: %s', async (_case, body) => expect((await feedback.post('/v1/ratings', { body })).status).toBe(400),
  );
});

describe('a token', () => {
  it('is answered again under its key, is not the same for another dossier, and stands nowhere in the database', async () => {
    const dossier = newDossier();
    const key = { 'Idempotency-Key': `token-of-${dossier}` };
    const first = await issue(dossier, key);
    expect(await issue(dossier, key)).toEqual(first);
    expect((await issue(newDossier())).token).not.toBe(first.token);
    const stored = await feedback.documents.db.collection('dossier_feedback').find({}).toArray();
    expect(JSON.stringify(stored)).not.toContain(first.token);
  });

  it('is not issued once the dossier was rated, nor for a unit that is not covered', async () => {
    const dossier = newDossier();
    await rate((await issue(dossier)).token, 5);
    const ask = async (token?: string) => outcome(await feedback.command(`/v1/dossiers/${dossier}/issue-rating-token`, token === undefined ? {} : { token }));
    const others = async (roles: readonly Role[], units: readonly string[]) => ask(await feedback.tokenFor(roles, units));
    expect([await ask(desk), await ask(), await others(['source'], ['H44']), await others(['desk'], ['H45'])]).toEqual([
      'RATING.ALREADY_GIVEN', 'AUTH.MISSING_TOKEN', 'AUTH.MISSING_ROLE', 'AUTH.UNIT_OUT_OF_SCOPE',
    ]);
  });
});

describe('a kiosk', () => {
  it('reports ratings at their own instants, and changes them in time alone', async () => {
    const dossier = newDossier();
    const source = await feedback.tokenFor(['source']);
    const report = async (verdict: unknown, day: number) => (await feedback.command(`/v1/dossiers/${dossier}/record-rating`, {
      token: source, body: { verdict, occurredAt: `2026-10-${String(day).padStart(2, '0')}T10:00:00+07:00` },
    })).json();
    expect(await report('dislike', 5)).toMatchObject({ facts: [{ kind: 'dossier-rated', occurredAt: '2026-10-05T03:00:00.000Z' }] });
    expect([await report(3, 12), await report(1, 13)]).toMatchObject([{ facts: [{ kind: 'dossier-rated' }] }, { code: 'RATING.CHANGE_TOO_LATE' }]);
    expect((await shown(dossier)).isDissatisfied).toBe(false);
  });
});

describe('a reviewer', () => {
  it('takes a rating out at any time, with a reason that is kept', async () => {
    const dossier = newDossier();
    await rate((await issue(dossier)).token, 1);
    const path = `/v1/dossiers/${dossier}/withdraw-rating`;
    const body = { reasonCode: 'GIVEN-BY-MISTAKE' };
    expect((await feedback.command(path, { token: desk, body })).status).toBe(403);
    await feedback.done(path, { token: await feedback.tokenFor(['reviewer']), body });
    expect(await shown(dossier)).toMatchObject({ isDissatisfied: false, withdrawals: [{ reasonCode: 'GIVEN-BY-MISTAKE', by: 'one-of-H44' }] });
    expect(await feedback.untilKinds(dossierFeedbackTopic.name, dossier, 2)).toEqual(['dossier-rated', 'rating-withdrawn']);
  });
});

describe('a petitioner with a token', () => {
  it('rates the answer, once it was given', async () => {
    const at = '/v1/petitions/PAKN.1';
    await feedback.done(`${at}/receive`, { token: desk, body: { unit: 'H44.114', class: 'rules' } });
    expect(await outcome(await feedback.command(`${at}/issue-answer-token`, { token: desk }))).toBe('PETITION.NOT_ANSWERED');
    await feedback.done(`${at}/answer`, { token: desk });
    const { token } = await feedback.done<Issued>(`${at}/issue-answer-token`, { token: desk });
    const say = async (satisfied: boolean) => outcome(await feedback.post('/v1/answer-ratings', { body: { token, satisfied } }));
    expect([await say(false), await say(false), await say(true)]).toEqual(['taken', 'repeated', 'taken']);
    expect((await feedback.untilKinds(petitionTopic.name, 'PAKN.1', 4)).slice(2)).toEqual(['answer-rated', 'answer-rated']);
  });
});

describe('the survey of a year', () => {
  const questions = [{ code: 'C1', vi: 'Hướng dẫn', en: 'Guidance' }, { code: 'C2', vi: 'Thái độ', en: 'Attitude' }];
  const counted = (counts: readonly number[]) => ({ source: 'BC-17', answers: [{ question: 'C1', counts }] });

  it('gives a unit the share of satisfied answers, beside that of the year before', async () => {
    const token = await feedback.tokenFor(['administrator']);
    const put = async (at: string, body: unknown) => {
      const response = await feedback.put(`/v1/surveys/${at}`, { token, body });
      return [response.status, await response.json()];
    };
    expect(await put('2026/units/H44.114', counted([0, 0, 0, 0, 1]))).toMatchObject([404, { code: 'SURVEY.UNKNOWN' }]);
    for (const year of [2025, 2026]) expect(await put(String(year), { questions })).toEqual([200, { year, questions }]);
    expect(await put('2025/units/H44.114', counted([1, 0, 0, 1, 0]))).toMatchObject([200, { index: { index: '50.00' }, before: null }]);
    expect(await put('2026/units/H44.114', counted([1, 0, 0, 1, 1]))).toMatchObject([200, {
      index: { numerator: 2, denominator: 3, index: '66.67' }, before: { index: '50.00' },
    }]);
    expect(await put('2026/units/H44.114', { ...counted([1]) })).toMatchObject([400, { code: 'REQUEST.INVALID' }]);
    expect(await put('2026/units/H44.114', { source: 'BC-17', answers: [{ question: 'C9', counts: [1, 1, 1, 1, 1] }] })).toMatchObject([422, { code: 'SURVEY.QUESTION_UNKNOWN' }]);
    expect(await put('2026', { questions: questions.slice(1) })).toMatchObject([409, { code: 'SURVEY.QUESTION_IN_USE' }]);
    expect(await put('2026/units/H45.1', counted([0, 0, 0, 0, 1]))).toMatchObject([403, { code: 'AUTH.UNIT_OUT_OF_SCOPE' }]);
    expect(await feedback.shown('/v1/surveys/2026/units/H44.114', desk)).toMatchObject({ source: 'BC-17', answers: [{ question: 'C1', counts: [1, 0, 0, 1, 1] }] });
  });
});

it('one address sends few words a minute', async () => {
  const strict = await RunningFeedback.start(`${databaseName(__filename)}-strict`, { RATING_REQUESTS_PER_MINUTE: '3' });
  try {
    const say = async () => outcome(await strict.post('/v1/ratings', { body: { token: 'd0000000000000000000000', verdict: 1 } }));
    expect([await say(), await say(), await say(), await say()]).toEqual([
      'RATING.TOKEN_UNKNOWN', 'RATING.TOKEN_UNKNOWN', 'RATING.TOKEN_UNKNOWN', 'RATE_LIMIT.EXCEEDED',
    ]);
    expect((await strict.get('/health/live')).status).toBe(200);
  } finally {
    await strict.stop();
  }
}, 120_000);
