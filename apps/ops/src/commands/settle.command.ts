import { SAMPLE_OPTIONS } from '../choosing/sample-options';
import { readOptions, wholeNumber } from '../command-line';
import { EXIT, OpsFailure } from '../failure';
import { loadAddressConfig, loadBrokerConfig } from '../ops.config';
import { Broker } from '../services/broker';
import { openLetters } from '../services/letter-desk';
import { GROUPS_OF_THE_INDEX } from '../services/topic-manifest';
import { settle } from '../settling/settle';
import { underwayIn } from '../settling/underway';
import type { Command } from './command';

const WITHIN_SECONDS = 1_800;

export const settleCommand: Command = {
  name: 'settle',
  usage: 'settle [--within SECONDS]',
  purpose: 'wait until every push has reached the index: outboxes empty, no consumer behind, nothing open that was set aside',
  run: async (args, out) => {
    // Options of the sample are taken and make no difference: a caller may give every command the same ones.
    const { values } = readOptions(args, { ...SAMPLE_OPTIONS, within: { type: 'string' } });
    const withinMs = wholeNumber(values.within, 'within', WITHIN_SECONDS, 1) * 1_000;
    const [addresses, brokerConfig] = [loadAddressConfig(), loadBrokerConfig()];
    await settle(underwayIn(addresses, new Broker(brokerConfig)), { groups: GROUPS_OF_THE_INDEX, withinMs });
    const letters = await openLetters(brokerConfig);
    if (letters.length > 0) {
      throw new OpsFailure(`Not everything has reached the index, these were set aside and are open (dlt list): ${letters.map(({ group, topic, records }) => `${records} of ${topic} by ${group}`).join('; ')}.`);
    }
    out('Everything that was recorded has reached the index.\n');
    return EXIT.done;
  },
};
