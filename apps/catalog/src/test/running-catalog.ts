import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarTopic, officerTopic, procedureTopic, unitTopic } from '@index766/contracts-catalog';
import { officerSeenTopic } from '@index766/contracts-dossiers';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, createLocalKeyPair, issueLocalToken, type Role } from '@index766/platform-auth';
import type { RunningHttpApp } from '@index766/platform-http';
import { TopicAdmin, createKafkaClient, planTopics } from '@index766/platform-kafka';
import { databaseName, kafkaBrokers, mongoUri, uniqueName } from '@index766/testing-integration';

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

/** The real service on the servers of the run, with a database and a group of its own. Close it in afterAll. */
export class RunningCatalog {
  private constructor(
    readonly group: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly privateKey: string,
    private readonly folder: string,
    private app: RunningHttpApp,
  ) {}

  /**
   * @param spec `__filename`
   * @param brokers others than the run's
   * @param changes of the environment; default a group of its own
   */
  static async start(
    spec: string, brokers: readonly string[] = kafkaBrokers(), changes: Readonly<Record<string, string>> = {},
  ): Promise<RunningCatalog> {
    const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
    const keys = createLocalKeyPair();
    const keyFile = join(folder, 'key.pem');
    await writeFile(keyFile, keys.publicKeyPem);
    const group = changes['OFFICERS_GROUP'] ?? uniqueName('catalog.officers');
    await createTopicsOf(group, brokers);
    const environment: NodeJS.ProcessEnv = {
      HTTP_PORT: '0', MONGO_URI: mongoUri(), MONGO_DATABASE: databaseName(spec), KAFKA_BROKERS: brokers.join(','),
      AUTH_MODE: 'local', AUTH_LOCAL_KEY_FILE: keyFile, AUTH_ISSUER: LOCAL_ISSUER, AUTH_AUDIENCE: LOCAL_AUDIENCE,
      LOG_LEVEL: 'fatal', OFFICERS_GROUP: group, WATERMARK_INTERVAL_MS: '200',
      ...changes,
    };
    return new RunningCatalog(group, environment, keys.privateKeyPem, folder, await startCatalog(loadCatalogConfig(environment)));
  }

  get runtime(): CatalogRuntime {
    return this.app.app.get(CatalogRuntime);
  }

  get running(): RunningHttpApp {
    return this.app;
  }

  /** Stops the service and starts it again on the same database and group. */
  async restart(): Promise<void> {
    await this.app.close();
    this.app = await startCatalog(loadCatalogConfig(this.environment));
  }

  token(roles: readonly Role[], ...units: readonly string[]): Promise<string> {
    return issueLocalToken(this.privateKey, { roles, units, lifetime: '10m' });
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
    await this.app.close();
    await rm(this.folder, { recursive: true });
  }
}

/** Codes of a problem's parts. */
export function partCodes({ body }: Answer): readonly string[] {
  return ((body['errors'] ?? []) as { code: string }[]).map(({ code }) => code);
}

async function createTopicsOf(group: string, brokers: readonly string[]): Promise<void> {
  const manifest = {
    topics: [unitTopic, procedureTopic, calendarTopic, officerTopic, officerSeenTopic],
    groups: [{ group, topics: [officerSeenTopic.name] }],
  };
  const client = createKafkaClient({ brokers, clientId: 'specs' }, SILENT);
  await new TopicAdmin(client).apply(planTopics(manifest, { dossierPartitions: 3, replication: 1 }));
}
