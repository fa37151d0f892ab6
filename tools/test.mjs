// npm test: everything that has to hold, from a fresh clone on. Ends with the line "N passed, N failed".
//   npm test                          all of it
//   npm test -- --only unit           one of: typecheck, lint, unit, int, e2e
import './workspace/node-version.mjs';
import { parseArgs } from 'node:util';
import { StartFailure, exitOnFailure } from '../infra/local/failure.mjs';
import { lint, typecheck } from './test/checks.mjs';
import { jestSpecs, scriptSpecs } from './test/specs.mjs';
import { dependenciesAreInstalled, installDependencies } from './workspace/dependencies.mjs';
import { progressOn } from './workspace/progress.mjs';

const sum = (counts) => counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), { passed: 0, failed: 0 });

const STEPS = {
  typecheck: { label: 'type check', run: typecheck },
  lint: { label: 'lint and import rules', run: lint },
  unit: { label: 'unit specs', run: async () => sum([await scriptSpecs('unit'), await jestSpecs('unit')]), tests: true },
  int: { label: 'integration specs', run: async () => sum([await scriptSpecs('int'), await jestSpecs('int')]), tests: true },
  e2e: { label: 'system specs', run: systemSpecs, tests: true },
};

/** They start the built services, so what was changed since the last build has to be built first. */
async function systemSpecs() {
  const built = await typecheck();
  return built.failed > 0 ? built : sum([await jestSpecs('e2e'), await scriptSpecs('e2e')]);
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only !== undefined && !(values.only in STEPS)) {
    throw new StartFailure(`--only takes one of ${Object.keys(STEPS).join(', ')}.`);
  }
  const progress = progressOn(process.stdout);
  if (!dependenciesAreInstalled()) await progress.step('npm packages', installDependencies);

  const results = [];
  for (const [name, { label, run, tests = false }] of Object.entries(STEPS)) {
    if (values.only !== undefined && values.only !== name) continue;
    const result = await progress.step(label, async () => {
      const counts = await run();
      return { ...counts, hasFailed: counts.failed > 0, remark: `${counts.passed} passed, ${counts.failed} failed` };
    });
    results.push({ ...result, tests });
  }

  const { passed, failed } = sum(results);
  const ranNothing = results.some(({ tests }) => tests) && sum(results.filter(({ tests }) => tests)).passed === 0;
  if (ranNothing) console.log('No test was run.');
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && !ranNothing ? 0 : 1;
}

await exitOnFailure(main);
