import { databaseName, until } from '@index766/testing-integration';
import { describeBadInput, storedState } from '@index766/testing-suites';
import { BANK_A, RunningPayments } from './running-payments';

const DOSSIERS = ['H44.114-20261005-0001', 'H44.114-20261005-0002', 'H44.114-20261005-0003'];

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
  // Commands that the state of a dossier's money may speak against are not among them, nor what has to be signed.
  done: ['CommandsController.assessFee', 'PaymentsController.show', 'PaymentsController.parked'],
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
