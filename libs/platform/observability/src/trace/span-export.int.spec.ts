import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { Metrics } from '../metrics/metrics';
import type { EndedSpan } from './exported-span';
import { SpanExport } from './span-export';

const span = (spanId: string): EndedSpan => ({
  context: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId, traceFlags: 1 }, parentSpanId: undefined, name: 'work', kind: SpanKind.INTERNAL,
  startedAt: 1, endedAt: 2, attributes: {}, links: [], status: { code: SpanStatusCode.UNSET },
});

describe('spans sent to a collector', () => {
  const lines: string[] = [];
  const log = { warn: (_: object, text: string) => lines.push(text), info: (_: object, text: string) => lines.push(text) } as never;
  let received: { readonly path: string | undefined; readonly body: string }[];
  let status: number;
  let collector: Server;
  let metrics: Metrics;
  let exporting: SpanExport;
  let answered: () => void = () => undefined;

  /** Resolves when the collector has answered once more. */
  const nextAnswer = () => new Promise<void>((resolve) => { answered = resolve; });

  beforeEach(async () => {
    [lines.length, received, status] = [0, [], 200];
    collector = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
        received.push({ path: request.url, body });
        response.writeHead(status).end('{}', () => answered());
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    metrics = new Metrics();
    exporting = new SpanExport({ service: 'letters', endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`, metrics, log });
    exporting.start();
  });
  afterEach(async () => {
    await exporting.stop();
    collector.closeAllConnections();
    collector.close();
  });

  it('go together within a second, to its path for traces', async () => {
    const answer = nextAnswer();
    exporting.add(span('b7ad6b7169203331'));
    exporting.add(span('b7ad6b7169203332'));
    await answer;
    expect(received.map(({ path }) => path)).toEqual(['/v1/traces']);
    expect(received[0]?.body).toMatch(/"letters".*b7ad6b7169203331.*b7ad6b7169203332/);
    await exporting.stop();
    expect(await metrics.text()).toContain('trace_spans_total{outcome="sent"} 2');
  });

  it('are sent at a stop, too', async () => {
    exporting.add(span('b7ad6b7169203331'));
    await exporting.stop();
    expect(received).toHaveLength(1);
  });

  it('are dropped and counted where it takes nothing; that is said once, and that it does again', async () => {
    status = 503;
    for (const spanId of ['b7ad6b7169203331', 'b7ad6b7169203332']) {
      const answer = nextAnswer();
      exporting.add(span(spanId));
      await answer;
    }
    status = 200;
    const answer = nextAnswer();
    exporting.add(span('b7ad6b7169203333'));
    await answer;
    await exporting.stop();
    expect(lines).toEqual(['the collector of traces takes nothing: spans are dropped', 'the collector of traces takes spans again']);
    expect(await metrics.text()).toMatch(/trace_spans_total\{outcome="sent"\} 1\ntrace_spans_total\{outcome="dropped"\} 2/);
  });

  it('never wait in greater numbers than memory has room for', async () => {
    for (let spans = 0; spans < 5_000; spans += 1) exporting.add(span('b7ad6b7169203331'));
    expect(await metrics.text()).toContain('trace_spans_total{outcome="dropped"} 904');
  });
});
