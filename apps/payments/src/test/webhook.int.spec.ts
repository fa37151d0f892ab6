import { databaseName, until } from '@index766/testing-integration';
import { signEvent } from '../providers/event-signature';
import { BANK_A, BANK_B, RunningPayments, secondsOf, type Signing } from './running-payments';

let payments: RunningPayments;
let operator: string;
beforeAll(async () => {
  payments = await RunningPayments.start(databaseName(__filename));
  operator = await payments.tokenFor(['operator']);
}, 120_000);
afterAll(() => payments.stop());

let count = 0;
const newCode = () => `H44.114-20261006-${String((count += 1)).padStart(4, '0')}`;
const newDossier = async () => {
  const dossier = newCode();
  await payments.known(dossier);
  return dossier;
};

type Event = Readonly<Record<string, unknown>>;
const eventOf = (dossier: string, changes: Event = {}): Event => ({
  event: `E-${(count += 1)}`, kind: 'payment-succeeded', dossier, reference: 'R-1', amount: 8_000, occurredAt: '2026-10-06T03:00:00.000Z', ...changes,
});
const refundOf = (dossier: string, changes: Event = {}): Event =>
  eventOf(dossier, { kind: 'payment-refunded', refund: 'F-1', amount: 3_000, occurredAt: '2026-10-08T03:00:00.000Z', ...changes });
const failureOf = (dossier: string, changes: Event = {}): Event =>
  eventOf(dossier, { kind: 'payment-failed', amount: undefined, reasonCode: 'INSUFFICIENT-FUNDS', occurredAt: '2026-10-06T02:00:00.000Z', ...changes });

const outcomeOf = async (event: Event, signing?: Signing) => {
  const response = await payments.report(event, signing);
  return [response.status, await response.json()] as const;
};
const request = async (dossier: string, amount: number) => payments.post(`/v1/dossiers/${dossier}/request-payment`, {
  token: await payments.tokenFor(['desk']), body: { provider: 'bank-a', reference: 'R-1', amount }, headers: { 'Idempotency-Key': `key-${(count += 1)}` },
});
const parkedOf = async (dossier: string) => {
  const { events } = await (await payments.get('/v1/parked-events?limit=1000', operator)).json() as { readonly events: readonly { readonly dossier: string; readonly event: string; readonly reason: string }[] };
  return events.filter((event) => event.dossier === dossier).map(({ event, reason }) => [event, reason]);
};

describe('an event of a provider', () => {
  it('leads to its fact on the provider\'s channel, once', async () => {
    const dossier = await newDossier();
    const event = eventOf(dossier);
    expect(await outcomeOf(event)).toEqual([200, { event: event['event'], outcome: 'applied', reason: null }]);
    expect(await outcomeOf(event)).toMatchObject([200, { outcome: 'repeated' }]);
    expect(await outcomeOf({ ...event, event: 'E-other-id' })).toMatchObject([200, { outcome: 'repeated' }]);
    const [record] = await payments.untilRecords(dossier, 1);
    expect(JSON.parse(String(record?.value))).toEqual({ provider: 'bank-a', reference: 'R-1', channel: 'national-portal', amount: 8_000 });
    expect((await payments.shown(dossier)).standing).toMatchObject({ onlinePaid: true, hasFinancialObligation: true });
  });

  it('is of the provider that signed it: one reference of two providers is two payments', async () => {
    const dossier = await newDossier();
    await outcomeOf(eventOf(dossier));
    await outcomeOf(eventOf(dossier), { provider: 'bank-b', key: BANK_B.keys[0] });
    expect((await payments.shown(dossier)).payments).toMatchObject([{ provider: 'bank-a', channel: 'national-portal' }, { provider: 'bank-b', channel: 'province-gateway' }]);
  });

  it('is taken with each of the provider\'s keys, and with one of several signatures', async () => {
    const dossier = await newDossier();
    expect((await payments.report(eventOf(dossier), { key: BANK_A.keys[1] })).status).toBe(200);
    const timestamp = secondsOf(Date.now());
    const event = eventOf(dossier, { reference: 'R-2' });
    const right = signEvent(BANK_A.keys[1], timestamp, Buffer.from(JSON.stringify(event)));
    expect((await payments.report(event, { timestamp, headers: { 'X-Signature': `sha256=${'0'.repeat(64)}, ${right}` } })).status).toBe(200);
  });

  it('with the id of another one is refused', async () => {
    const dossier = await newDossier();
    const event = eventOf(dossier);
    await outcomeOf(event);
    expect(await outcomeOf({ ...event, amount: 9_000 })).toMatchObject([409, { code: 'PAYMENT.EVENT_CONFLICT' }]);
    expect((await payments.shown(dossier)).facts).toHaveLength(1);
  });
});

