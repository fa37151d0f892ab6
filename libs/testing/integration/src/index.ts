export { kafkaBrokers, mongoUri } from './addresses';
export { openDatabase, type OpenDatabase } from './database';
export { databaseName, uniqueName } from './names';
export { startOwnKafka, startOwnMongo } from './own-servers';
export type { Server } from './servers/server';
export { createTopics, readTopic, sendRecords, type NewTopic, type RawRecord, type ReadOptions, type RecordToSend } from './topics';
export { until, type UntilOptions } from './until';
