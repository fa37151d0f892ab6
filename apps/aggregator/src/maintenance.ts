import 'reflect-metadata';
import { ConfigError } from '@index766/platform-config';

import { loadMaintenanceConfig, loadTopicsConfig } from './aggregator.config';
import { UsageFailure } from './maintenance/command-options';
import { EXIT, runMaintenance } from './maintenance/maintenance-command';
import { MaintenanceFailure } from './maintenance/maintenance-failure';

const out = (text: string): void => void process.stdout.write(text);
const say = (text: string): void => void process.stderr.write(text);

// Whoever started this and listens has ended: what is built stays, the next command goes on with it.
process.once('disconnect', () => process.exit(EXIT.failed));
process.channel?.unref();

runMaintenance(process.argv.slice(2), { stores: loadMaintenanceConfig, topics: loadTopicsConfig }, out).then(
  // Connections that a library keeps for a while must not hold up the operator.
  (code) => process.exit(code),
  (error: unknown) => {
    const isForOperators = error instanceof MaintenanceFailure || error instanceof ConfigError;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(`${isForOperators ? error.message : text}\n`);
    process.exit(error instanceof UsageFailure ? EXIT.usage : EXIT.failed);
  },
);
