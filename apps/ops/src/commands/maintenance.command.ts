import { runAggregatorMaintenance } from '../services/aggregator-maintenance';
import type { Command } from './command';

/** A command of the aggregator itself, which also checks the options. */
const maintenance = (name: string, usage: string, purpose: string): Command => ({
  name, usage, purpose, run: (args) => runAggregatorMaintenance([name, ...args]),
});

export const maintenanceCommands: readonly Command[] = [
  maintenance(
    'rebuild', 'rebuild [--fresh] [--trust-topics] [--drop-old]',
    'build the aggregator anew from the topics beside the live one, switch when both agree; fails with the differences if not',
  ),
  maintenance(
    'recompute', 'recompute [--unit H44.114] [--period 2026-10] [--apply]',
    'derive views and figures anew from the ledger; fails if what is stored differs (--apply: replaces it)',
  ),
  maintenance(
    'generations', 'generations [--drop N]',
    'show which generations of the aggregator there are; --drop removes one that is not live',
  ),
];
