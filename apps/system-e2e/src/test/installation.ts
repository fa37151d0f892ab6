import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { freePort, mongoUri, startOwnKafka, uniqueName, type Server } from '@index766/testing-integration';
import { operate } from './operator';
import { HOST, serviceEnvironment } from './service-environment';
import { ServiceProcess } from './service-process';
import { SERVICES, forEachService, type SecretFiles, type ServiceName } from './services';
import type { SystemAccess } from './system-access';
import { testStateFolder } from './workspace';

export interface InstallationOptions {
  /** Names the folder of its logs, which are kept until the next run. */
  readonly name: string;
  /** A broker that no other installation uses: topics and groups have fixed names. */
  readonly broker: string;
  /** The same secrets give the same pseudonyms. */
  readonly secrets: SecretFiles;
  /** Time zone of the processes; nothing may depend on it. */
  readonly zone?: string;
  /** A database server of its own instead of the run's. */
  readonly mongo?: string;
  /** What happens when the topics are there and no service has started. */
  readonly prepare?: (access: SystemAccess) => Promise<void>;
  /** More of the processes' environment, for all services. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** All services as separate processes of the build, on topics, databases and ports of their own. */
export class Installation {
  private readonly further: ServiceProcess[] = [];

  private constructor(
    readonly access: SystemAccess,
    private readonly processes: Readonly<Record<ServiceName, ServiceProcess>>,
    private readonly ownKafka: Server | undefined,
    private readonly makeProcess: (name: ServiceName, label: string, port: number, environment: Readonly<Record<string, string>>) => ServiceProcess,
  ) {}

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
  static async start(
    { name: folder, broker, secrets, zone = 'UTC', mongo = mongoUri(), prepare, environment = {} }: InstallationOptions, ownKafka?: Server,
  ): Promise<Installation> {
    const free = await Promise.all(SERVICES.map(() => freePort()));
    const ports = forEachService((service) => free[SERVICES.indexOf(service)] ?? 0);
    const access: SystemAccess = {
      broker,
      mongo,
      secrets,
      urls: forEachService((name) => `http://${HOST}:${ports[name]}`),
      databases: forEachService((name) => uniqueName(`e2e-${name}`)),
    };
    await operate(access, ['topics', 'apply']);
    await prepare?.(access);
    const logs = testStateFolder('system', folder);
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    const makeProcess = (name: ServiceName, label: string, port: number, more: Readonly<Record<string, string>>) => new ServiceProcess({
      name, url: `http://${HOST}:${port}`, logFile: path.join(logs, `${label}.log`),
      environment: { ...serviceEnvironment(name, access), HTTP_PORT: String(port), TZ: zone, ...environment, ...more },
    });
    const processes = forEachService((name) => makeProcess(name, name, ports[name], {}));
    const installation = new Installation(access, processes, ownKafka, makeProcess);
    for (const name of SERVICES) processes[name].start();
    try {
      await Promise.all(SERVICES.map((name) => processes[name].untilReady()));
    } catch (error) {
      await installation.stopServices();
      throw error;
    }
    return installation;
  }

  /** The first member of a service. */
  first(name: ServiceName): ServiceProcess {
    return this.processes[name];
  }

  /** All members of a service that run, the first one first. */
  members(name: ServiceName): readonly ServiceProcess[] {
    return [this.processes[name], ...this.further].filter((member) => member.name === name && member.isRunning);
  }

  /** One more member of a service, on a port of its own; resolves when it is ready. */
  async join(name: ServiceName, environment: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
    const place = this.further.filter((member) => member.name === name).length + 2;
    const member = this.makeProcess(name, `${name}-${place}`, await freePort(), environment);
    this.further.push(member);
    member.start();
    await member.untilReady();
    return member;
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
    const running = SERVICES.flatMap((name) => this.members(name));
    return Promise.allSettled(running.map((member) => member.stop()));
  }
}
