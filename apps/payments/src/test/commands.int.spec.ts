import type { Role } from '@index766/platform-auth';
import { databaseName, until } from '@index766/testing-integration';
import type { CommandName } from '../domain/payment-command';
import { RunningPayments } from './running-payments';

interface Given {
  readonly command: CommandName | 'drop-parked-event';
  readonly body: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly dossier: string;
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly recordedAt: string }[];
}

let payments: RunningPayments;
let desk: string;
beforeAll(async () => {
  payments = await RunningPayments.start(databaseName(__filename));
  desk = await payments.tokenFor(['desk'], ['H44.114'], 'desk-of-H44.114');
}, 120_000);
afterAll(() => payments.stop());

let count = 0;
const newKey = () => `key-${(count += 1)}`;
const newDossier = async () => {
  const dossier = `H44.114-20261005-${String((count += 1)).padStart(4, '0')}`;
  await payments.known(dossier);
  return dossier;
};

const give = (dossier: string, { command, body }: Given, token: string = desk, headers: Readonly<Record<string, string>> = {}) =>
  payments.post(`/v1/dossiers/${dossier}/${command}`, { token, body, headers: { 'Idempotency-Key': newKey(), ...headers } });

const given = async (dossier: string, ...commands: readonly Given[]) => {
  for (const command of commands) {
    const response = await give(dossier, command);
    if (response.status !== 200) throw new Error(`${command.command}: ${await response.text()}`);
  }
};

const october = (day: number) => `2026-10-${String(day).padStart(2, '0')}T10:00:00+07:00`;
const assess: Given = { command: 'assess-fee', body: { fee: 'LP-01', amount: 8_000, occurredAt: october(5) } };
const ask: Given = { command: 'request-payment', body: { provider: 'bank-a', reference: 'R-1', amount: 8_000, occurredAt: october(6) } };
const cash: Given = { command: 'record-cash-payment', body: { receipt: 'BL-1', amount: 8_000, occurredAt: october(6) } };
const refund: Given = { command: 'refund-payment', body: { provider: 'cash-desk', reference: 'BL-1', refund: 'F-1', amount: 3_000, occurredAt: october(7) } };
const waive: Given = { command: 'waive-fee', body: { fee: 'LP-01', amount: 3_000, reasonCode: 'POOR-HOUSEHOLD', occurredAt: october(6) } };

interface CommandCase {
  readonly given: readonly Given[];
  readonly when: Given;
  readonly then: readonly string[];
  /** What is refused, after which commands. */
  readonly refused: readonly (readonly [string, readonly Given[], Given])[];
  /** Said again under another key. */
  readonly again: 'nothing new' | 'refused' | 'once more';
}

const changed = ({ command, body }: Given, changes: Readonly<Record<string, unknown>>): Given => ({ command, body: { ...body, ...changes } });

const CASES: Readonly<Record<CommandName, CommandCase>> = {
  'assess-fee': { given: [], when: assess, then: ['fee-assessed'], again: 'nothing new', refused: [['PAYMENT.IN_FUTURE', [], changed(assess, { occurredAt: '2099-01-01T00:00:00Z' })]] },
  'waive-fee': {
    given: [assess], when: waive, then: ['fee-waived'], again: 'once more',
    refused: [
      ['PAYMENT.FEE_UNKNOWN', [], waive], ['PAYMENT.WAIVER_EXCEEDS_FEE', [assess], changed(waive, { amount: 8_001 })],
      ['PAYMENT.NOTHING_OWED', [assess, changed(waive, { amount: 8_000 })], waive],
    ],
  },
  'request-payment': {
    given: [assess], when: ask, then: ['payment-requested'], again: 'nothing new',
    refused: [['PAYMENT.ALREADY_REQUESTED', [ask], changed(ask, { amount: 9_000 })], ['PAYMENT.PROVIDER_RESERVED', [], changed(ask, { provider: 'national-sync' })]],
  },
  'record-cash-payment': { given: [assess], when: cash, then: ['payment-succeeded'], again: 'nothing new', refused: [['PAYMENT.AMOUNT_MISMATCH', [cash], changed(cash, { amount: 9_000 })]] },
  'refund-payment': {
    given: [cash], when: refund, then: ['payment-refunded'], again: 'nothing new',
    refused: [
      ['PAYMENT.NOT_SUCCEEDED', [], refund], ['PAYMENT.NOT_SUCCEEDED', [cash], changed(refund, { occurredAt: october(5) })],
      ['PAYMENT.REFUND_EXCEEDS_PAYMENT', [cash, refund], changed(refund, { refund: 'F-2', amount: 5_001 })],
      ['PAYMENT.AMOUNT_MISMATCH', [cash, refund], changed(refund, { amount: 4_000 })],
      ['PAYMENT.ALREADY_REFUNDED', [cash, changed(refund, { amount: 8_000 })], changed(refund, { refund: 'F-2' })],
    ],
  },
};

