import { databaseName, until } from '@index766/testing-integration';
import { describeBadInput, storedState } from '@index766/testing-suites';
import { RunningDigitization } from './running-digitization';

interface StoredDossier {
  readonly _id: string;
  /** JSON: a list, in the order of the sequence. */
  readonly facts: string;
}

const DOSSIERS = ['H44.114-20261005-0001', 'H44.114-20261005-0002', 'H44.114-20261005-0003'];
/** That of the examples: it can be signed, archived and linked. */
const RESULT = 'KQ-2026-01';

describeBadInput({
  name: 'digitization',
  start: async () => {
    const digitization = await RunningDigitization.start(databaseName(__filename));
    for (const dossier of DOSSIERS) await digitization.known(dossier);
    for (const dossier of DOSSIERS) {
      await digitization.dossiers.pass(dossier, { sequence: 1, results: [{ code: RESULT, hasFile: true }] });
      await digitization.untilRecords(dossier, 1);
    }
    return {
      url: digitization.url,
      token: await digitization.tokenFor(['desk', 'replay', 'operator'], ['*']),
      state: () => storedState(digitization.documents.db, ['documents']),
      checkWhole: () => checkWhole(digitization),
      stop: () => digitization.stop(),
    };
  },
  // One command of one key: the others would be refused for coming under it too.
  done: ['CommandsController.digitiseComponent', 'DocumentsController.show'],
  parameters: {
    id: DOSSIERS,
    'Idempotency-Key': Array.from({ length: 30 }, (_, index) => `key-${index}`),
    'X-Recorded-At': ['2026-10-05T02:00:00.000Z', '2026-10-20T02:00:00.000Z'],
  },
});

/** The topic has each stored fact of each dossier, numbered from 1, and no other. */
async function checkWhole(digitization: RunningDigitization): Promise<void> {
  const documents = digitization.documents.db.collection<StoredDossier>('documents');
  await until(async () => (await documents.countDocuments({ outboxAt: { $exists: true } })) === 0, { what: 'the outbox to empty' });
  const stored = await documents.find({}).toArray();
  expect(stored.length).toBeGreaterThan(0);
  const sent = new Map<string, Set<number>>();
  for (const { key, headers } of await digitization.records()) {
    sent.set(key, (sent.get(key) ?? new Set()).add(Number(headers['ce_sequence'])));
  }
  for (const { _id, facts } of stored) {
    const sequences = (JSON.parse(facts) as readonly unknown[]).map((_, index) => index + 1);
    expect([_id, [...sent.get(_id) ?? []].sort((a, b) => a - b)]).toEqual([_id, sequences]);
  }
}
