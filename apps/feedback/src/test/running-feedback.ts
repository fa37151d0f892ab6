import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { calendarTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, createLocalKeyPair, issueLocalToken, type Role } from '@index766/platform-auth';
import { TopicAdmin, createKafkaClient, planTopics } from '@index766/platform-kafka';
import { mongoUri, openDatabase, readTopic, sendRecords, startOwnKafka, until, type OpenDatabase, type RawRecord, type Server } from '@index766/testing-integration';
import { loadFeedbackConfig } from '../feedback.config';
import { startFeedback } from '../start-feedback';
import { october } from './spoken';

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
export const PARTITIONS = 3;

export interface Call {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service on a broker of its own, whose topics and groups no other spec shares. */
export class RunningFeedback {
  private keysGiven = 0;

  private constructor(
    readonly kafka: Server,
    private readonly keys: ReturnType<typeof createLocalKeyPair>,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    readonly documents: OpenDatabase,
    private members: readonly Awaited<ReturnType<typeof startFeedback>>[] = [],
  ) {}

  /**
   * @param changes of the environment
   * @param kafka stopped with it
   */
  static async start(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningFeedback> {
    const feedback = await RunningFeedback.open(database, changes, kafka);
    await feedback.startMember();
    return feedback;
  }

  /** Broker and database without a member. */
  static async open(database: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningFeedback> {
    kafka ??= await startOwnKafka();
    await createTopics(kafka.address);
    const folder = mkdtempSync(path.join(tmpdir(), 'feedback-'));
    const keys = createLocalKeyPair();
    writeFileSync(path.join(folder, 'local-key.pem'), keys.publicKeyPem);
    writeFileSync(path.join(folder, 'token-key'), 'a key of a test, 32 bytes long!!');
    const environment = {
      HTTP_PORT: '0', MONGO_URI: mongoUri(), MONGO_DATABASE: database, KAFKA_BROKERS: kafka.address, LOG_LEVEL: 'silent',
      AUTH_MODE: 'local', AUTH_LOCAL_KEY_FILE: path.join(folder, 'local-key.pem'), AUTH_ISSUER: LOCAL_ISSUER, AUTH_AUDIENCE: LOCAL_AUDIENCE,
      RATING_TOKEN_KEY_FILE: path.join(folder, 'token-key'), RATING_REQUESTS_PER_MINUTE: '100000', TOPIC_PARTITIONS: String(PARTITIONS),
      ...changes,
    };
    return new RunningFeedback(kafka, keys, folder, environment, await openDatabase(database, environment.MONGO_URI));
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

  private get app(): Awaited<ReturnType<typeof startFeedback>> {
    const [first] = this.members;
    if (first === undefined) throw new Error('no member runs');
    return first;
  }

  get(at: string, token?: string): Promise<Response> {
    return fetch(`${this.app.url}${at}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  }

  post(at: string, call: Call): Promise<Response> {
    return this.send('POST', at, call);
  }

  put(at: string, call: Call): Promise<Response> {
    return this.send('PUT', at, call);
  }

  /** A command under a key of its own, unless `headers` has one. */
  command(at: string, { token, body = {}, headers = {} }: Call): Promise<Response> {
    const key = `key-${(this.keysGiven += 1)}`;
    return this.post(at, { ...(token === undefined ? {} : { token }), body, headers: { 'Idempotency-Key': key, ...headers } });
  }

  /** A command that is done, with its answer. */
  async done<Answer>(at: string, call: Call): Promise<Answer> {
    const response = await this.command(at, call);
    if (response.status !== 200) throw new Error(`${at}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async shown<Answer = Readonly<Record<string, unknown>>>(at: string, token: string): Promise<Answer> {
    const response = await this.get(at, token);
    if (response.status !== 200) throw new Error(`GET ${at}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  private send(method: string, at: string, { token, body, headers = {} }: Call): Promise<Response> {
    return fetch(`${this.app.url}${at}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  /** Records of a topic without the watermarks among them. */
  async records(topic: string, key?: string): Promise<readonly RawRecord[]> {
    const records = await readTopic(topic, { brokers: this.brokers });
    return records.filter((record) => (key === undefined ? record.key !== 'watermark' : record.key === key));
  }

  /** Waits for so many records of a key; more than that is an error. Gives their kinds. */
  async untilKinds(topic: string, key: string, count: number): Promise<readonly string[]> {
    const records = await until(async () => {
      const found = await this.records(topic, key);
      return found.length >= count && found;
    }, { what: `${count} records of ${key}` });
    if (records.length > count) throw new Error(`${key} has ${records.length} records, more than ${count}`);
    return records.map(({ headers }) => (headers['ce_type'] ?? '').replace(/^feedback\.|\.v1$/g, ''));
  }

  /** Waits until nothing is on its way any more. */
  async untilSent(): Promise<void> {
    for (const collection of ['dossier_feedback', 'petitions']) {
      await until(
        async () => (await this.documents.db.collection(collection).countDocuments({ $or: [{ outboxAt: { $exists: true } }, { linksPending: true }] })) === 0,
        { what: `the outbox of ${collection} to empty` },
      );
    }
  }

  /** Puts a unit on the topic of the catalog, as that service does. */
  async unit(code: string, parent: string): Promise<void> {
    const at = october('01 00:00');
    const envelope = envelopeOf(unitTopic, { type: unitVersionedV1.type, occurredAt: at, recordedAt: at, subject: code, sequence: 1 });
    await sendRecords(unitTopic.name, [
      encodeRecord(envelope, { code, version: 1, name: code, level: 'COMMUNE' as const, parent, validFrom: '2025-01-01' }, unitVersionedV1),
    ], this.brokers);
  }

  /** One more member beside those that run. @param port 0 = a free one */
  async startMember(port = 0): Promise<void> {
    const member = await startFeedback(loadFeedbackConfig({ ...this.environment, HTTP_PORT: String(port) }));
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

async function createTopics(broker: string): Promise<void> {
  const admin = new TopicAdmin(createKafkaClient({ brokers: [broker], clientId: 'specs' }, SILENT));
  await admin.apply(planTopics(
    {
      topics: [dossierFeedbackTopic, petitionTopic, unitTopic, calendarTopic],
      groups: [{ group: 'feedback.reference', topics: [unitTopic.name, calendarTopic.name] }],
    },
    { dossierPartitions: PARTITIONS, replication: 1 },
  ));
}
