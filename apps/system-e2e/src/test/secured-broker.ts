import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as aggregator from '@index766/contracts-aggregator';
import * as catalog from '@index766/contracts-catalog';
import * as digitization from '@index766/contracts-digitization';
import * as dossiers from '@index766/contracts-dossiers';
import { topicsIn, type TopicContract } from '@index766/contracts-envelope';
import * as feedback from '@index766/contracts-feedback';
import * as payments from '@index766/contracts-payments';
import { Publisher, createKafkaClient, type OutgoingRecord } from '@index766/platform-kafka';
import { readTopic, startSecuredKafka, type ServerProcess } from '@index766/testing-integration';
import { startApp } from './guarded-child';
import { resultOf, type OperatorResult } from './operator';
import { SERVICES } from './services';
import { SILENT } from './silent-log';
import type { SystemAccess } from './system-access';
import { plainEnvironment } from './workspace';

export const PUBLIC_TOPICS: readonly TopicContract[] = [aggregator, catalog, digitization, dossiers, feedback, payments]
  .flatMap(topicsIn).filter(({ visibility }) => visibility === 'public');

const CHUNK = 500;

/** A broker that asks for a login, with the topics and access rules of an installation. */
export class SecuredBroker {
  private constructor(
    private readonly server: ServerProcess<'broker'>, private readonly passwords: ReadonlyMap<string, string>, private readonly folder: string,
  ) {}

  static async start(): Promise<SecuredBroker> {
    const { server, passwords } = await startSecuredKafka(['broker', 'ops', 'consumer', ...SERVICES]);
    const folder = mkdtempSync(path.join(tmpdir(), 'index766-e2e-'));
    for (const [account, password] of passwords) writeFileSync(path.join(folder, account), password, { mode: 0o600 });
    const broker = new SecuredBroker(server, passwords, folder);
    await broker.makeTopics();
    return broker;
  }

  get address(): string {
    return this.server.address;
  }

  passwordFileOf(account: string): string {
    return path.join(this.folder, account);
  }

  loginOf(username: string): { readonly username: string; readonly password: string } {
    return { username, password: this.passwords.get(username) ?? '' };
  }

  /** Sends records as the account that may. */
  async send(account: string, records: readonly OutgoingRecord[]): Promise<void> {
    const client = createKafkaClient({ brokers: [this.address], clientId: account, sasl: this.loginOf(account) }, SILENT);
    const publisher = new Publisher({ client });
    for (let from = 0; from < records.length; from += CHUNK) await publisher.send(records.slice(from, from + CHUNK));
    await publisher.close();
  }

  /** Everything that lies in the public topics of a system, record by record as their producers sent it. Answers how many by topic. */
  async copyPublicTopics({ broker }: SystemAccess): Promise<ReadonlyMap<string, number>> {
    const copied = new Map<string, number>();
    for (const { name, producer } of PUBLIC_TOPICS) {
      const records = await readTopic(name, { brokers: [broker], timeoutMs: 60_000 });
      await this.send(producer, records.map(({ key, headers, value, partition }) => ({ topic: name, key, headers, value, partition })));
      copied.set(name, records.length);
    }
    return copied;
  }

  /** Runs an operator command that needs the broker alone, with an account. */
  operate(account: string, args: readonly string[]): Promise<OperatorResult> {
    return resultOf(startApp('ops', args, {
      ...plainEnvironment(), KAFKA_BROKERS: this.address, KAFKAJS_NO_PARTITIONER_WARNING: '1', LOG_LEVEL: 'warn', KAFKA_SASL_USERNAME: account,
      KAFKA_SASL_PASSWORD_FILE: this.passwordFileOf(account),
    }, ['pipe', 'pipe']));
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async makeTopics(): Promise<void> {
    const { code, stderr } = await this.operate('ops', ['topics', 'apply']);
    if (code !== 0) throw new Error(`making the topics ended with ${String(code)}: ${stderr}`);
  }
}