describe('nothing is kept of an event', () => {
  const now = Date.now();
  it.each<[string, Signing, Event, number, string]>([
    ['without a signature', { headers: { 'X-Signature': undefined } }, {}, 401, 'PROVIDER.SIGNATURE_MISSING'],
    ['without a timestamp', { headers: { 'X-Signature-Timestamp': undefined } }, {}, 401, 'PROVIDER.SIGNATURE_MISSING'],
    ['with another provider\'s key', { key: BANK_B.keys[0] }, {}, 401, 'PROVIDER.SIGNATURE_INVALID'],
    ['of a provider that is not known', { provider: 'bank-z' }, {}, 401, 'PROVIDER.SIGNATURE_INVALID'],
    ['with a signature that is none', { headers: { 'X-Signature': 'sha256=abc' } }, {}, 401, 'PROVIDER.SIGNATURE_INVALID'],
    ['with another timestamp than was signed', { headers: { 'X-Signature-Timestamp': secondsOf(now - 1_000) } }, {}, 401, 'PROVIDER.SIGNATURE_INVALID'],
    ['signed too long ago', { timestamp: secondsOf(now - 3_600_000) }, {}, 400, 'PROVIDER.TIMESTAMP_OUT_OF_WINDOW'],
    ['signed in the future', { timestamp: secondsOf(now + 3_600_000) }, {}, 400, 'PROVIDER.TIMESTAMP_OUT_OF_WINDOW'],
    ['of money that moves in the future', {}, { occurredAt: '2099-01-01T00:00:00.000Z' }, 422, 'PAYMENT.IN_FUTURE'],
    ['of half a đồng', {}, { amount: 0.5 }, 400, 'REQUEST.INVALID'],
    ['of a success without an amount', {}, { amount: undefined }, 400, 'REQUEST.INVALID'],
    ['of a refund without its id', {}, { kind: 'payment-refunded' }, 400, 'REQUEST.INVALID'],
    ['with a field that is not documented', {}, { payer: 'x' }, 400, 'REQUEST.INVALID'],
  ])('%s', async (_case, signing, changes, status, code) => {
    const dossier = newCode();
    expect(await outcomeOf(eventOf(dossier, changes), signing)).toMatchObject([status, { code }]);
    expect(await payments.documents.db.collection<{ _id: string }>('payments').findOne({ _id: dossier })).toBeNull();
  });

  it('whose body was changed on its way', async () => {
    const dossier = newCode();
    const sent = JSON.stringify(eventOf(dossier));
    const timestamp = secondsOf(Date.now());
    const signature = signEvent(BANK_A.keys[0], timestamp, Buffer.from(sent));
    const response = await payments.report(sent.replace('8000', '9000'), { timestamp, headers: { 'X-Signature': signature } });
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'PROVIDER.SIGNATURE_INVALID' }]);
    expect((await payments.report(`${sent} `, { timestamp, headers: { 'X-Signature': signature } })).status).toBe(401);
  });

  it('a token is of no use', async () => {
    const token = await payments.tokenFor(['operator', 'desk', 'source']);
    expect((await payments.post('/v1/providers/bank-a/events', { token, body: eventOf(newCode()) })).status).toBe(401);
  });
});

