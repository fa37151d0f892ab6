import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { run as runNodeTests } from 'node:test';
import { spec as specReporter } from 'node:test/reporters';
import { stateFolder } from '../../infra/local/state-folder.mjs';
import { workspace } from '../workspace/folders.mjs';

/** Reads Jest's own result file. A suite that could not even be loaded counts as one failed test. */
export function countsOf(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
}

/** Runs the specs of one kind with Jest, its report as it comes. No spec of that kind is no failure. */
export async function jestSpecs(kind) {
  const reportFile = path.join(stateFolder(), 'test', `${kind}.json`);
  fs.mkdirSync(path.dirname(reportFile), { recursive: true });
  fs.rmSync(reportFile, { force: true });
  const jest = path.join(workspace, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--config', `jest.${kind}.config.cjs`, '--passWithNoTests', '--json', '--outputFile', reportFile];
  const child = spawn(process.execPath, args, { cwd: workspace, stdio: ['ignore', 'ignore', process.stdout] });
  const [code] = await once(child, 'exit');
  if (!fs.existsSync(reportFile)) return { passed: 0, failed: code === 0 ? 0 : 1 }; // it ended before the first spec
  const counts = countsOf(JSON.parse(fs.readFileSync(reportFile, 'utf8')));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Runs the specs of one kind of the plain-Node scripts (tools/, infra/) with Node's own runner. */
export async function scriptSpecs(kind) {
  const files = ['tools', 'infra'].flatMap((folder) =>
    fs
      .readdirSync(path.join(workspace, folder), { recursive: true })
      .filter((name) => name.endsWith(`.${kind}.spec.mjs`))
      .map((name) => path.join(workspace, folder, name)),
  );
  const counts = { passed: 0, failed: 0 };
  const stream = runNodeTests({ files, concurrency: true });
  stream.on('test:pass', ({ details }) => (counts.passed += details.type === 'suite' ? 0 : 1));
  stream.on('test:fail', ({ details }) => (counts.failed += details.type === 'suite' ? 0 : 1));
  const report = stream.compose(specReporter);
  let text = '';
  for await (const chunk of report) text += chunk;
  if (counts.failed > 0) process.stdout.write(text);
  return counts;
}
