import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { freePort } from './free-port';
import { launch } from './processes';

/** A Prometheus of a spec's own, with nothing in it but what it scrapes. */
export interface RunningPrometheus {
  /** `http://` address of its API. */
  readonly url: string;
  /** The promtool of the same version, as a program to run. */
  readonly promtool: string;
  stop(): Promise<void>;
}

export interface PrometheusSettings {
  /** `host:port` to scrape every second, by the job that it is. */
  readonly targets: Readonly<Record<string, string>>;
  /** Alert rules to evaluate every second. */
  readonly rulesFile?: string;
}

export async function startPrometheus({ targets, rulesFile }: PrometheusSettings): Promise<RunningPrometheus> {
  const { launcher, ready } = await launch('prometheus.mjs', [
    '--name', `test-${String(process.pid)}-${randomBytes(4).toString('hex')}`, '--port', String(await freePort()),
    ...Object.entries(targets).flatMap(([job, address]) => ['--target', `${job}=${address}`]),
    ...(rulesFile === undefined ? [] : ['--rules', rulesFile]),
  ]);
  return {
    url: ready.address ?? '',
    promtool: ready.promtool ?? '',
    async stop() {
      launcher.stdin?.end();
      if (launcher.exitCode === null && launcher.signalCode === null) await once(launcher, 'exit');
    },
  };
}
