import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  decisionTopic, editionTopic, lateOfficersTopic, latenessTopic, markTopic, unitScoreLatestTopic,
} from '@index766/contracts-aggregator';
import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, createLocalKeyPair, issueLocalToken, type Role } from '@index766/platform-auth';
import type { RunningHttpApp } from '@index766/platform-http';
import { TopicAdmin, createKafkaClient, planTopics } from '@index766/platform-kafka';
import { mongoUri, startOwnKafka, type Server } from '@index766/testing-integration';

import { loadAggregatorConfig } from '../aggregator.config';
import { LEDGER_TOPICS } from '../ledger';
import { startAggregator } from '../start-aggregator';

export const PARTITIONS = 3;
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** An aggregator on a broker of its own, whose groups and topics no other spec shares. */
export interface RunningAggregator {
  readonly kafka: Server;
  readonly brokers: readonly string[];
  url(): string;
  restart(): Promise<void>;
  get(path: string, token?: string): Promise<Response>;
  tokenFor(roles: readonly Role[], units: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** A broker with the topics, and secrets: what members are started on. */
export interface PreparedAggregator extends Pick<RunningAggregator, 'kafka' | 'brokers' | 'tokenFor'> {
  /**
   * @param port 0 = a free one
   * @param changes of the environment, beside those of all members
   */
  startMember(port?: number, changes?: Readonly<Record<string, string>>): Promise<RunningHttpApp>;
  /** After the members have stopped. */
  close(): Promise<void>;
}

/**
 * @param changes of the environment
 * @param givenKafka default one of its own, stopped with it
 */
export async function prepareAggregator(
  database: string, changes: Readonly<Record<string, string>> = {}, givenKafka?: Server,
): Promise<PreparedAggregator> {
  const kafka = givenKafka ?? await startOwnKafka();
  await createTopics(kafka.address);
  const folder = mkdtempSync(path.join(tmpdir(), 'aggregator-'));
  const keys = createLocalKeyPair();
  const keyFile = path.join(folder, 'local-key.pem');
  writeFileSync(keyFile, keys.publicKeyPem);
  const environment = {
    MONGO_URI: mongoUri(), MONGO_DATABASE: database, KAFKA_BROKERS: kafka.address, LOG_LEVEL: 'silent',
    AUTH_MODE: 'local', AUTH_LOCAL_KEY_FILE: keyFile, AUTH_ISSUER: LOCAL_ISSUER, AUTH_AUDIENCE: LOCAL_AUDIENCE,
    SCORES_MERGE_GAP_MS: '10', TOPIC_PARTITIONS: String(PARTITIONS), ...changes,
  };
  return {
    kafka,
    brokers: [kafka.address],
    startMember: (port = 0, own = {}) => startAggregator(loadAggregatorConfig({ ...environment, HTTP_PORT: String(port), ...own })),
    tokenFor: (roles, units) => issueLocalToken(keys.privateKeyPem, { roles, units, lifetime: '1h' }),
    close: async () => {
      if (givenKafka === undefined) await kafka.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One member of it; as `prepareAggregator`. */
export async function runAggregator(
  database: string, changes: Readonly<Record<string, string>> = {}, givenKafka?: Server,
): Promise<RunningAggregator> {
  const prepared = await prepareAggregator(database, changes, givenKafka);
  let app = await prepared.startMember();
  return {
    ...prepared,
    url: () => app.url,
    restart: async () => {
      await app.close();
      app = await prepared.startMember();
    },
    get: (at, token) => fetch(`${app.url}${at}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    stop: async () => {
      await app.close();
      await prepared.close();
    },
  };
}

async function createTopics(broker: string): Promise<void> {
  const reference = [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic];
  const facts = LEDGER_TOPICS.filter(({ name }) => name !== decisionTopic.name);
  const manifest = {
    topics: [...facts, markTopic, decisionTopic, latenessTopic, editionTopic, lateOfficersTopic, unitScoreLatestTopic, ...reference],
    groups: [
      { group: 'aggregator.reference', topics: reference.map(({ name }) => name) },
      { group: 'aggregator.ledger', topics: [...facts, decisionTopic].map(({ name }) => name) },
      { group: 'aggregator.scores', topics: [markTopic.name] },
    ],
  };
  const admin = new TopicAdmin(createKafkaClient({ brokers: [broker], clientId: 'specs' }, SILENT));
  await admin.apply(planTopics(manifest, { dossierPartitions: PARTITIONS, replication: 1 }));
}
