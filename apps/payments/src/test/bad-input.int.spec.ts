import { databaseName, until } from '@index766/testing-integration';
import { describeBadInput, storedState } from '@index766/testing-suites';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER, signEvent } from '../providers/event-signature';
import { BANK_A, RunningPayments, secondsOf } from './running-payments';

const DOSSIERS = ['H44.114-20261005-0001', 'H44.114-20261005-0002', 'H44.114-20261005-0003'];

const TAKE_EVENT = 'ProviderEventsController.take';

interface StoredPayments {
  readonly _id: string;
  /** JSON: a list, in the order of the sequence. */
  readonly facts: string;
}

describeBadInput({
  name: 'payments',
  start: async () => {
    const payments = await RunningPayments.start(databaseName(__filename));
    for (const dossier of DOSSIERS) await payments.known(dossier);
    return {
      url: payments.url,
      token: await payments.tokenFor(['desk', 'operator', 'replay'], ['*']),
      state: () => storedState(payments.documents.db, ['payments']),
      checkWhole: () => checkWhole(payments),
      stop: () => payments.stop(),
    };
  },
  // Commands that the state of a dossier's money may speak against are not among them.
  done: ['CommandsController.assessFee', 'PaymentsController.show', 'PaymentsController.parked', TAKE_EVENT],
  bodies: {
    [TAKE_EVENT]: [
      { event: 'E-1', kind: 'payment-succeeded', dossier: DOSSIERS[0], reference: 'R-1', amount: 8_000, occurredAt: '2026-10-06T02:00:00.000Z' },
      { event: 'E-2', kind: 'payment-failed', dossier: DOSSIERS[1], reference: 'R-2', reasonCode: 'INSUFFICIENT-FUNDS', occurredAt: '2026-10-06T02:00:00.000Z' },
      { event: 'E-3', kind: 'payment-refunded', dossier: DOSSIERS[2], reference: 'R-3', refund: 'F-1', amount: 3_000, occurredAt: '2026-10-07T02:00:00.000Z' },
    ],
  },
  sign: (operation, { body }): Readonly<Record<string, string>> => {
    if (operation !== TAKE_EVENT) return {};
    const timestamp = secondsOf(Date.now());
    return { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: signEvent(BANK_A.keys[0], timestamp, body ?? Buffer.alloc(0)) };
  },
  parameters: {
    id: DOSSIERS,
    provider: [BANK_A.name],
    after: [DOSSIERS[0] ?? ''],
    limit: ['1', '200'],
    'Idempotency-Key': Array.from({ length: 30 }, (_, index) => `key-${index}`),
    'X-Recorded-At': ['2026-10-05T02:00:00.000Z', '2026-10-20T02:00:00.000Z'],
  },
});

/** The topic has each stored fact of each dossier, numbered from 1, and no other. */
async function checkWhole(payments: RunningPayments): Promise<void> {
  const documents = payments.documents.db.collection<StoredPayments>('payments');
  await until(async () => (await documents.countDocuments({ outboxAt: { $exists: true } })) === 0, { what: 'the outbox to empty' });
  const stored = await documents.find({}).toArray();
  const sent = new Map<string, Set<number>>();
  for (const { key, headers } of await payments.records()) sent.set(key, (sent.get(key) ?? new Set()).add(Number(headers['ce_sequence'])));
  expect(sent.size).toBeGreaterThan(0);
  for (const { _id, facts } of stored) {
    const sequences = (JSON.parse(facts) as readonly unknown[]).map((_, index) => index + 1);
    expect([_id, [...sent.get(_id) ?? []].sort((a, b) => a - b)]).toEqual([_id, sequences]);
  }
}
