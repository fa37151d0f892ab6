import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { workspace } from '../workspace/folders.mjs';
import { names } from './file-names.mjs';
import { importZones } from './import-zones.mjs';

const eslint = new ESLint({
  cwd: workspace,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, plugins: { names }, rules: { 'names/purposeful-file-name': 'error' } },
    ...importZones,
  ],
});

async function complaintsAbout(filePath, imported = './beside') {
  const [{ messages }] = await eslint.lintText(`import { x } from '${imported}';\nexport const y = x;\n`, { filePath });
  return messages.map(({ ruleId }) => ruleId);
}

const REFUSED = [
  ['libs/kernel/src/instant.ts', 'node:fs'],
  ['libs/kernel/src/instant.ts', 'crypto'],
  ['libs/dossier-life/src/fold.ts', '@nestjs/common'],
  ['libs/index-766/src/points.ts', '@index766/platform-mongo'],
  ['libs/index-766/src/points.ts', 'fast-check'],
  ['libs/contracts/catalog/src/unit.ts', 'class-validator'],
  ['libs/platform/mongo/src/open.ts', 'kafkajs'],
  ['libs/platform/kafka/src/client/open.ts', 'mongoose'],
  ['libs/platform/auth/src/guard.ts', '@index766/kernel/src/result'],
  ['libs/platform/auth/src/guard.ts', '@index766/testing-unit'],
  ['libs/testing/suites/src/poison/describe-poison.ts', 'kafkajs'],
  ['libs/testing/suites/src/poison/describe-poison.ts', 'mongoose'],
  ['apps/dossiers/src/domain/decide.ts', '../persistence/store'],
  ['apps/dossiers/src/domain/decide.ts', '../application/ports'],
  ['apps/dossiers/src/domain/decide.ts', 'node:crypto'],
  ['apps/dossiers/src/application/push.ts', '../http/dto'],
  ['apps/dossiers/src/application/push.ts', '../persistence/store'],
  ['apps/dossiers/src/application/push.ts', '@nestjs/core'],
  ['apps/dossiers/src/application/push.ts', 'mongoose'],
  ['apps/dossiers/src/http/push.controller.ts', '../persistence/store'],
  ['apps/catalog/src/consumers/on-officer-seen.consumer.ts', '../persistence/store'],
  ['apps/catalog/src/main.ts', 'kafkajs'],
  ['apps/catalog/src/main.ts', './test/fakes'],
  ['apps/aggregator/src/ledger/entry.ts', '../scores'],
  ['apps/aggregator/src/scores/merge.ts', '../ledger/entry'],
  ['apps/aggregator/src/scores/adapters/store.ts', '../../lateness'],
  ['apps/aggregator/src/scores/merge.ts', 'mongoose'],
];

const ALLOWED = [
  ['libs/index-766/src/points.ts', '@index766/kernel'],
  ['libs/index-766/src/points.unit.spec.ts', 'fast-check'],
  ['libs/index-766/src/golden.unit.spec.ts', 'node:fs'],
  ['libs/contracts/catalog/src/unit.ts', 'zod'],
  ['libs/platform/kafka/src/client/open.ts', 'kafkajs'],
  ['libs/platform/mongo/src/open.ts', 'mongoose'],
  ['libs/testing/suites/src/poison/describe-poison.ts', '@index766/testing-integration'],
  ['apps/dossiers/src/persistence/store.ts', 'mongoose'],
  ['apps/dossiers/src/persistence/store.ts', '../domain/state'],
  ['apps/dossiers/src/application/push.ts', '@nestjs/common'],
  ['apps/dossiers/src/http/push.controller.ts', '../application/push'],
  ['apps/dossiers/src/http/push.int.spec.ts', '@index766/testing-integration'],
  ['apps/dossiers/src/app.module.ts', './persistence/store'],
  ['apps/aggregator/src/scores/merge.ts', '../ledger'],
  ['apps/aggregator/src/scores/adapters/store.ts', 'mongoose'],
];

describe('import zones', () => {
  for (const [file, imported] of REFUSED) {
    it(`${file} may not import ${imported}`, async () => assert.deepEqual(await complaintsAbout(file, imported), ['no-restricted-imports']));
  }
  for (const [file, imported] of ALLOWED) {
    it(`${file} may import ${imported}`, async () => assert.deepEqual(await complaintsAbout(file, imported), []));
  }
});

describe('file names', () => {
  const RULE = 'names/purposeful-file-name';
  for (const file of ['apps/dossiers/src/utils.ts', 'apps/dossiers/src/common/clock.ts', 'libs/kernel/src/date-helper.ts', 'apps/dossiers/src/population-and-data.ts', 'libs/kernel/src/localDay.ts', 'apps/ops/src/process.ts']) {
    it(`${file} says too little`, async () => assert.deepEqual(await complaintsAbout(file), [RULE]));
  }
  for (const file of ['libs/kernel/src/local-day.ts', 'libs/contracts/digitization/src/population-data-used/population-data-used.v1.ts', 'libs/platform/kafka/src/database-failure.ts', 'libs/platform/kafka/src/consume/process-batch.unit.spec.ts']) {
    it(`${file} says what it is`, async () => assert.deepEqual(await complaintsAbout(file), []));
  }
});
