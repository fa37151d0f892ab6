/** What a probe says; `reasons` tell a person what is wrong, empty when it is healthy. */
export interface ProbeResult {
  readonly healthy: boolean;
  readonly reasons: readonly string[];
}

export interface Probe {
  /** What is probed: `mongo`, `kafka:aggregator.ledger`. */
  readonly name: string;
  check(): ProbeResult | Promise<ProbeResult>;
}

export interface HealthReport {
  readonly status: 'up' | 'down';
  readonly probes: Readonly<Record<string, ProbeResult>>;
}

export const HEALTHY: ProbeResult = { healthy: true, reasons: [] };

export function unhealthy(...reasons: readonly string[]): ProbeResult {
  return { healthy: false, reasons };
}

const PROBE_TIMEOUT_MS = 2_000;

/**
 * The state of an application. *Live* fails exactly when a restart would help; *ready* fails while work should go
 * elsewhere, and says why.
 */
export class Health {
  private readonly livenessProbes = new Map<string, Probe>();
  private readonly readinessProbes = new Map<string, Probe>();
  private stopping = false;

  constructor(private readonly probeTimeoutMs: number = PROBE_TIMEOUT_MS) {}

  addLiveness(probe: Probe): void {
    addOnce(this.livenessProbes, probe);
  }

  addReadiness(probe: Probe): void {
    addOnce(this.readinessProbes, probe);
  }

  /** From now on the application is not ready: it finishes what it has. */
  beginStopping(): void {
    this.stopping = true;
  }

  live(): Promise<HealthReport> {
    return this.report(this.livenessProbes);
  }

  async ready(): Promise<HealthReport> {
    const report = await this.report(this.readinessProbes);
    if (!this.stopping) return report;
    return { status: 'down', probes: { ...report.probes, application: unhealthy('the application is stopping') } };
  }

  private async report(probes: ReadonlyMap<string, Probe>): Promise<HealthReport> {
    const results = await Promise.all(
      [...probes.values()].map(async (probe) => [probe.name, await this.ask(probe)] as const),
    );
    const status = results.every(([, { healthy }]) => healthy) ? 'up' : 'down';
    return { status, probes: Object.fromEntries(results) };
  }

  private async ask(probe: Probe): Promise<ProbeResult> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<ProbeResult>((resolve) => {
      timer = setTimeout(() => resolve(unhealthy(`no answer within ${this.probeTimeoutMs} ms`)), this.probeTimeoutMs);
    });
    try {
      return await Promise.race([Promise.resolve(probe.check()), silence]);
    } catch (error) {
      return unhealthy(`the probe failed: ${error instanceof Error ? error.name : typeof error}`);
    } finally {
      clearTimeout(timer);
    }
  }
}

function addOnce(probes: Map<string, Probe>, probe: Probe): void {
  if (probes.has(probe.name)) throw new Error(`there is a probe ${probe.name} already`);
  probes.set(probe.name, probe);
}
