import { readOptions } from '../command-line';
import { EXIT, UsageFailure } from '../failure';
import { loadBrokerConfig } from '../ops.config';
import { Broker } from '../services/broker';
import type { Command } from './command';

export const topicsCommand: Command = {
  name: 'topics',
  usage: 'topics apply | verify',
  purpose: 'create the topics of the manifest and write who may do what with them, or check both',
  run: async (args, out) => {
    const { positionals: [action] } = readOptions(args, {}, 1);
    const broker = new Broker(loadBrokerConfig());
    switch (action) {
      case 'apply': {
        const { created, all, rules } = await broker.applyTopics();
        out(`${created.length} topics created, ${all} as the manifest has them.\n`);
        if (rules) out(`${rules.added} access rules added, ${rules.removed} taken away.\n`);
        return EXIT.done;
      }
      case 'verify':
        out(`${await broker.verifyTopics()} topics as the manifest has them.\n`);
        return EXIT.done;
      default:
        throw new UsageFailure('topics takes apply or verify.');
    }
  },
};
