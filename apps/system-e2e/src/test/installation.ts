import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { LOCAL_AUDIENCE, LOCAL_ISSUER } from '@index766/platform-auth';
import { freePort, mongoUri, startOwnKafka, uniqueName, type Server } from '@index766/testing-integration';
import { operate } from './operator';
import { ServiceProcess } from './service-process';
import { SERVICES, type SecretFiles, type ServiceName, type SystemAccess } from './system-access';
import { plainEnvironment, testStateFolder } from './workspace';

export interface InstallationOptions {
  /** Names the folder of its logs, which are kept until the next run. */
  readonly name: string;
  /** A broker that no other installation uses: topics and groups have fixed names. */
  readonly broker: string;
  /** The same secrets give the same pseudonyms. */
  readonly secrets: SecretFiles;
  /** Time zone of the processes; nothing may depend on it. */
  readonly zone?: string;
}

const HOST = '127.0.0.1';

/** All services as separate processes of the build, on topics, databases and ports of their own. */
export class Installation {
  private constructor(
    readonly access: SystemAccess,
    private readonly processes: Readonly<Record<ServiceName, ServiceProcess>>,
    private readonly ownKafka: Server | undefined,
    private readonly logs: string,
    private readonly zone: string,
  ) {}

  private readonly added: ServiceProcess[] = [];

  /** Starts one that shares nothing but the database server and, if the same are given, secrets: its broker stops with it. */
  static async startApart(options: Omit<InstallationOptions, 'broker'>): Promise<Installation> {
    const kafka = await startOwnKafka();
    try {
      return await Installation.start({ ...options, broker: kafka.address }, kafka);
    } catch (error) {
      await kafka.stop();
      throw error;
    }
  }

  /** Makes the topics and starts the services; resolves when all of them are ready. */
  static async start({ name: folder, broker, secrets, zone = 'UTC' }: InstallationOptions, ownKafka?: Server): Promise<Installation> {
    const ports = { catalog: await freePort(), dossiers: await freePort(), aggregator: await freePort() };
    const access: SystemAccess = {
      broker,
      secrets,
      urls: forEachService((name) => `http://${HOST}:${ports[name]}`),
      databases: forEachService((name) => uniqueName(`e2e-${name}`)),
    };
    await operate(access, ['topics', 'apply']);
    const logs = testStateFolder('system', folder);
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    const processes = forEachService((name) => new ServiceProcess({
      name, url: access.urls[name], logFile: path.join(logs, `${name}.log`),
      environment: { ...serviceEnvironment(name, access), HTTP_PORT: String(ports[name]), TZ: zone },
    }));
    const installation = new Installation(access, processes, ownKafka, logs, zone);
    for (const name of SERVICES) processes[name].start();
    try {
      await Promise.all(SERVICES.map((name) => processes[name].untilReady()));
    } catch (error) {
      await installation.stopServices();
      throw error;
    }
    return installation;
  }

  /** One more member of a service beside the first, with an address of its own; resolves when it is ready. */
  async addMember(name: ServiceName): Promise<{ readonly url: string }> {
    const port = await freePort();
    const url = `http://${HOST}:${port}`;
    const member = new ServiceProcess({
      name, url, logFile: path.join(this.logs, `${name}-${this.added.length + 2}.log`),
      environment: { ...serviceEnvironment(name, this.access), HTTP_PORT: String(port), TZ: this.zone },
    });
    this.added.push(member);
    member.start();
    await member.untilReady();
    return { url };
  }

  /** Ends one service without warning. */
  kill(name: ServiceName): Promise<void> {
    return this.processes[name].kill();
  }

  /** Starts one service again, with the ports and the database that it had; resolves when it is ready. */
  async startAgain(name: ServiceName): Promise<void> {
    this.processes[name].start();
    await this.processes[name].untilReady();
  }

  /** Rejects when a service had ended by itself. */
  async stop(): Promise<void> {
    const ends = await this.stopServices();
    await this.ownKafka?.stop();
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private stopServices(): Promise<readonly PromiseSettledResult<void>[]> {
    return Promise.allSettled([...this.added, ...SERVICES.map((name) => this.processes[name])].map((process) => process.stop()));
  }
}

function forEachService<T>(make: (name: ServiceName) => T): Record<ServiceName, T> {
  return { catalog: make('catalog'), dossiers: make('dossiers'), aggregator: make('aggregator') };
}

/** As the start scripts give it (tools/up/environment.mjs). */
function serviceEnvironment(name: ServiceName, { broker, databases, secrets }: SystemAccess): Record<string, string> {
  return {
    ...plainEnvironment(),
    HTTP_HOST: HOST,
    MONGO_URI: mongoUri(),
    MONGO_DATABASE: databases[name],
    KAFKA_BROKERS: broker,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    AUTH_MODE: 'local',
    AUTH_LOCAL_KEY_FILE: secrets.verifyingKey,
    AUTH_ISSUER: LOCAL_ISSUER,
    AUTH_AUDIENCE: LOCAL_AUDIENCE,
    LOG_LEVEL: 'info',
    ...(name === 'dossiers' ? { OFFICER_PSEUDONYM_KEY_FILE: secrets.pseudonymKey } : {}),
  };
}
