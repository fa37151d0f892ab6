import { dossierTopic } from '@index766/contracts-dossiers';
import type { Role } from '@index766/platform-auth';
import { databaseName } from '@index766/testing-integration';
import type { CommandName } from '../domain/dossier-command';
import { RunningDossiers } from './running-dossiers';
import { typeOf, waitForRecords } from './topic-reader';

interface Given {
  readonly command: CommandName;
  readonly body?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly dossier: string;
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly occurredAt: string; readonly recordedAt: string }[];
}

let dossiers: RunningDossiers;
let desk: string;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename));
  desk = await dossiers.tokenFor(['desk'], ['H44.114'], 'desk-of-H44.114');
}, 120_000);
afterAll(() => dossiers.stop());

let count = 0;
const newDossier = () => `H44.114-20261005-${String((count += 1)).padStart(4, '0')}`;
const newKey = () => `key-${(count += 1)}`;

const give = (dossier: string, { command, body = {} }: Given, token: string = desk, headers: Readonly<Record<string, string>> = {}) =>
  dossiers.post(`/v1/dossiers/${dossier}/${command}`, { token, body, headers: { 'Idempotency-Key': newKey(), ...headers } });

const given = async (dossier: string, ...commands: readonly Given[]) => {
  for (const command of commands) {
    const response = await give(dossier, command);
    if (response.status !== 200) throw new Error(`${command.command}: ${await response.text()}`);
  }
};

const factsOf = async (dossier: string) => ((await (await dossiers.get(`/v1/dossiers/${dossier}`)).json()) as { readonly facts: unknown[] }).facts;

const october = (day: number, time = '08:30') => `2026-10-${String(day).padStart(2, '0')}T${time}:00+07:00`;
const origin = { unit: 'H44.114', procedure: '2.000815', channel: 'in-person' };
const register: Given = { command: 'register', body: { ...origin, occurredAt: october(5, '08:00') } };
const receive: Given = { command: 'receive', body: { ...origin, occurredAt: october(5), dueAt: '2026-10-12' } };
const finish: Given = { command: 'finish', body: { occurredAt: october(9) } };
const assign: Given = { command: 'assign-step', body: { step: 'S1', occurredAt: october(6) } };
const ask: Given = { command: 'request-supplement', body: { supplement: 'BS-1', occurredAt: october(6) } };
const askFee: Given = { command: 'request-financial-obligation', body: { occurredAt: october(6) } };

interface CommandCase {
  readonly given: readonly Given[];
  readonly when: Given;
  /** Facts that it leads to. */
  readonly then: readonly string[];
  /** What happened before it is refused, and the command that is, if it is another than above. */
  readonly refusedAfter: readonly Given[];
  readonly refused?: Given;
  readonly code: string;
}

