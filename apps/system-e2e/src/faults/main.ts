// The fault campaign as a command: npm run faults -- --seed N [--seed M …] --rounds R [--json]
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeSecretFiles } from '../test/secret-files';
import { runCampaign } from './campaign';
import { describeReport, roundLine } from './report';
import { undisturbedState } from './undisturbed';

const USAGE = 'npm run faults -- --seed N [--seed M …] [--rounds 20] [--json]';
const EXIT = { held: 0, broken: 1, usage: 2 } as const;

interface Asked {
  readonly seeds: readonly number[];
  readonly rounds: number;
  readonly asJson: boolean;
}

/** What the command line asks for, or undefined if it says something else. */
function asked(): Asked | undefined {
  const { values } = parseArgs({
    options: { seed: { type: 'string', multiple: true, default: ['766'] }, rounds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
  });
  const seeds = values.seed.map(Number);
  const rounds = Number(values.rounds);
  const isWhole = (number: number) => Number.isSafeInteger(number) && number > 0;
  return isWhole(rounds) && seeds.every(isWhole) ? { seeds, rounds, asJson: values.json } : undefined;
}

async function main(): Promise<number> {
  const wanted = asked();
  if (wanted === undefined) {
    process.stderr.write(`${USAGE}: seeds and rounds are whole numbers from 1\n`);
    return EXIT.usage;
  }
  const { seeds, rounds, asJson } = wanted;
  const say = (line: string) => (asJson ? process.stderr : process.stdout).write(`${line}\n`);
  const { secrets, folder } = makeSecretFiles();
  try {
    const expected = await undisturbedState(secrets);
    say(`${expected.ledger.size} dossiers loaded without faults`);
    let broken = false;
    for (const seed of seeds) {
      const report = await runCampaign({ seed, rounds, secrets, expected, onRound: (round, counts) => say(roundLine(round, rounds, counts)) });
      broken ||= report.differences.length > 0;
      if (asJson) process.stdout.write(`${JSON.stringify(report)}\n`);
      else describeReport(report).forEach(say);
    }
    return broken ? EXIT.broken : EXIT.held;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main().then((code) => {
  process.exitCode = code;
}, (error: unknown) => {
  process.stderr.write(`The campaign could not be carried out: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exitCode = EXIT.usage;
});
