import type { OnApplicationShutdown } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import type { Logger } from '../log/logger';
import type { Metrics } from '../metrics/metrics';
import { ExportingTracers } from './exporting-tracers';
import { SpanExport } from './span-export';

/** `TraceSettings` of platform-config fits. */
export interface TraceExportSettings {
  /** Absent: nothing is recorded and no connection made. */
  readonly endpoint?: string | undefined;
  readonly samplePercent: number;
}

/** The export of an application's traces; without an endpoint it does nothing. */
export class TraceExport implements OnApplicationShutdown {
  private constructor(private readonly exporting: SpanExport | undefined) {}

  static start({ endpoint, samplePercent }: TraceExportSettings, service: string, metrics: Metrics, log: Logger): TraceExport {
    if (endpoint === undefined) return new TraceExport(undefined);
    const exporting = new SpanExport({ endpoint, service, metrics, log });
    if (!trace.setGlobalTracerProvider(new ExportingTracers({ samplePercent, ended: (span) => exporting.add(span) }))) {
      throw new Error('this process exports traces already');
    }
    exporting.start();
    log.info({ samplePercent }, 'traces are exported');
    return new TraceExport(exporting);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.exporting === undefined) return;
    trace.disable();
    await this.exporting.stop();
  }
}