describe.each(Object.entries(CASES) as [CommandName, CommandCase][])('the command %s', (_name, { given: before, when, then, refused, again }) => {
  it('leads to its fact, and to the same answer when it is repeated under its key', async () => {
    const dossier = await newDossier();
    await given(dossier, ...before);
    const key = { 'Idempotency-Key': newKey() };
    const response = await give(dossier, when, desk, key);
    const answer = (await response.json()) as Answer;
    expect([response.status, answer.facts.map(({ kind }) => kind)]).toEqual([200, then]);
    expect(await (await give(dossier, when, desk, key)).json()).toEqual(answer);

    const records = await payments.untilRecords(dossier, before.length + 1);
    expect(records.at(-1)?.headers).toMatchObject({ ce_type: `payments.${then[0]}.v1`, ce_sequence: String(before.length + 1) });

    const repeated = await give(dossier, when);
    const facts = (await payments.shown(dossier)).facts.length;
    expect([repeated.status, facts]).toEqual({ 'nothing new': [200, before.length + 1], refused: [409, before.length + 1], 'once more': [200, before.length + 2] }[again]);
  });

  it('is refused without a token, with another role, and for a unit that the token does not cover', async () => {
    const dossier = await newDossier();
    await given(dossier, ...before);
    const withToken = async (roles: readonly Role[], units: readonly string[]) => give(dossier, when, await payments.tokenFor(roles, units));
    const problems = [
      await payments.post(`/v1/dossiers/${dossier}/${when.command}`, { body: when.body, headers: { 'Idempotency-Key': newKey() } }),
      await withToken(['source', 'operator'], ['H44']), await withToken(['desk'], ['H44.115']),
    ];
    expect(problems.map(({ status }) => status)).toEqual([401, 403, 403]);
    expect(await Promise.all(problems.map((problem) => problem.json()))).toMatchObject([
      { code: 'AUTH.MISSING_TOKEN' }, { code: 'AUTH.MISSING_ROLE' }, { code: 'AUTH.UNIT_OUT_OF_SCOPE' },
    ]);
    expect((await payments.shown(dossier)).facts).toHaveLength(before.length);
  });

  it('needs an Idempotency-Key, another one for another body, and a dossier that is known', async () => {
    const dossier = await newDossier();
    await given(dossier, ...before);
    const missing = await payments.post(`/v1/dossiers/${dossier}/${when.command}`, { token: desk, body: when.body });
    const key = { 'Idempotency-Key': newKey() };
    await give(dossier, when, desk, key);
    const reused = await give(dossier, changed(when, { occurredAt: october(8) }), desk, key);
    const unknown = await give('H44.114-NOBODY', when);
    expect(await Promise.all([missing, reused, unknown].map(async (problem) => [problem.status, await problem.json()]))).toMatchObject([
      [400, { code: 'REQUEST.MISSING_IDEMPOTENCY_KEY' }], [422, { code: 'IDEMPOTENCY.KEY_REUSED' }], [404, { code: 'PAYMENT.DOSSIER_UNKNOWN' }],
    ]);
  });

  it.each(refused)('is refused with %s, and nothing changes', async (code, commands, refusedCommand) => {
    const dossier = await newDossier();
    await given(dossier, ...commands);
    const told = await payments.shown(dossier);
    const response = await give(dossier, refusedCommand);
    expect(await response.json()).toMatchObject({ code });
    expect(await payments.shown(dossier)).toEqual(told);
  });
});

