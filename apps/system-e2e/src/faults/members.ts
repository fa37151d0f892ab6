import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { freePort, until } from '@index766/testing-integration';
import { HOST, serviceEnvironment } from '../test/service-environment';
import { ServiceProcess, isReady } from '../test/service-process';
import { SERVICES, type SecretFiles, type ServiceName } from '../test/services';
import { testStateFolder } from '../test/workspace';
import { memberName, serviceOf, type MemberName, type StoreName } from './fault';

export interface MemberSettings {
  /** Names the folder of their logs. */
  readonly name: string;
  readonly secrets: SecretFiles;
  readonly databases: Readonly<Record<ServiceName, string>>;
  /** How a member reaches a store: `host:port` of the broker, the whole address of the database. */
  readonly addressOf: (member: MemberName, store: StoreName) => string;
}

/** A member that ended although nothing had told it to. */
export interface SelfEnded {
  readonly member: MemberName;
  readonly how: string;
}

interface Running {
  readonly service: ServiceProcess;
  readonly url: string;
}

const READY_WITHIN_MS = 120_000;
const STARTED_AGAIN_AFTER_MS = 500;

/**
 * Processes of all services, one to three of each. One that ends by itself is started again, as whatever runs services
 * does; it is remembered.
 */
export class Members {
  private readonly running = new Map<MemberName, Running>();
  private readonly ends: SelfEnded[] = [];

  private constructor(private readonly settings: MemberSettings, private readonly logs: string) {}

  /** Starts the first member of each service; resolves when all are ready. */
  static async start(settings: MemberSettings): Promise<Members> {
    const logs = testStateFolder('system', settings.name);
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    const members = new Members(settings, logs);
    try {
      for (const service of SERVICES) await members.join(memberName(service, 1));
      await members.untilReady();
    } catch (error) {
      await members.stop();
      throw error;
    }
    return members;
  }

  /** Addresses of the members of a service that were not told to end, whether they can work or not. */
  urlsOf(service: ServiceName): readonly string[] {
    return [...this.running].filter(([member]) => serviceOf(member) === service).map(([, { url }]) => url);
  }

  selfEnded(): readonly SelfEnded[] {
    return this.ends;
  }

  async join(member: MemberName): Promise<void> {
    const port = await freePort();
    const url = `http://${HOST}:${port}`;
    const { settings, logs } = this;
    const service = new ServiceProcess({
      name: serviceOf(member), url, logFile: path.join(logs, `${member}.log`),
      environment: {
        ...serviceEnvironment(serviceOf(member), {
          ...settings, broker: settings.addressOf(member, 'broker'), mongo: settings.addressOf(member, 'database'),
        }),
        HTTP_PORT: String(port),
        TZ: 'UTC',
      },
      onEndedByItself: (how) => {
        this.ends.push({ member, how });
        setTimeout(() => {
          if (this.running.get(member)?.service === service && !service.isAlive) service.start();
        }, STARTED_AGAIN_AFTER_MS);
      },
    });
    this.running.set(member, { service, url });
    service.start();
  }

  /** Ends a member in order; rejects when it does not end in time. */
  async leave(member: MemberName): Promise<void> {
    const { service } = this.get(member);
    this.running.delete(member);
    if (service.isAlive) await service.stop();
  }

  /** Kills a member for good. */
  async vanish(member: MemberName): Promise<void> {
    const { service } = this.get(member);
    this.running.delete(member);
    if (service.isAlive) await service.kill();
  }

  /** Kills a member; the answer starts it again. */
  async kill(member: MemberName): Promise<() => void> {
    const { service } = this.get(member);
    if (service.isAlive) await service.kill();
    return () => {
      if (!service.isAlive) service.start();
    };
  }

  /** Stops a member where it stands; the answer lets it go on. */
  pause(member: MemberName): () => void {
    const { service } = this.get(member);
    service.freeze();
    return () => {
      service.thaw();
    };
  }

  /** Resolves when every member says that it can work; rejects with the name of one that does not. */
  async untilReady(): Promise<void> {
    for (const [member, { url }] of this.running) {
      await until(() => isReady(url), { timeoutMs: READY_WITHIN_MS, everyMs: 100, what: `${member} to be ready` });
    }
  }

  /** Rejects when one does not end in time. */
  async stop(): Promise<void> {
    const ends = await Promise.allSettled([...this.running.keys()].map((member) => this.leave(member)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private get(member: MemberName): Running {
    const found = this.running.get(member);
    if (found === undefined) throw new Error(`${member} is not there`);
    return found;
  }
}
