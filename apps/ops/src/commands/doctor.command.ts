import { readOptions } from '../command-line';
import { diagnose } from '../diagnosing/diagnose';
import { findingText } from '../diagnosing/finding';
import { lookAtAll } from '../diagnosing/look';
import { EXIT } from '../failure';
import { loadAddressConfig, loadBrokerConfig } from '../ops.config';
import type { Command } from './command';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor',
  purpose: 'look at services, broker, topics, watermarks, what is set aside; say what is wrong and what to do; fails if something is',
  run: async (args, out) => {
    readOptions(args, {});
    const findings = diagnose(await lookAtAll(loadAddressConfig(), loadBrokerConfig()));
    out(findingText(findings));
    return findings.some(({ wrong }) => wrong !== undefined) ? EXIT.failed : EXIT.done;
  },
};
