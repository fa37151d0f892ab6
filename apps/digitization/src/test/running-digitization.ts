import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unitTopic } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, createLocalKeyPair, issueLocalToken, type Role } from '@index766/platform-auth';
import { TopicAdmin, createKafkaClient, planTopics } from '@index766/platform-kafka';
import { mongoUri, openDatabase, readTopic, startOwnKafka, until, type OpenDatabase, type RawRecord, type Server } from '@index766/testing-integration';
import { loadDigitizationConfig } from '../digitization.config';
import { startDigitization } from '../start-digitization';
import { DossierRecords } from './dossier-records';

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
export const PARTITIONS = 3;

export interface Call {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service on a broker of its own, whose topics and groups no other spec shares. */
export class RunningDigitization {
  readonly dossiers: DossierRecords;

  private constructor(
    readonly kafka: Server,
    private readonly keys: ReturnType<typeof createLocalKeyPair>,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    readonly documents: OpenDatabase,
    private members: readonly Awaited<ReturnType<typeof startDigitization>>[] = [],
  ) {
    this.dossiers = new DossierRecords([kafka.address]);
  }

  /**
   * @param changes of the environment
   * @param kafka stopped with it
   */
  static async start(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningDigitization> {
    const digitization = await RunningDigitization.open(database, changes, kafka);
    await digitization.startMember();
    return digitization;
  }

  /** Broker and database without a member. */
  static async open(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningDigitization> {
    kafka ??= await startOwnKafka();
    await createTopics(kafka.address);
    const folder = mkdtempSync(path.join(tmpdir(), 'digitization-'));
    const keys = createLocalKeyPair();
    writeFileSync(path.join(folder, 'local-key.pem'), keys.publicKeyPem);
    const environment = {
      HTTP_PORT: '0', MONGO_URI: mongoUri(), MONGO_DATABASE: database, KAFKA_BROKERS: kafka.address, LOG_LEVEL: 'silent',
      AUTH_MODE: 'local', AUTH_LOCAL_KEY_FILE: path.join(folder, 'local-key.pem'), AUTH_ISSUER: LOCAL_ISSUER, AUTH_AUDIENCE: LOCAL_AUDIENCE,
      TOPIC_PARTITIONS: String(PARTITIONS),
      ...changes,
    };
    return new RunningDigitization(kafka, keys, folder, environment, await openDatabase(database, environment.MONGO_URI));
  }

  get url(): string {
    return this.app.url;
  }

  get brokers(): readonly string[] {
    return [this.kafka.address];
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

  /** What GET shows of a dossier's papers. */
  async shown(dossier: string): Promise<Shown> {
    const response = await this.get(`/v1/dossiers/${dossier}/documents`, await this.tokenFor(['desk']));
    if (response.status !== 200) throw new Error(`GET answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Shown;
  }

  /** Makes a dossier known and waits until it is. */
  async known(dossier: string): Promise<void> {
    await this.dossiers.received(dossier);
    const token = await this.tokenFor(['desk']);
    await until(async () => (await this.get(`/v1/dossiers/${dossier}/documents`, token)).status === 200, { what: `${dossier} to be known` });
  }

  /** Records on the topic of digitization, without the watermarks among them. */
  async records(dossier?: string): Promise<readonly RawRecord[]> {
    const records = await readTopic(documentTopic.name, { brokers: this.brokers });
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

  /** While no member runs: topics are read from their beginning by the next one. */
  async forgetPositions(): Promise<void> {
    await adminOf(this.kafka.address).deleteGroups(['digitization.intake', 'digitization.reference']);
  }

  /** One more member beside those that run. @param port 0 = a free one */
  async startMember(port = 0): Promise<void> {
    const member = await startDigitization(loadDigitizationConfig({ ...this.environment, HTTP_PORT: String(port) }));
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

  private get app(): Awaited<ReturnType<typeof startDigitization>> {
    const [first] = this.members;
    if (first === undefined) throw new Error('no member runs');
    return first;
  }
}

type Row = Readonly<Record<string, unknown>>;

export interface Shown {
  readonly unit: string;
  readonly standing: Readonly<Record<string, boolean>>;
  readonly components: readonly Row[];
  readonly populationData: readonly Row[];
  readonly results: readonly Row[];
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly occurredAt: string; readonly body: Row }[];
  readonly denied: readonly Row[];
  readonly missingIntakeRecords: readonly number[];
}

function adminOf(broker: string): TopicAdmin {
  return new TopicAdmin(createKafkaClient({ brokers: [broker], clientId: 'specs' }, SILENT));
}

async function createTopics(broker: string): Promise<void> {
  await adminOf(broker).apply(planTopics(
    {
      topics: [documentTopic, dossierTopic, intakeTopic, unitTopic],
      groups: [
        { group: 'digitization.intake', topics: [intakeTopic.name, dossierTopic.name] }, { group: 'digitization.reference', topics: [unitTopic.name] },
      ],
    },
    { dossierPartitions: PARTITIONS, replication: 1 },
  ));
}
