import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { BACKUP_FORMAT, writeList } from '../backup/backup-list';
import { FactTopics } from '../backup/fact-topics';
import { ServiceDatabases } from '../backup/service-databases';
import { readOptions } from '../command-line';
import { EXIT, OpsFailure, UsageFailure } from '../failure';
import { loadBrokerConfig, loadDatabaseConfig } from '../ops.config';
import { brokerClient, reachBroker } from '../services/broker-client';
import type { Command } from './command';

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup --out DIR',
  purpose: 'copy the databases of the services and the topics of facts into an empty folder, while everything runs',
  run: async (args, out) => {
    const { values: { out: given } } = readOptions(args, { out: { type: 'string' } });
    if (given === undefined) throw new UsageFailure('backup needs --out with a folder.');
    const folder = emptyFolder(given);
    const [brokerConfig, databaseConfig] = [loadBrokerConfig(), loadDatabaseConfig()];
    const startedAt = new Date();
    // Databases first: what topics have beyond them is folded in at the start of a service, never the other way.
    const databases = await ServiceDatabases.open(databaseConfig);
    const collections = await databases.copyTo(folder).finally(() => databases.close());
    const topics = await reachBroker(() => new FactTopics(brokerClient(brokerConfig)).copyTo(folder));
    writeList(folder, { format: BACKUP_FORMAT, madeAt: startedAt.toISOString(), collections, topics });
    out(`${sumOf(collections)} documents and ${sumOf(topics)} records are in ${folder}. Keep the secrets of the installation apart from it.\n`);
    return EXIT.done;
  },
};

function emptyFolder(given: string): string {
  const folder = path.resolve(given);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new OpsFailure(`${folder} is not empty: a backup gets a folder of its own.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function sumOf(files: readonly { readonly frames: number }[]): number {
  return files.reduce((sum, { frames }) => sum + frames, 0);
}
