import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { officerSeenTopic } from '@index766/contracts-dossiers';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, createLocalKeyPair, issueLocalToken, type Role } from '@index766/platform-auth';
import type { RunningHttpApp } from '@index766/platform-http';
import { TopicAdmin, createKafkaClient, planTopics } from '@index766/platform-kafka';
import { databaseName, mongoUri, startOwnKafka, uniqueName, type Server } from '@index766/testing-integration';

import { CatalogRuntime } from '../catalog.runtime';
import { loadCatalogConfig } from '../catalog.config';
import { startCatalog } from '../start-catalog';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sending {
  readonly token?: string;
  readonly body?: unknown;
  readonly csv?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The real service on a broker of its own, with a database and a group of its own. Close it in afterAll. */
export class RunningCatalog {
  private constructor(
    readonly group: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly privateKey: string,
    private readonly folder: string,
    readonly kafka: Server,
    private members: readonly RunningHttpApp[] = [],
  ) {}

  /**
   * @param spec `__filename`
   * @param changes of the environment; default a group of its own
   * @param kafka stopped with it
   */
  static async start(spec: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningCatalog> {
    const catalog = await RunningCatalog.open(spec, changes, kafka);
    await catalog.startMember();
    return catalog;
  }

  /**
   * Broker and database without a member. The broker is its own: documents and topics of a service belong together, and
   * the catalogs of two specs would find each other's records.
   */
  static async open(spec: string, changes: Readonly<Record<string, string>> = {}, kafka?: Server): Promise<RunningCatalog> {
    kafka ??= await startOwnKafka();
    const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
    const keys = createLocalKeyPair();
    const keyFile = join(folder, 'key.pem');
    await writeFile(keyFile, keys.publicKeyPem);
    const group = changes['OFFICERS_GROUP'] ?? uniqueName('catalog.officers');
    await createTopicsOf(group, [kafka.address]);
    const environment: NodeJS.ProcessEnv = {
      HTTP_PORT: '0', MONGO_URI: mongoUri(), MONGO_DATABASE: databaseName(spec), KAFKA_BROKERS: kafka.address,
      AUTH_MODE: 'local', AUTH_LOCAL_KEY_FILE: keyFile, AUTH_ISSUER: LOCAL_ISSUER, AUTH_AUDIENCE: LOCAL_AUDIENCE,
      LOG_LEVEL: 'fatal', OFFICERS_GROUP: group, WATERMARK_INTERVAL_MS: '200',
      ...changes,
    };
    return new RunningCatalog(group, environment, keys.privateKeyPem, folder, kafka);
  }

  /** One more member beside those that run. @param port 0 = a free one */
  async startMember(port = 0): Promise<void> {
    const member = await startCatalog(loadCatalogConfig({ ...this.environment, HTTP_PORT: String(port) }));
    this.members = [...this.members, member];
  }

  async stopMembers(): Promise<void> {
    const { members } = this;
    this.members = [];
    await Promise.all(members.map((member) => member.close()));
  }

  private get app(): RunningHttpApp {
    const [first] = this.members;
    if (first === undefined) throw new Error('no member runs');
    return first;
  }

  get runtime(): CatalogRuntime {
    return this.app.app.get(CatalogRuntime);
  }

  get running(): RunningHttpApp {
    return this.app;
  }

  /** Stops the service and starts it again on the same database and group. */
  async restart(): Promise<void> {
    await this.stopMembers();
    await this.startMember();
  }

  token(roles: readonly Role[], ...units: readonly string[]): Promise<string> {
    return issueLocalToken(this.privateKey, { roles, units, lifetime: '10m' });
  }

  tokenOf(subject: string, roles: readonly Role[], ...units: readonly string[]): Promise<string> {
    return issueLocalToken(this.privateKey, { roles, units, subject, lifetime: '10m' });
  }

  async send(method: string, path: string, { token, body, csv, headers = {} }: Sending = {}): Promise<Answer> {
    const response = await fetch(`${this.app.url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(csv !== undefined && { 'Content-Type': 'text/csv' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(csv !== undefined && { body: csv }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: (type.includes('json') ? JSON.parse(text) : { text }) as Answer['body'] };
  }

  get(path: string, token?: string): Promise<Answer> {
    return this.send('GET', path, token === undefined ? {} : { token });
  }

  async close(): Promise<void> {
    await this.stopMembers();
    await this.kafka.stop();
    await rm(this.folder, { recursive: true });
  }
}

/** Codes of a problem's parts. */
export function partCodes({ body }: Answer): readonly string[] {
  return ((body['errors'] ?? []) as { code: string }[]).map(({ code }) => code);
}

async function createTopicsOf(group: string, brokers: readonly string[]): Promise<void> {
  const manifest = {
    topics: [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic, officerSeenTopic],
    groups: [{ group, topics: [officerSeenTopic.name] }],
  };
  const client = createKafkaClient({ brokers, clientId: 'specs' }, SILENT);
  await new TopicAdmin(client).apply(planTopics(manifest, { dossierPartitions: 3, replication: 1 }));
}