const CASES: Readonly<Record<CommandName, CommandCase>> = {
  register: { given: [], when: register, then: ['dossier-registered'], refusedAfter: [receive], refused: { command: 'register', body: { ...origin, occurredAt: october(20) } }, code: 'DOSSIER.ALREADY_RECEIVED' },
  receive: { given: [register], when: receive, then: ['dossier-received', 'due-date-set'], refusedAfter: [{ command: 'register', body: { ...origin, occurredAt: october(5, '08:00') } }, { command: 'refuse', body: { occurredAt: october(5, '08:10') } }], code: 'DOSSIER.REFUSED' },
  refuse: { given: [register], when: { command: 'refuse', body: { occurredAt: october(6), reasonCode: 'NOT-COMPETENT' } }, then: ['dossier-refused'], refusedAfter: [receive], code: 'DOSSIER.ALREADY_RECEIVED' },
  'assign-step': { given: [receive], when: { command: 'assign-step', body: { occurredAt: october(6), officer: { name: 'Trần Thị Ví Dụ' }, department: 'Một cửa', deadline: october(8) } }, then: ['step-assigned'], refusedAfter: [receive, { command: 'return-result', body: { occurredAt: october(5, '09:00'), channel: 'postal' } }], code: 'DOSSIER.RESULT_RETURNED' },
  'complete-step': { given: [receive, assign], when: { command: 'complete-step', body: { step: 'S1', occurredAt: october(7) } }, then: ['step-completed'], refusedAfter: [receive], code: 'DOSSIER.STEP_UNKNOWN' },
  'request-supplement': { given: [receive], when: ask, then: ['supplement-requested'], refusedAfter: [register], code: 'DOSSIER.NOT_RECEIVED' },
  'complete-supplement': { given: [receive, ask], when: { command: 'complete-supplement', body: { supplement: 'BS-1', occurredAt: october(8), newDueAt: '2026-10-15' } }, then: ['supplement-completed', 'due-date-set'], refusedAfter: [receive], code: 'DOSSIER.NO_SUPPLEMENT_OPEN' },
  'extend-due-date': { given: [receive], when: { command: 'extend-due-date', body: { newDueAt: '2026-10-20', reasonCode: 'COMPLEX', apologyIssued: true, occurredAt: october(9) } }, then: ['due-date-extended'], refusedAfter: [register], code: 'DOSSIER.NOT_RECEIVED' },
  transfer: { given: [receive], when: { command: 'transfer', body: { unit: 'H44.115', occurredAt: october(6) } }, then: ['dossier-transferred'], refusedAfter: [receive], refused: { command: 'transfer', body: { unit: 'H44.114', occurredAt: october(6) } }, code: 'DOSSIER.ALREADY_WITH_UNIT' },
  withdraw: { given: [register], when: { command: 'withdraw', body: { occurredAt: october(9) } }, then: ['dossier-withdrawn'], refusedAfter: [receive, finish], code: 'DOSSIER.FINISHED' },
  stop: { given: [receive], when: { command: 'stop', body: { occurredAt: october(9), reasonCode: 'NO-PAPERS' } }, then: ['dossier-stopped'], refusedAfter: [receive, finish], code: 'DOSSIER.FINISHED' },
  finish: { given: [receive], when: finish, then: ['dossier-finished'], refusedAfter: [register], code: 'DOSSIER.NOT_RECEIVED' },
  'return-result': { given: [receive, finish], when: { command: 'return-result', body: { channel: 'online', occurredAt: october(10) } }, then: ['result-returned'], refusedAfter: [register], code: 'DOSSIER.NOT_RECEIVED' },
  reopen: { given: [receive, finish], when: { command: 'reopen', body: { occurredAt: october(12), reasonCode: 'APPEAL' } }, then: ['dossier-reopened'], refusedAfter: [receive], code: 'DOSSIER.NOT_ENDED' },
  'request-financial-obligation': { given: [receive], when: askFee, then: ['financial-obligation-requested'], refusedAfter: [register], code: 'DOSSIER.NOT_RECEIVED' },
  'fulfil-financial-obligation': { given: [receive, askFee], when: { command: 'fulfil-financial-obligation', body: { occurredAt: october(7) } }, then: ['financial-obligation-fulfilled'], refusedAfter: [receive], code: 'DOSSIER.NO_OBLIGATION_OPEN' },
  correct: { given: [receive, finish], when: { command: 'correct', body: { field: 'finished-at', after: october(9, '09:00'), reasonCode: 'TYPING-ERROR' } }, then: ['dossier-corrected'], refusedAfter: [receive], code: 'DOSSIER.NOTHING_TO_CORRECT' },
  void: { given: [receive], when: { command: 'void', body: { reason: 'deleted' } }, then: ['dossier-voided'], refusedAfter: [receive, { command: 'void', body: { reason: 're-created' } }], code: 'DOSSIER.VOIDED' },
};

describe.each(Object.entries(CASES) as [CommandName, CommandCase][])('the command %s', (_name, { given: before, when, then, refusedAfter, refused = when, code }) => {
  it('leads to its facts, and to the same answer when it is repeated under its key', async () => {
    const dossier = newDossier();
    await given(dossier, ...before);
    const key = { 'Idempotency-Key': newKey() };
    const response = await give(dossier, when, desk, key);
    const answer = (await response.json()) as Answer;

    expect([response.status, answer.facts.map(({ kind }) => kind)]).toEqual([200, expect.arrayContaining([...then])]);
    expect(await (await give(dossier, when, desk, key)).json()).toEqual(answer);
    const last = answer.facts.at(-1)?.sequence ?? 0;
    const records = await waitForRecords(dossiers, dossierTopic.name, dossier, last);
    expect(records.slice(-answer.facts.length).map(typeOf)).toEqual(answer.facts.map(({ kind }) => kind));
  });

  it('says nothing new under another key', async () => {
    const dossier = newDossier();
    await given(dossier, ...before, when);
    const told = await factsOf(dossier);
    const response = await give(dossier, when, await dossiers.tokenFor(['desk'], ['H44']));
    expect([200, 409]).toContain(response.status);
    expect(await factsOf(dossier)).toEqual(told);
  });

  it('is refused without a token, with another role, and for a unit that the token does not cover', async () => {
    const dossier = newDossier();
    await given(dossier, ...before);
    const withToken = async (roles: readonly Role[], units: readonly string[]) => give(dossier, when, await dossiers.tokenFor(roles, units));
    const problems = [
      await dossiers.post(`/v1/dossiers/${dossier}/${when.command}`, { body: when.body ?? {}, headers: { 'Idempotency-Key': newKey() } }),
      await withToken(['source', 'operator'], ['H44']), await withToken(['desk'], ['H44.115']),
    ];
    expect(problems.map(({ status }) => status)).toEqual([401, 403, 403]);
    expect(await Promise.all(problems.map((problem) => problem.json()))).toMatchObject([
      { code: 'AUTH.MISSING_TOKEN' }, { code: 'AUTH.MISSING_ROLE' }, { code: 'AUTH.UNIT_OUT_OF_SCOPE' },
    ]);
  });

  it('needs an Idempotency-Key, and another body needs another one', async () => {
    const dossier = newDossier();
    await given(dossier, ...before);
    const missing = await dossiers.post(`/v1/dossiers/${dossier}/${when.command}`, { token: desk, body: when.body ?? {} });
    expect([missing.status, await missing.json()]).toMatchObject([400, { code: 'REQUEST.MISSING_IDEMPOTENCY_KEY' }]);

    const key = { 'Idempotency-Key': newKey() };
    await give(dossier, when, desk, key);
    const reused = await give(dossier, { ...when, body: { ...when.body, occurredAt: october(11, '10:00') } }, desk, key);
    expect([reused.status, await reused.json()]).toMatchObject([422, { code: 'IDEMPOTENCY.KEY_REUSED' }]);
  });

  it('is refused with a code and the reason where the state does not allow it', async () => {
    const dossier = newDossier();
    await given(dossier, ...refusedAfter);
    const response = await give(dossier, refused);
    const problem = (await response.json()) as { readonly code: string; readonly detail: string };

    expect(response.status).toBe(409);
    expect(problem.code).toBe(code);
    expect(problem.detail).toMatch(/is refused: .+ Status of the dossier at that instant/);
  });
});

