import { readFileSync } from 'node:fs';
import { dossierTopic } from '@index766/contracts-dossiers';
import { until } from '@index766/testing-integration';
import { Installation } from './test/installation';
import { operate } from './test/operator';
import { SAMPLE_ARGUMENTS, samplePushes } from './test/small-sample';
import type { ServiceName } from './test/services';
import { SpanCollector, type CollectedSpan } from './test/span-collector';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { tokenFor } from './test/tokens';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const TRACEPARENT = `00-${TRACE_ID}-${CALLER}-01`;
const SEEN_WITHIN_MS = 60_000;

describe('one push, followed through the services', () => {
  let collector: SpanCollector;
  let installation: Installation;
  let saidLevel: string;
  let answer: unknown;
  const taken = samplePushes().find(({ service }) => service === 'DongBoHoSoMC');
  const element = taken?.data[0] as { readonly MaHoSo: string };
  beforeAll(async () => {
    collector = await SpanCollector.start();
    installation = await Installation.startApart({
      name: 'traces', secrets: loadedSystem().secrets, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    await operate(installation.access, ['load', ...SAMPLE_ARGUMENTS, '--only', 'reference']);
    // As an operator does while the service runs.
    saidLevel = await operate(installation.access, ['log-level', 'aggregator', 'debug']);
    await push();
  }, LOADED_WITHIN_MS);
  afterAll(async () => {
    await installation.stop();
    await collector.stop();
  });

  /** One dossier, by a source that has begun a trace. */
  async function push(): Promise<void> {
    const body = { ...taken, data: [element] };
    const response = await fetch(`${installation.access.urls.dossiers}/v1/national-sync`, {
      method: 'POST', body: JSON.stringify(body),
      headers: {
        authorization: `Bearer ${await tokenFor(installation.access, 'source', 'replay')}`, 'content-type': 'application/json',
        traceparent: TRACEPARENT,
      },
    });
    answer = await response.json();
  }

  const collected = (service: ServiceName, what: string, isIt: (span: CollectedSpan) => boolean = ({ name }) => name === what): Promise<CollectedSpan> =>
    until(() => collector.spans.find((span) => span.service === service && span.traceId === TRACE_ID && isIt(span)), {
      what: `the span ${what} of ${service}`, timeoutMs: SEEN_WITHIN_MS,
    });
  /** Other topics may be in the same chunk. */
  const isOfDossiers = ({ name }: CollectedSpan): boolean => name.startsWith('process ') && name.split(' ').includes(dossierTopic.name);

  it('is taken, by services of which one was told to log more while it runs', () => {
    expect(answer).toMatchObject({ error_code: '0' });
    expect(saidLevel).toBe('aggregator debug\n');
  });

  it('is told to the collector: the request as a part of what its source does, what readers do as parts of the request', async () => {
    const request = await collected('dossiers', 'POST /v1/national-sync');
    expect(request).toMatchObject({ parentSpanId: CALLER, attributes: { 'http.route': '/v1/national-sync', 'http.response.status_code': '200' } });

    const groups = { aggregator: 'aggregator.ledger', payments: 'payments.intake', digitization: 'digitization.intake' } as const;
    for (const [service, group] of Object.entries(groups)) {
      const reading = await collected(service as ServiceName, 'of dossiers', isOfDossiers);
      expect(reading).toMatchObject({ parentSpanId: request.spanId, attributes: { 'messaging.consumer.group.name': group, 'messaging.system': 'kafka' } });
    }
  });

  it('is found in the log of the aggregator by the id of the trace, with the ids of the facts', async () => {
    const { logFile } = installation.first('aggregator');
    const lines = await until(() => {
      const found = readFileSync(logFile, 'utf8').split('\n').filter((line) => line.includes(TRACE_ID)).map((line) => JSON.parse(line) as Record<string, unknown>);
      return found.length > 0 && found;
    }, { what: 'lines of the trace', timeoutMs: SEEN_WITHIN_MS });
    expect(lines).toContainEqual(expect.objectContaining({ traceId: TRACE_ID, group: 'aggregator.ledger', topic: dossierTopic.name, eventId: expect.any(String) as string }));
  });

  it('leaves no path and no id of a dossier with the collector, also when it is read by its id', async () => {
    const { status } = await fetch(`${installation.access.urls.dossiers}/v1/dossiers/${element.MaHoSo}`, { headers: { traceparent: TRACEPARENT } });
    expect(status).toBe(200);

    const read = await collected('dossiers', 'GET /v1/dossiers/:id');
    expect(read).toMatchObject({ parentSpanId: CALLER, attributes: { 'http.route': '/v1/dossiers/:id' } });
    const told = collector.bodies.join('\n');
    expect(told).toContain(TRACE_ID);
    expect(told).not.toContain(element.MaHoSo);
  });
});
