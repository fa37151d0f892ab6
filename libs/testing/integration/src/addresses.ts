import { runSetting } from './run-settings';

/** The brokers of this run, as kafkajs takes them. */
export const kafkaBrokers = (): string[] => [runSetting('kafka')];

/** The database server of this run, account included, without a database name (see databaseName). */
export const mongoUri = (): string => runSetting('mongo');
