import path from 'node:path';
import { readWholeBackup, type BackupList } from '../backup/backup-list';
import { FactTopics } from '../backup/fact-topics';
import { ServiceDatabases } from '../backup/service-databases';
import { readOptions } from '../command-line';
import { EXIT, OpsFailure, UsageFailure } from '../failure';
import { loadBrokerConfig, loadDatabaseConfig } from '../ops.config';
import { Broker } from '../services/broker';
import { brokerClient, reachBroker } from '../services/broker-client';
import type { Command } from './command';

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore --from DIR',
  purpose: 'put a backup into empty databases and empty topics, before the first start of the services',
  run: async (args, out) => {
    const { values: { from } } = readOptions(args, { from: { type: 'string' } });
    if (from === undefined) throw new UsageFailure('restore needs --from with the folder of a backup.');
    const folder = path.resolve(from);
    const [brokerConfig, databaseConfig] = [loadBrokerConfig(), loadDatabaseConfig()];
    const list = await readWholeBackup(folder);
    const databases = await ServiceDatabases.open(databaseConfig);
    try {
      const topics = new FactTopics(brokerClient(brokerConfig));
      await new Broker(brokerConfig).applyTopics();
      await refuseUsed(databases, topics, list);
      // Topics first: a database without its topics would send sequences anew that stand for something already.
      await reachBroker(() => topics.putBack(folder, list.topics));
      await databases.putBack(folder, list.collections);
    } finally {
      await databases.close();
    }
    out(`The backup of ${list.madeAt} is back. Start the services: each reads its topics once before it takes commands.\n`);
    return EXIT.done;
  },
};

/** Nothing is written over: a half restored installation is thrown away and restored again. */
async function refuseUsed(databases: ServiceDatabases, topics: FactTopics, { topics: files }: BackupList): Promise<void> {
  const used = [...await databases.inUse(), ...await reachBroker(() => topics.inUse())];
  if (used.length > 0) throw new OpsFailure(`Nothing was restored, for these are not empty: ${used.join(', ')}. A backup goes into new databases and topics, before any service has run on them.`);
  const unfit = await reachBroker(() => topics.unfit(files));
  if (unfit.length > 0) throw new OpsFailure(`Nothing was restored, for these topics had another number of partitions: ${unfit.join(', ')}. Set TOPIC_PARTITIONS as it was.`);
}