describe('a command', () => {
  it.each<[string, Given, string]>([
    ['a fraction of a đồng', changed(assess, { amount: 0.5 }), 'amount'],
    ['an amount as text', changed(cash, { amount: '8000' }), 'amount'],
    ['a payment of nothing', changed(cash, { amount: 0 }), 'amount'],
    ['a sentence for a reason', changed(waive, { reasonCode: 'because the citizen' }), 'reasonCode'],
    ['a reference with a space', changed(ask, { reference: 'R 1' }), 'reference'],
    ['an instant without an offset', changed(assess, { occurredAt: '2026-10-09T10:00:00' }), 'occurredAt'],
    ['a field that is not documented', changed(assess, { note: 'x' }), 'note'],
  ])('is refused as a request: %s', async (_case, command, at) => {
    const response = await give('H44.114-X', command);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path: at }] }]);
  });

  it('states when it was recorded with the role replay alone, and never in the future', async () => {
    const dossier = await newDossier();
    const replay = await payments.tokenFor(['replay'], ['H44']);
    const at = { 'X-Recorded-At': '2026-10-05T04:00:00.000Z' };
    const answer = (await (await give(dossier, assess, replay, at)).json()) as Answer;
    expect(answer.facts).toMatchObject([{ recordedAt: '2026-10-05T04:00:00.000Z' }]);
    const problems = [await give(dossier, cash, desk, at), await give(dossier, cash, replay, { 'X-Recorded-At': '2099-01-01T00:00:00.000Z' })];
    expect(await Promise.all(problems.map((problem) => problem.json()))).toMatchObject([{ code: 'RECORDED_AT.NOT_ALLOWED' }, { code: 'RECORDED_AT.IN_FUTURE' }]);
  });

  it('is judged by the unit that has the dossier now, in the tree of the catalog', async () => {
    const dossier = await newDossier();
    await payments.dossiers.unit('H45.7', 'H45');
    await payments.dossiers.transferred(dossier, 'H45.7');
    const above = await payments.tokenFor(['desk'], ['H45']);
    await until(async () => (await give(dossier, assess, above)).status === 200, { what: 'the transfer to be known' });
    expect((await give(dossier, cash)).status).toBe(403);
  });
});

describe('what is shown of a dossier\'s money', () => {
  it('is what its facts amount to', async () => {
    const dossier = await newDossier();
    await given(dossier, assess, waive, ask, cash, refund);
    expect(await payments.shown(dossier)).toMatchObject({
      dossier, unit: 'H44.114', standing: { feeOwed: 5_000, hasFinancialObligation: true, onlinePaid: false },
      fees: [{ fee: 'LP-01', amount: 8_000, owed: 5_000, waivers: [{ amount: 3_000 }] }],
      payments: [
        { provider: 'bank-a', reference: 'R-1', status: 'requested', amount: 8_000 },
        { provider: 'cash-desk', reference: 'BL-1', status: 'partly-refunded', channel: 'cash', refunds: [{ refund: 'F-1', amount: 3_000 }] },
      ],
      parked: [], conflicts: [], missingIntakeRecords: [],
    });
  });

  it('needs a token with a role for it that covers the unit', async () => {
    const dossier = await newDossier();
    const show = async (token?: string, of = dossier) => (await payments.get(`/v1/dossiers/${of}/payments`, token)).status;
    expect([
      await show(), await show(await payments.tokenFor(['source'])), await show(await payments.tokenFor(['desk'], ['H45'])),
      await show(desk), await show(await payments.tokenFor(['operator'])), await show(desk, 'H44.114-NOBODY'),
    ]).toEqual([401, 403, 403, 200, 200, 404]);
  });
});
