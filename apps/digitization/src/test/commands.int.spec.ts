import type { Role } from '@index766/platform-auth';
import { databaseName, until } from '@index766/testing-integration';
import type { CommandName } from '../domain/document-command';
import { RunningDigitization } from './running-digitization';

interface Given {
  readonly command: CommandName;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly dossier: string;
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly recordedAt: string }[];
}

let digitization: RunningDigitization;
let desk: string;
beforeAll(async () => {
  digitization = await RunningDigitization.start(databaseName(__filename));
  desk = await digitization.tokenFor(['desk'], ['H44.114'], 'desk-of-H44.114');
}, 120_000);
afterAll(() => digitization.stop());

let count = 0;
const newKey = () => `key-${(count += 1)}`;
const newDossier = async () => {
  const dossier = `H44.114-20261005-${String((count += 1)).padStart(4, '0')}`;
  await digitization.known(dossier);
  return dossier;
};

const give = (dossier: string, { command, body }: Given, token: string = desk, headers: Readonly<Record<string, string>> = {}) =>
  digitization.post(`/v1/dossiers/${dossier}/${command}`, { token, body, headers: { 'Idempotency-Key': newKey(), ...headers } });

const given = async (dossier: string, ...commands: readonly Given[]) => {
  for (const command of commands) {
    const response = await give(dossier, command);
    if (response.status !== 200) throw new Error(`${command.command}: ${await response.text()}`);
  }
};

const october = (day: number) => `2026-10-${String(day).padStart(2, '0')}T10:00:00+07:00`;
const paper = { component: 'TP-01', attachment: '4711', occurredAt: october(5) };
const digitise: Given = { command: 'digitise-component', body: paper };
const reuse: Given = { command: 'reuse-component', body: paper };
const take: Given = { command: 'take-component-from-personal-store', body: { component: 'TP-02', occurredAt: october(5) } };
const use: Given = { command: 'use-population-data', body: { by: 'population-database', database: 'CSDLQGDC', occurredAt: october(5) } };
const resultAt = (day: number) => ({ result: 'KQ-2026-01', occurredAt: october(day) });
const issue: Given = { command: 'issue-result', body: resultAt(12) };
const sign: Given = { command: 'sign-result', body: resultAt(12) };
const archive: Given = { command: 'archive-result', body: resultAt(13) };
const link: Given = { command: 'link-result', body: resultAt(14) };

const CASES: Readonly<Record<CommandName, { readonly given: readonly Given[]; readonly when: Given; readonly then: string }>> = {
  'digitise-component': { given: [], when: digitise, then: 'component-digitised' },
  'reuse-component': { given: [], when: reuse, then: 'component-reused' },
  'take-component-from-personal-store': { given: [], when: take, then: 'component-taken-from-personal-store' },
  'use-population-data': { given: [], when: use, then: 'population-data-used' },
  'issue-result': { given: [], when: issue, then: 'electronic-result-issued' },
  'sign-result': { given: [issue], when: sign, then: 'result-signed' },
  'archive-result': { given: [issue], when: archive, then: 'result-archived' },
  'link-result': { given: [issue], when: link, then: 'result-linked-to-personal-store' },
};

const changed = ({ command, body }: Given, changes: Readonly<Record<string, unknown>>): Given => ({ command, body: { ...body, ...changes } });

describe.each(Object.entries(CASES))('the command %s', (_name, { given: before, when, then }) => {
  it('leads to its fact, and to the same answer when it is repeated under its key', async () => {
    const dossier = await newDossier();
    await given(dossier, ...before);
    const key = { 'Idempotency-Key': newKey() };
    const response = await give(dossier, when, desk, key);
    const answer = (await response.json()) as Answer;
    expect([response.status, answer.facts.map(({ kind }) => kind)]).toEqual([200, [then]]);
    expect(await (await give(dossier, when, desk, key)).json()).toEqual(answer);

    const records = await digitization.untilRecords(dossier, before.length + 1);
    expect(records.at(-1)?.headers).toMatchObject({ ce_type: `digitization.${then}.v1`, ce_sequence: String(before.length + 1) });
    const { occurredAt: _at, ...body } = when.body;
    expect(JSON.parse(String(records.at(-1)?.value))).toEqual(body);
  });

  it('said again under another key says nothing new', async () => {
    const dossier = await newDossier();
    await given(dossier, ...before, when);
    expect(await (await give(dossier, when)).json()).toEqual({ dossier, facts: [] });
  });

  it('is refused without a token, with another role, and for a unit that the token does not cover', async () => {
    const dossier = await newDossier();
    await given(dossier, ...before);
    const withToken = async (roles: readonly Role[], units: readonly string[]) => give(dossier, when, await digitization.tokenFor(roles, units));
    const problems = [
      await digitization.post(`/v1/dossiers/${dossier}/${when.command}`, { body: when.body, headers: { 'Idempotency-Key': newKey() } }),
      await withToken(['source', 'operator'], ['H44']), await withToken(['desk'], ['H44.115']),
    ];
    expect(problems.map(({ status }) => status)).toEqual([401, 403, 403]);
    expect(await Promise.all(problems.map((problem) => problem.json()))).toMatchObject([
      { code: 'AUTH.MISSING_TOKEN' }, { code: 'AUTH.MISSING_ROLE' }, { code: 'AUTH.UNIT_OUT_OF_SCOPE' },
    ]);
    expect((await digitization.shown(dossier)).facts).toHaveLength(before.length);
  });

  it('needs an Idempotency-Key, another one for another body, a dossier that is known, and an instant that has come', async () => {
    const dossier = await newDossier();
    await given(dossier, ...before);
    const missing = await digitization.post(`/v1/dossiers/${dossier}/${when.command}`, { token: desk, body: when.body });
    const key = { 'Idempotency-Key': newKey() };
    await give(dossier, when, desk, key);
    const reused = await give(dossier, changed(when, { occurredAt: october(20) }), desk, key);
    const unknown = await give('H44.114-NOBODY', when);
    const future = await give(dossier, changed(when, { occurredAt: '2099-01-01T00:00:00Z' }));
    expect(await Promise.all([missing, reused, unknown, future].map(async (problem) => [problem.status, await problem.json()]))).toMatchObject([
      [400, { code: 'REQUEST.MISSING_IDEMPOTENCY_KEY' }], [422, { code: 'IDEMPOTENCY.KEY_REUSED' }], [404, { code: 'DOCUMENT.DOSSIER_UNKNOWN' }],
      [422, { code: 'DOCUMENT.IN_FUTURE' }],
    ]);
  });
});

