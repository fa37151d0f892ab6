import { freePort, startToxiproxy, type ListenerBehind, type ServerProcess } from '@index766/testing-integration';
import { Toxiproxy, type ICreateToxicBody, type Proxy, type ToxicAttributeTypes, type ToxicDirection } from 'toxiproxy-node-client';
import { HOST } from '../test/service-environment';
import { SERVICES } from '../test/services';
import { MOST_MEMBERS, STORES, memberName, type Direction, type Fault, type Link, type MemberName, type StoreName } from './fault';

export type LinkFault = Extract<Fault, { readonly link: Link }>;
type Undo = () => Promise<void>;
type Toxic = Pick<ICreateToxicBody<ToxicAttributeTypes>, 'type' | 'attributes'>;

/** Ports of one link: what the member connects to, and where the store listens for it. */
interface Ports {
  readonly proxy: number;
  readonly store: number;
}

const ALL_MEMBERS: readonly MemberName[] = SERVICES.flatMap((service) =>
  Array.from({ length: MOST_MEMBERS }, (_, index) => memberName(service, index + 1)));

/** A proxy between each member and each store, so that one member's connections suffer alone. */
export class Links {
  private readonly proxies = new Map<string, Proxy>();

  private constructor(
    private readonly server: ServerProcess,
    private readonly brokerPorts: ReadonlyMap<MemberName, Ports>,
    private readonly databasePorts: ReadonlyMap<MemberName, number>,
  ) {}

  /** Starts the proxy server and chooses all ports; connections go through after `connect`. */
  static async prepare(): Promise<Links> {
    const brokerPorts = new Map<MemberName, Ports>();
    const databasePorts = new Map<MemberName, number>();
    for (const member of ALL_MEMBERS) {
      brokerPorts.set(member, { proxy: await freePort(), store: await freePort() });
      databasePorts.set(member, await freePort());
    }
    return new Links(await startToxiproxy(), brokerPorts, databasePorts);
  }

  /** The listeners that the broker needs: it sends each member back to the member's own proxy. */
  brokerListeners(): readonly ListenerBehind[] {
    return [...this.brokerPorts].map(([member, { proxy, store }]) => ({ name: member.replace('-', '').toUpperCase(), port: store, advertisedPort: proxy }));
  }

  /** `database` is the server's `host:port`. */
  async connect(database: string): Promise<void> {
    const toxiproxy = new Toxiproxy(this.server.address);
    for (const member of ALL_MEMBERS) {
      const upstreams = { broker: `${HOST}:${this.brokerPortsOf(member).store}`, database };
      for (const to of STORES) {
        const name = nameOf({ member, to });
        this.proxies.set(name, await toxiproxy.createProxy({ name, listen: this.address(member, to), upstream: upstreams[to] }));
      }
    }
  }

  /** What a member connects to: `host:port`. */
  address(member: MemberName, to: StoreName): string {
    const port = to === 'broker' ? this.brokerPortsOf(member).proxy : this.databasePorts.get(member);
    if (port === undefined) throw new Error(`no port for ${member}`);
    return `${HOST}:${port}`;
  }

  /** Begins a fault of connections; the answer ends it. */
  inflict(fault: LinkFault): Promise<Undo> {
    const proxy = this.proxyOf(fault.link);
    switch (fault.kind) {
      case 'cut': return cut(proxy);
      case 'slow': return poison(proxy, ['downstream'], { type: 'latency', attributes: { latency: fault.latencyMs, jitter: fault.jitterMs } });
      case 'narrow': return poison(proxy, ['upstream', 'downstream'], { type: 'bandwidth', attributes: { rate: fault.kilobytesPerSecond } });
      // Never ends by itself: what was swallowed stays swallowed, and its connections break when the fault is over.
      case 'black-hole': return poison(proxy, STREAMS[fault.direction], { type: 'timeout', attributes: { timeout: 0 } });
    }
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private brokerPortsOf(member: MemberName): Ports {
    const ports = this.brokerPorts.get(member);
    if (ports === undefined) throw new Error(`no port for ${member}`);
    return ports;
  }

  private proxyOf(link: Link): Proxy {
    const proxy = this.proxies.get(nameOf(link));
    if (proxy === undefined) throw new Error(`no proxy ${nameOf(link)}`);
    return proxy;
  }
}

const STREAMS: Readonly<Record<Direction, readonly ToxicDirection[]>> = {
  requests: ['upstream'], answers: ['downstream'], both: ['upstream', 'downstream'],
};

/** Open connections end, new ones are refused. */
async function cut(proxy: Proxy): Promise<Undo> {
  const { listen, upstream } = proxy;
  await proxy.update({ enabled: false, listen, upstream });
  return async () => {
    await proxy.update({ enabled: true, listen, upstream });
  };
}

async function poison(proxy: Proxy, streams: readonly ToxicDirection[], { type, attributes }: Toxic): Promise<Undo> {
  const toxics: { remove(): Promise<void> }[] = [];
  for (const stream of streams) toxics.push(await proxy.addToxic({ name: `${type}-${stream}`, type, stream, toxicity: 1, attributes }));
  return async () => {
    for (const toxic of toxics) await toxic.remove();
  };
}

function nameOf({ member, to }: Link): string {
  return `${member}-${to}`;
}
