import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { calendarTopic, procedureTopic, unitTopic } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic, officerSeenTopic, sourceTopic } from '@index766/contracts-dossiers';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, createLocalKeyPair, issueLocalToken, type Role } from '@index766/platform-auth';
import { TopicAdmin, createKafkaClient, planTopics } from '@index766/platform-kafka';
import { mongoUri, openDatabase, startOwnKafka, type OpenDatabase, type Server } from '@index766/testing-integration';
import type { PushAnswer } from '../intake/push-answer';
import { loadDossiersConfig } from '../dossiers.config';
import { startDossiers } from '../start-dossiers';
import type { PushElement } from './pushes';

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
export const PARTITIONS = 3;

export interface Call {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service on a broker of its own, whose topics and groups no other spec shares. */
export class RunningDossiers {
  private constructor(
    readonly kafka: Server,
    private readonly keys: ReturnType<typeof createLocalKeyPair>,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    readonly documents: OpenDatabase,
    private members: readonly Awaited<ReturnType<typeof startDossiers>>[] = [],
  ) {}

  /**
   * @param changes of the environment
   * @param kafka stopped with it
   */
  static async start(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningDossiers> {
    const dossiers = await RunningDossiers.open(database, changes, kafka);
    await dossiers.startMember();
    return dossiers;
  }

  /** Broker and database without a member. */
  static async open(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningDossiers> {
    kafka ??= await startOwnKafka();
    await createTopics(kafka.address);
    const folder = mkdtempSync(path.join(tmpdir(), 'dossiers-'));
    const keys = createLocalKeyPair();
    writeFileSync(path.join(folder, 'local-key.pem'), keys.publicKeyPem);
    writeFileSync(path.join(folder, 'pseudonym-key'), 'a key of a test, 32 bytes long!!');
    const environment = {
      HTTP_PORT: '0', MONGO_URI: mongoUri(), MONGO_DATABASE: database, KAFKA_BROKERS: kafka.address, LOG_LEVEL: 'silent',
      AUTH_MODE: 'local', AUTH_LOCAL_KEY_FILE: path.join(folder, 'local-key.pem'), AUTH_ISSUER: LOCAL_ISSUER, AUTH_AUDIENCE: LOCAL_AUDIENCE,
      OFFICER_PSEUDONYM_KEY_FILE: path.join(folder, 'pseudonym-key'), TOPIC_PARTITIONS: String(PARTITIONS),
      ...changes,
    };
    return new RunningDossiers(kafka, keys, folder, environment, await openDatabase(database, environment.MONGO_URI));
  }

  get url(): string {
    return this.app.url;
  }

  get brokers(): readonly string[] {
    return [this.kafka.address];
  }

  tokenFor(roles: readonly Role[], units: readonly string[] = ['H44'], subject = 'H44'): Promise<string> {
    return issueLocalToken(this.keys.privateKeyPem, { roles, units, subject, lifetime: '1h' });
  }

  private get app(): Awaited<ReturnType<typeof startDossiers>> {
    const [first] = this.members;
    if (first === undefined) throw new Error('no member runs');
    return first;
  }

  get(at: string): Promise<Response> {
    return fetch(`${this.app.url}${at}`);
  }

  post(at: string, call: Call): Promise<Response> {
    return this.send('POST', at, call);
  }

  put(at: string, call: Call): Promise<Response> {
    return this.send('PUT', at, call);
  }

  private send(method: string, at: string, { token, body, headers = {} }: Call): Promise<Response> {
    return fetch(`${this.app.url}${at}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  /** Pushes elements of one service with the role `source`, or as a replay. */
  async push(elements: readonly PushElement[], { roles = ['source'], subject = 'H44' }: { readonly roles?: readonly Role[]; readonly subject?: string } = {}): Promise<PushAnswer> {
    const service = elements.some((element) => 'NgayBatDau' in element) ? 'CapNhatTienDoHoSoMC' : 'DongBoHoSoMC';
    const response = await this.post('/v1/national-sync', { token: await this.tokenFor(roles, ['H44'], subject), body: { service, data: elements } });
    if (response.status !== 200) throw new Error(`push answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as PushAnswer;
  }

  /** One more member beside those that run. @param port 0 = a free one */
  async startMember(port = 0): Promise<void> {
    const member = await startDossiers(loadDossiersConfig({ ...this.environment, HTTP_PORT: String(port) }));
    this.members = [...this.members, member];
  }

  async stopMembers(): Promise<void> {
    const { members } = this;
    this.members = [];
    await Promise.all(members.map((member) => member.close()));
  }

  async restart(): Promise<void> {
    await this.stopMembers();
    await this.startMember();
  }

  async stop(): Promise<void> {
    await this.stopMembers();
    await this.documents.close();
    await this.kafka.stop();
    rmSync(this.folder, { recursive: true });
  }
}

async function createTopics(broker: string): Promise<void> {
  const reference = [unitTopic, procedureTopic, calendarTopic];
  const admin = new TopicAdmin(createKafkaClient({ brokers: [broker], clientId: 'specs' }, SILENT));
  await admin.apply(planTopics(
    {
      topics: [dossierTopic, intakeTopic, officerSeenTopic, sourceTopic, ...reference],
      groups: [{ group: 'dossiers.reference', topics: reference.map(({ name }) => name) }],
    },
    { dossierPartitions: PARTITIONS, replication: 1 },
  ));
}