describe('events in any order', () => {
  const events = (dossier: string) => ({
    failed: failureOf(dossier), succeeded: eventOf(dossier), refunded: refundOf(dossier), rest: refundOf(dossier, { refund: 'F-2', amount: 5_000, occurredAt: '2026-10-09T03:00:00.000Z' }),
  });

  it.each<[string, readonly (keyof ReturnType<typeof events>)[]]>([
    ['as they happened', ['failed', 'succeeded', 'refunded', 'rest']],
    ['the failure after the success', ['succeeded', 'failed', 'refunded', 'rest']],
    ['a refund before its payment', ['refunded', 'failed', 'succeeded', 'rest']],
    ['all backwards', ['rest', 'refunded', 'succeeded', 'failed']],
  ])('amount to the same: %s', async (_case, order) => {
    const dossier = await newDossier();
    const sent = events(dossier);
    for (const name of order) expect((await payments.report(sent[name])).status).toBe(200);
    const { facts, payments: shown, standing, parked } = await payments.shown(dossier);
    expect(facts.map(({ kind, occurredAt }) => `${kind} ${occurredAt}`).sort()).toEqual([
      'payment-failed 2026-10-06T02:00:00.000Z', 'payment-refunded 2026-10-08T03:00:00.000Z', 'payment-refunded 2026-10-09T03:00:00.000Z',
      'payment-succeeded 2026-10-06T03:00:00.000Z',
    ]);
    expect(shown).toMatchObject([{ status: 'refunded', amount: 8_000, fullyRefundedAt: '2026-10-09T03:00:00.000Z' }]);
    expect([standing, parked]).toEqual([{ feeOwed: 0, hasFinancialObligation: true, hasPaidOnline: true, onlinePaid: false }, []]);
  });
});