describe('a command', () => {
  it('states when it was recorded with the role replay alone, and never in the future', async () => {
    const at = { 'X-Recorded-At': '2026-10-05T02:00:00.000Z' };
    const replay = await dossiers.tokenFor(['replay'], ['H44']);
    const dossier = newDossier();
    const answer = (await (await give(dossier, receive, replay, at)).json()) as Answer;
    expect(answer.facts.map(({ recordedAt }) => recordedAt)).toEqual(['2026-10-05T02:00:00.000Z', '2026-10-05T02:00:00.000Z']);

    const problems = [
      await give(newDossier(), receive, desk, at),
      await give(newDossier(), receive, replay, { 'X-Recorded-At': '2099-01-01T00:00:00.000Z' }),
      await give(newDossier(), receive, replay, { 'X-Recorded-At': 'yesterday' }),
    ];
    expect(await Promise.all(problems.map(async (problem) => [problem.status, await problem.json()]))).toMatchObject([
      [403, { code: 'RECORDED_AT.NOT_ALLOWED' }], [422, { code: 'RECORDED_AT.IN_FUTURE' }], [400, { code: 'REQUEST.INVALID' }],
    ]);
  });

  it.each<[string, Given, string]>([
    ['an instant without an offset', { command: 'finish', body: { occurredAt: '2026-10-09T10:00:00' } }, 'occurredAt'],
    ['a unit in lower case', { command: 'register', body: { ...origin, unit: 'h44.114' } }, 'unit'],
    ['an unknown channel', { command: 'return-result', body: { channel: 'pigeon' } }, 'channel'],
    ['a sentence for a reason', { command: 'stop', body: { reasonCode: 'because the citizen' } }, 'reasonCode'],
    ['a field that is not documented', { command: 'finish', body: { note: 'x' } }, 'note'],
    ['a day that does not exist', { command: 'extend-due-date', body: { newDueAt: '2026-02-30', apologyIssued: true } }, 'newDueAt'],
    ['an unknown field to correct', { command: 'correct', body: { field: 'name', after: 'x', reasonCode: 'R' } }, 'field'],
    ['a value that is not of its field', { command: 'correct', body: { field: 'finished-at', after: 'x', reasonCode: 'R' } }, 'after'],
    ['a step to correct that is not named', { command: 'correct', body: { field: 'step-deadline', after: '2026-10-09', reasonCode: 'R' } }, 'part'],
  ])('is refused as a request: %s', async (_case, command, path) => {
    const response = await give(newDossier(), command);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path }] }]);
  });

  it('asks nothing of a code that is none', async () => {
    const response = await give(encodeURIComponent('a b <c>'), finish);
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'REQUEST.INVALID' }]);
  });

  it('meets pushes in one order: facts of both are numbered without gaps', async () => {
    const dossier = newDossier();
    await Promise.all([
      give(dossier, receive),
      dossiers.push([{ MaHoSo: dossier, NguoiXuLy: 'Lê Thị Ba', NgayBatDau: '06/10/2026 09:00:00' }]),
      dossiers.push([{ MaHoSo: dossier, NguoiXuLy: 'Lê Thị Ba', NgayBatDau: '07/10/2026 09:00:00' }]),
    ]);
    const records = await waitForRecords(dossiers, dossierTopic.name, dossier, 4);
    expect(records.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2', '3', '4']);
  });
});
