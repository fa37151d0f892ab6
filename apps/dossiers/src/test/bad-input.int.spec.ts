import { dossierTopic } from '@index766/contracts-dossiers';
import { databaseName } from '@index766/testing-integration';
import { describeBadInput, storedState } from '@index766/testing-suites';
import { fullHoSo, tienTrinh } from './push-elements';
import { RunningDossiers } from './running-dossiers';
import { recordsIn, waitUntilSent } from './topic-reader';

interface StoredDossier {
  readonly _id: string;
  /** JSON: a list, in the order of the sequence. */
  readonly facts: string;
}

describeBadInput({
  name: 'dossiers',
  start: async () => {
    const dossiers = await RunningDossiers.start(databaseName(__filename));
    return {
      url: dossiers.url,
      token: await dossiers.tokenFor(['source', 'replay', 'desk', 'administrator'], ['*']),
      state: () => storedState(dossiers.documents.db, ['dossiers', 'officers', 'sources']),
      checkWhole: () => checkWhole(dossiers),
      stop: () => dossiers.stop(),
    };
  },
  // Commands that the state of a dossier may speak against are not among them.
  done: ['NationalSyncController.push', 'CommandsController.assignStep', 'DossiersController.show', 'DossiersController.changes', 'WhatIfController.whatIf', 'SourcesController.complete'],
  parameters: {
    id: ['H44.114-20261005-0001', 'H44.114-20261005-0002', 'H44.114-20261005-0003'],
    version: ['vn@1', '2.000815@1'],
    after: ['H44.114-20261005-0001'],
    limit: ['1', '200'],
    'Idempotency-Key': Array.from({ length: 30 }, (_, index) => `key-${index}`),
    'X-Recorded-At': ['2026-10-05T02:00:00.000Z', '2026-10-20T02:00:00.000Z'],
  },
  bodies: {
    'WhatIfController.whatIf': [
      { holidays: [{ day: '2026-10-12', name: 'Nghỉ bù' }], makeUpDays: [{ day: '2026-10-17', name: 'Làm bù', hoursOf: 1 }], withdrawn: ['2026-09-02'] },
      {},
    ],
    'SourcesController.complete': [{ day: '2026-10-11' }, { day: '2026-10-12' }],
    'NationalSyncController.push': [
      { service: 'DongBoHoSoMC', isUpdating: 'false', data: [fullHoSo(), fullHoSo({ MaHoSo: 'H44.114-20261005-0002' })] },
      { service: 'CapNhatTienDoHoSoMC', data: [tienTrinh(), tienTrinh({ MaHoSo: 'H44.114-20261005-0003' })] },
      { service: 'DongBoHoSoMC', recordedAt: '2026-10-06T00:00:00.000Z', backfill: true, data: [fullHoSo()] },
    ],
  },
});

/** The topic has each stored fact of each dossier, numbered from 1, and no other. */
async function checkWhole(dossiers: RunningDossiers): Promise<void> {
  await waitUntilSent(dossiers);
  const stored = await dossiers.documents.db.collection<StoredDossier>('dossiers').find({}).toArray();
  expect(stored.length).toBeGreaterThan(0);
  const sent = new Map<string, Set<number>>();
  for (const { key, headers } of await recordsIn(dossiers, dossierTopic.name)) {
    sent.set(key, (sent.get(key) ?? new Set()).add(Number(headers['ce_sequence'])));
  }
  for (const { _id, facts } of stored) {
    const sequences = (JSON.parse(facts) as readonly unknown[]).map((_, index) => index + 1);
    expect([_id, [...sent.get(_id) ?? []].sort((a, b) => a - b)]).toEqual([_id, sequences]);
  }
}