describe('a command', () => {
  it.each([sign, archive, link].map((each) => [each.command, each] as const))('%s on a result that was not issued is refused, and nothing changes', async (_name, command) => {
    const dossier = await newDossier();
    await given(dossier, changed(issue, { result: 'ANOTHER' }));
    const told = await digitization.shown(dossier);
    const response = await give(dossier, command);
    expect([response.status, await response.json()]).toMatchObject([409, { code: 'DOCUMENT.RESULT_UNKNOWN' }]);
    expect(await digitization.shown(dossier)).toEqual(told);
  });

  it.each<[string, Given, string]>([
    ['no component', changed(digitise, { component: undefined }), 'component'],
    ['a sentence for a component', changed(reuse, { component: 'the birth certificate' }), 'component'],
    ['a file name for an attachment', changed(take, { attachment: 'giay khai sinh.pdf' }), 'attachment'],
    ['an unknown source of data', changed(use, { by: 'hearsay' }), 'by'],
    ['a database of an account', changed(use, { by: 'verified-account' }), 'database'],
    ['no result', changed(sign, { result: undefined }), 'result'],
    ['an instant without an offset', changed(issue, { occurredAt: '2026-10-09T10:00:00' }), 'occurredAt'],
    ['a field that is not documented', changed(archive, { note: 'x' }), 'note'],
  ])('is refused as a request: %s', async (_case, command, at) => {
    const response = await give('H44.114-X', command);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path: at }] }]);
  });

  it('states when it was recorded with the role replay alone, and never in the future', async () => {
    const dossier = await newDossier();
    const replay = await digitization.tokenFor(['replay'], ['H44']);
    const at = { 'X-Recorded-At': '2026-10-05T04:00:00.000Z' };
    const answer = (await (await give(dossier, digitise, replay, at)).json()) as Answer;
    expect(answer.facts).toMatchObject([{ recordedAt: '2026-10-05T04:00:00.000Z' }]);
    const problems = [await give(dossier, reuse, desk, at), await give(dossier, reuse, replay, { 'X-Recorded-At': '2099-01-01T00:00:00.000Z' })];
    expect(await Promise.all(problems.map((problem) => problem.json()))).toMatchObject([{ code: 'RECORDED_AT.NOT_ALLOWED' }, { code: 'RECORDED_AT.IN_FUTURE' }]);
  });

  it('is judged by the unit that has the dossier now, in the tree of the catalog', async () => {
    const dossier = await newDossier();
    await digitization.dossiers.unit('H45.7', 'H45');
    await digitization.dossiers.transferred(dossier, 'H45.7');
    const above = await digitization.tokenFor(['desk'], ['H45']);
    await until(async () => (await give(dossier, digitise, above)).status === 200, { what: 'the transfer to be known' });
    expect((await give(dossier, reuse)).status).toBe(403);
  });
});

describe('what is shown of a dossier\'s papers', () => {
  it('is what its facts amount to', async () => {
    const dossier = await newDossier();
    await given(dossier, digitise, take, use, issue, sign, archive);
    const instant = (day: number) => `2026-10-${String(day).padStart(2, '0')}T03:00:00.000Z`;
    expect(await digitization.shown(dossier)).toMatchObject({
      dossier, unit: 'H44.114',
      standing: { digitised: true, reused: false, populationData: true, resultIssued: true, personalStore: true, signedAndArchived: true },
      components: [
        { component: 'TP-01', attachment: '4711', digitisedAt: instant(5), reusedAt: null, fromPersonalStoreAt: null },
        { component: 'TP-02', attachment: null, digitisedAt: null, reusedAt: null, fromPersonalStoreAt: instant(5) },
      ],
      populationData: [{ by: 'population-database', database: 'CSDLQGDC', usedAt: instant(5) }],
      results: [{ result: 'KQ-2026-01', issuedAt: instant(12), signedAt: instant(12), archivedAt: instant(13), linkedAt: null }],
      denied: [], missingIntakeRecords: [],
    });
  });

  it('needs a token with a role for it that covers the unit', async () => {
    const dossier = await newDossier();
    const show = async (token?: string, of = dossier) => (await digitization.get(`/v1/dossiers/${of}/documents`, token)).status;
    expect([
      await show(), await show(await digitization.tokenFor(['source'])), await show(await digitization.tokenFor(['desk'], ['H45'])),
      await show(desk), await show(await digitization.tokenFor(['operator'])), await show(desk, 'H44.114-NOBODY'),
    ]).toEqual([401, 403, 403, 200, 200, 404]);
  });
});