describe('an event that cannot be applied is parked with its reason', () => {
  it('of an unknown dossier, and applied when the dossier comes', async () => {
    const dossier = newCode();
    const event = eventOf(dossier);
    expect(await outcomeOf(event)).toMatchObject([200, { outcome: 'parked', reason: 'DOSSIER_UNKNOWN' }]);
    expect(await outcomeOf(event)).toMatchObject([200, { outcome: 'parked', reason: 'DOSSIER_UNKNOWN' }]);
    expect(await outcomeOf({ ...event, amount: 1 })).toMatchObject([409, { code: 'PAYMENT.EVENT_CONFLICT' }]);
    expect([await parkedOf(dossier), await payments.records(dossier)]).toEqual([[[event['event'], 'DOSSIER_UNKNOWN']], []]);

    await payments.known(dossier);
    await payments.untilRecords(dossier, 1);
    expect([await parkedOf(dossier), (await payments.shown(dossier)).standing['onlinePaid']]).toEqual([[], true]);
    expect(await outcomeOf(event)).toMatchObject([200, { outcome: 'repeated' }]);
  });

  it('of an unknown dossier, and applied when a push passes on parts of it', async () => {
    const dossier = newCode();
    await outcomeOf(eventOf(dossier));
    await payments.dossiers.pass(dossier, { sequence: 1, fees: [{ code: 'LP-01', amount: 8_000 }] });
    const records = await payments.untilRecords(dossier, 2);
    expect(records.map(({ headers }) => headers['ce_type'])).toEqual(['payments.fee-assessed.v1', 'payments.payment-succeeded.v1']);
  });

  it('with another amount than was asked for, and nothing is half applied', async () => {
    const dossier = await newDossier();
    expect((await request(dossier, 8_000)).status).toBe(200);
    expect(await outcomeOf(eventOf(dossier, { amount: 7_999 }))).toMatchObject([200, { outcome: 'parked', reason: 'AMOUNT_MISMATCH' }]);
    expect((await payments.shown(dossier)).payments).toMatchObject([{ status: 'requested', amount: 8_000, succeededAt: null }]);
    expect(await outcomeOf(eventOf(dossier))).toMatchObject([200, { outcome: 'applied' }]);
    expect((await parkedOf(dossier)).map(([, reason]) => reason)).toEqual(['AMOUNT_MISMATCH']);
  });

  it('with another amount than the fees come to, whoever assessed them, and nothing is half applied', async () => {
    const [byPush, byDesk] = [await newDossier(), await newDossier()];
    await payments.dossiers.pass(byPush, { sequence: 1, fees: [{ code: 'LP-01', amount: 8_000 }] });
    await payments.untilRecords(byPush, 1);
    const assess = (amount: number) => payments.tokenFor(['desk']).then((token) => payments.post(`/v1/dossiers/${byDesk}/assess-fee`, {
      token, body: { fee: 'LP-01', amount }, headers: { 'Idempotency-Key': `key-${(count += 1)}` },
    }));
    expect((await assess(9_000)).status).toBe(200);
    for (const [dossier, amount] of [[byPush, 7_999], [byPush, 8_001], [byDesk, 8_000]] as const) {
      expect(await outcomeOf(eventOf(dossier, { amount, reference: `R-${amount}` }))).toMatchObject([200, { outcome: 'parked', reason: 'AMOUNT_MISMATCH' }]);
      const { payments: known, standing } = await payments.shown(dossier);
      expect([known, standing['onlinePaid'], standing['hasPaidOnline']]).toEqual([[], false, false]);
    }
    expect(await outcomeOf(eventOf(byPush))).toMatchObject([200, { outcome: 'applied' }]);

    expect((await assess(8_000)).status).toBe(200);
    expect([await parkedOf(byDesk), (await payments.shown(byDesk)).standing['onlinePaid']]).toEqual([[], true]);
  });

  it('with another amount than was reported before', async () => {
    const dossier = await newDossier();
    await outcomeOf(eventOf(dossier));
    expect(await outcomeOf(eventOf(dossier, { amount: 9_000 }))).toMatchObject([200, { outcome: 'parked', reason: 'AMOUNT_MISMATCH' }]);
  });

  it('of more than is left of the payment', async () => {
    const dossier = await newDossier();
    await outcomeOf(eventOf(dossier));
    await outcomeOf(refundOf(dossier, { amount: 6_000 }));
    expect(await outcomeOf(refundOf(dossier, { refund: 'F-2', amount: 2_001 }))).toMatchObject([200, { outcome: 'parked', reason: 'REFUND_EXCEEDS_PAYMENT' }]);
    expect(await outcomeOf(refundOf(dossier, { refund: 'F-3', amount: 2_000 }))).toMatchObject([200, { outcome: 'applied' }]);
  });

  it('and an operator may put it aside, with a reason, once', async () => {
    const dossier = await newDossier();
    const event = refundOf(dossier);
    expect(await outcomeOf(event)).toMatchObject([200, { outcome: 'parked', reason: 'PAYMENT_NOT_SUCCEEDED' }]);
    const drop = (token: string, of: string) => payments.post(`/v1/dossiers/${dossier}/drop-parked-event`, {
      token, body: { provider: 'bank-a', event: of, reasonCode: 'PAID-TWICE' }, headers: { 'Idempotency-Key': `key-${(count += 1)}` },
    });
    const others = await Promise.all([
      drop(await payments.tokenFor(['desk']), String(event['event'])), drop(await payments.tokenFor(['operator'], ['H45']), String(event['event'])), drop(operator, 'E-NONE'),
    ]);
    expect(others.map(({ status }) => status)).toEqual([403, 403, 404]);
    expect([(await drop(operator, String(event['event']))).status, (await drop(operator, String(event['event']))).status]).toEqual([200, 200]);
    expect([await parkedOf(dossier), await outcomeOf(event)]).toMatchObject([[], [200, { outcome: 'repeated' }]]);
  });

  it('is listed for operators of its unit alone, page by page, and counted', async () => {
    const dossier = newCode();
    await outcomeOf(eventOf(dossier));
    const statuses = await Promise.all([payments.get('/v1/parked-events'), payments.get('/v1/parked-events', await payments.tokenFor(['desk']))]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 403]);
    const elsewhere = await (await payments.get('/v1/parked-events', await payments.tokenFor(['operator'], ['H45']))).json();
    expect(elsewhere).toMatchObject({ events: [] });

    const pages: string[] = [];
    for (let after = ''; ;) {
      const page = await (await payments.get(`/v1/parked-events?limit=1${after}`, operator)).json() as { readonly events: readonly { readonly dossier: string }[]; readonly next: string | null };
      pages.push(...page.events.map((event) => event.dossier));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(pages).toContain(dossier);
    expect(pages).toEqual([...pages].sort());
    await until(async () => (await payments.metric('payments_parked_events{reason="DOSSIER_UNKNOWN"}')).some((line) => !line.endsWith(' 0')), {
      what: 'the gauge of parked events', timeoutMs: 30_000,
    });
  }, 60_000);

  it('and fifty of one dossier are enough', async () => {
    const dossier = newCode();
    for (let each = 0; each < 50; each += 1) await outcomeOf(eventOf(dossier, { reference: `R-${each}` }));
    expect(await outcomeOf(eventOf(dossier, { reference: 'R-50' }))).toMatchObject([409, { code: 'PAYMENT.TOO_MANY_PARKED' }]);
  });
});

it('many repetitions of one event at once are one payment', async () => {
  const dossier = await newDossier();
  const event = eventOf(dossier);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(event)));
  expect(outcomes.map(([status]) => status)).toEqual(outcomes.map(() => 200));
  expect(outcomes.filter(([, answer]) => (answer as { readonly outcome: string }).outcome === 'applied')).toHaveLength(1);
  await payments.untilRecords(dossier, 1);
});
