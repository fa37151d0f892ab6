import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unitTopic } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, createLocalKeyPair, issueLocalToken, type Role } from '@index766/platform-auth';
import { TopicAdmin, createKafkaClient, planTopics } from '@index766/platform-kafka';
import { mongoUri, openDatabase, readTopic, startOwnKafka, until, type OpenDatabase, type RawRecord, type Server } from '@index766/testing-integration';
import { loadPaymentsConfig } from '../payments.config';
import { signEvent } from '../providers/event-signature';
import { startPayments } from '../start-payments';
import { DossierRecords } from './dossier-records';

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
export const PARTITIONS = 3;

export const BANK_A = { name: 'bank-a', channel: 'national-portal', keys: ['a key of bank a, for specs alone!', 'the next key of bank a, for specs'] } as const;
export const BANK_B = { name: 'bank-b', channel: 'province-gateway', keys: ['a key of bank b, for specs alone!'] } as const;

export interface Call {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Signing {
  readonly provider?: string;
  readonly key?: string;
  /** Seconds since 1970. */
  readonly timestamp?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** The service on a broker of its own, whose topics and groups no other spec shares. */
export class RunningPayments {
  readonly dossiers: DossierRecords;

  private constructor(
    readonly kafka: Server,
    private readonly keys: ReturnType<typeof createLocalKeyPair>,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    readonly documents: OpenDatabase,
    private members: readonly Awaited<ReturnType<typeof startPayments>>[] = [],
  ) {
    this.dossiers = new DossierRecords([kafka.address]);
  }

  /**
   * @param changes of the environment
   * @param kafka stopped with it
   */
  static async start(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningPayments> {
    const payments = await RunningPayments.open(database, changes, kafka);
    await payments.startMember();
    return payments;
  }

  /** Broker and database without a member. */
  static async open(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningPayments> {
    kafka ??= await startOwnKafka();
    await createTopics(kafka.address);
    const folder = mkdtempSync(path.join(tmpdir(), 'payments-'));
    const keys = createLocalKeyPair();
    writeFileSync(path.join(folder, 'local-key.pem'), keys.publicKeyPem);
    writeFileSync(path.join(folder, 'providers.json'), JSON.stringify([BANK_A, BANK_B]));
    const environment = {
      HTTP_PORT: '0', MONGO_URI: mongoUri(), MONGO_DATABASE: database, KAFKA_BROKERS: kafka.address, LOG_LEVEL: 'silent',
      AUTH_MODE: 'local', AUTH_LOCAL_KEY_FILE: path.join(folder, 'local-key.pem'), AUTH_ISSUER: LOCAL_ISSUER, AUTH_AUDIENCE: LOCAL_AUDIENCE,
      PAYMENT_PROVIDERS_FILE: path.join(folder, 'providers.json'), TOPIC_PARTITIONS: String(PARTITIONS),
      ...changes,
    };
    return new RunningPayments(kafka, keys, folder, environment, await openDatabase(database, environment.MONGO_URI));
  }

  get url(): string {
    return this.app.url;
  }

  get brokers(): readonly string[] {
    return [this.kafka.address];
  }

  private get app(): Awaited<ReturnType<typeof startPayments>> {
    const [first] = this.members;
    if (first === undefined) throw new Error('no member runs');
    return first;
  }

  tokenFor(roles: readonly Role[], units: readonly string[] = ['H44'], subject = 'one-of-H44'): Promise<string> {
    return issueLocalToken(this.keys.privateKeyPem, { roles, units, subject, lifetime: '1h' });
  }

  get(at: string, token?: string): Promise<Response> {
    return fetch(`${this.app.url}${at}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  }

  post(at: string, { token, body, headers = {} }: Call): Promise<Response> {
    return fetch(`${this.app.url}${at}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  /** Sends an event as its provider does, signed now with the first key unless said otherwise. */
  report(event: unknown, { provider = BANK_A.name, key = BANK_A.keys[0], timestamp = secondsOf(Date.now()), headers = {} }: Signing = {}): Promise<Response> {
    const body = typeof event === 'string' ? event : JSON.stringify(event);
    const all: Readonly<Record<string, string | undefined>> = {
      'content-type': 'application/json', 'X-Signature-Timestamp': timestamp, 'X-Signature': signEvent(key, timestamp, Buffer.from(body)), ...headers,
    };
    return fetch(`${this.app.url}/v1/providers/${provider}/events`, {
      method: 'POST', body, headers: Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])),
    });
  }

  /** What GET shows of a dossier's money. */
  async shown(dossier: string): Promise<Shown> {
    const response = await this.get(`/v1/dossiers/${dossier}/payments`, await this.tokenFor(['desk']));
    if (response.status !== 200) throw new Error(`GET answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Shown;
  }

  /** Makes a dossier known and waits until it is. */
  async known(dossier: string): Promise<void> {
    await this.dossiers.received(dossier);
    const token = await this.tokenFor(['desk']);
    await until(async () => (await this.get(`/v1/dossiers/${dossier}/payments`, token)).status === 200, { what: `${dossier} to be known` });
  }

  /** Records on the topic of payments, without the watermarks among them. */
  async records(dossier?: string): Promise<readonly RawRecord[]> {
    const records = await readTopic(paymentTopic.name, { brokers: [this.kafka.address] });
    return records.filter(({ key }) => (dossier === undefined ? key !== 'watermark' : key === dossier));
  }

  async untilRecords(dossier: string, count: number): Promise<readonly RawRecord[]> {
    const records = await until(async () => {
      const found = await this.records(dossier);
      return found.length >= count && found;
    }, { what: `${count} records of ${dossier}` });
    if (records.length > count) throw new Error(`${dossier} has ${records.length} records, more than ${count}`);
    return records;
  }

  async metric(name: string): Promise<readonly string[]> {
    return (await (await this.get('/metrics')).text()).split('\n').filter((line) => line.startsWith(name));
  }

  /** One more member beside those that run. @param port 0 = a free one */
  async startMember(port = 0): Promise<void> {
    const member = await startPayments(loadPaymentsConfig({ ...this.environment, HTTP_PORT: String(port) }));
    this.members = [...this.members, member];
  }

  async stopMembers(): Promise<void> {
    const { members } = this;
    this.members = [];
    await Promise.all(members.map((member) => member.close()));
  }

  async stop(): Promise<void> {
    await this.stopMembers();
    await this.documents.close();
    await this.kafka.stop();
    rmSync(this.folder, { recursive: true });
  }
}

export interface Shown {
  readonly unit: string;
  readonly standing: Readonly<Record<string, unknown>>;
  readonly fees: readonly Readonly<Record<string, unknown>>[];
  readonly payments: readonly Readonly<Record<string, unknown>>[];
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly occurredAt: string; readonly body: Readonly<Record<string, unknown>> }[];
  readonly conflicts: readonly unknown[];
  readonly parked: readonly { readonly event: string; readonly reason: string }[];
  readonly missingIntakeRecords: readonly number[];
}

export function secondsOf(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1_000));
}

async function createTopics(broker: string): Promise<void> {
  const admin = new TopicAdmin(createKafkaClient({ brokers: [broker], clientId: 'specs' }, SILENT));
  await admin.apply(planTopics(
    {
      topics: [paymentTopic, dossierTopic, intakeTopic, unitTopic],
      groups: [
        { group: 'payments.intake', topics: [intakeTopic.name, dossierTopic.name] }, { group: 'payments.reference', topics: [unitTopic.name] },
      ],
    },
    { dossierPartitions: PARTITIONS, replication: 1 },
  ));
}
