import 'reflect-metadata';
import { ConfigError } from '@index766/platform-config';
import type { Command } from './commands/command';
import { backupCommand } from './commands/backup.command';
import { compareCommand } from './commands/compare.command';
import { dltCommand } from './commands/dlt.command';
import { doctorCommand } from './commands/doctor.command';
import { editionsCommand } from './commands/editions.command';
import { importPortalCommand } from './commands/import-portal.command';
import { lagCommand } from './commands/lag.command';
import { loadCommand } from './commands/load.command';
import { logLevelCommand } from './commands/log-level.command';
import { maintenanceCommands } from './commands/maintenance.command';
import { restoreCommand } from './commands/restore.command';
import { sampleCommand } from './commands/sample.command';
import { settleCommand } from './commands/settle.command';
import { tablesCommand } from './commands/tables.command';
import { tokenCommand } from './commands/token.command';
import { topicsCommand } from './commands/topics.command';
import { watermarksCommand } from './commands/watermarks.command';
import { EXIT, OpsFailure, UsageFailure } from './failure';

const COMMANDS: readonly Command[] = [
  topicsCommand, tokenCommand, sampleCommand, loadCommand, settleCommand, tablesCommand, compareCommand, importPortalCommand, lagCommand, dltCommand,
  watermarksCommand, doctorCommand, logLevelCommand, backupCommand, restoreCommand, editionsCommand,
  ...maintenanceCommands,
];

const out = (text: string): void => void process.stdout.write(text);
const say = (text: string): void => void process.stderr.write(text);

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help') {
    out(`${COMMANDS.map(({ usage, purpose }) => `${usage}\n    ${purpose}`).join('\n')}\n`);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    say(`There is no command ${name}: ${COMMANDS.map((known) => known.name).join(', ')}.\n`);
    return EXIT.usage;
  }
  try {
    return await command.run(args, out, say);
  } catch (error) {
    if (error instanceof UsageFailure) say(`${error.message}\nUsage: ${command.usage}\n`);
    else if (error instanceof OpsFailure || error instanceof ConfigError) say(`${error.message}\n`);
    else throw error;
    return error instanceof UsageFailure ? EXIT.usage : EXIT.failed;
  }
}

void run(process.argv.slice(2)).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    say(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.failed;
  },
);
