import { unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import { databaseName, openDatabase, until } from '@index766/testing-integration';
import { describeBadInput, storedState } from '@index766/testing-suites';

import { decisionDatabaseOf } from './decision-database';
import { publishFact } from './test/publish-fact';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

describeBadInput({
  name: 'aggregator',
  start: async () => {
    const aggregator = await runAggregator(databaseName(__filename));
    await giveUnitsAndDossier(aggregator);
    const decisions = await openDatabase(decisionDatabaseOf(databaseName(__filename)));
    return {
      url: aggregator.url(),
      token: await aggregator.tokenFor(['officer-list', 'operator', 'publisher', 'replay', 'desk', 'reviewer'], ['*']),
      // All other documents follow from topics alone.
      state: () => storedState(decisions.db, ['decisions']),
      stop: async () => {
        await decisions.close();
        await aggregator.stop();
      },
    };
  },
  done: [
    'ScoresController.ofUnit', 'ScoresController.ofChildren', 'LatenessController.lateOfficers', 'LatenessController.dossiersOf', 'ObjectionsController.objections', 'TodaysListController.ofUnit',
    'LateGroupsController.departments', 'LateGroupsController.units', 'IntegrityController.ofUnit',
    'RankingsController.ofChildren', 'RankingsController.peers', 'ExplanationsController.ofUnit', 'ExplanationsController.itemsOf',
    'PortalFiguresController.import', 'ReconciliationController.ofChildren',
    'EditionsController.ofProvince', 'EditionsController.standing', 'EditionKeysController.keys',
  ],
  parameters: {
    unit: ['H44', 'H44.1', 'VN'],
    province: ['H44'],
    parent: ['H44', 'VN'],
    period: ['2026-10', '2026-W43', '2026-Q4', '2026', '2026-10-01..2026-10-15'],
    after: ['H44.1-1'],
    limit: ['1', '1000'],
    knownAt: ['2026-11-02T09:00:00+07:00'],
    group: ['TDGQ', 'MDSH'],
    indicator: ['2.1', '4.5a'],
    choice: ['costs', 'recoverable', 'risks'],
    year: ['2026'],
    threshold: ['1', '30'],
    minimum: ['1', '10'],
    officer: ['0123456789abcdef0123456789abcdef'],
    number: ['1', '2'],
    dossier: ['H44.1-1'],
    change: ['1', '2'],
    'Idempotency-Key': Array.from({ length: 30 }, (_, index) => `key-${index}`),
    'X-Recorded-At': ['2026-11-05T02:00:00.000Z'],
  },
});

async function giveUnitsAndDossier(aggregator: RunningAggregator): Promise<void> {
  const occurredAt = '2026-10-05T08:00:00+07:00';
  const units = [['VN', 'Việt Nam', 'COUNTRY', null], ['H44', 'Tỉnh Ví Dụ', 'PROVINCE', 'VN'], ['H44.1', 'Xã Một', 'COMMUNE', 'H44']] as const;
  for (const [code, name, level, parent] of units) {
    const data = { code, name, level, parent, version: 1, validFrom: '2024-01-01' };
    await publishFact(unitTopic, unitVersionedV1, { key: code, sequence: 1, data, occurredAt: '2026-01-01T00:00:00Z' }, aggregator.brokers);
  }
  const received = { unit: 'H44.1', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true };
  await publishFact(dossierTopic, dossierFactContracts['dossier-received'], { key: 'H44.1-1', sequence: 1, data: received, occurredAt }, aggregator.brokers);
  await until(async () => (await aggregator.get('/v1/units/H44.1/scores/2026-10')).status === 200, { what: 'the units to be known' });
}
