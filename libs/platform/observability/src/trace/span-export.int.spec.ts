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

/** Of a stop, where what is looked at is what comes before its end, on a machine that is busy with other things. */
const PLENTY_MS = 30_000;

describe('spans sent to a collector', () => {
  const lines: string[] = [];
  const log = { warn: (_: object, text: string) => lines.push(text), info: (_: object, text: string) => lines.push(text) } as never;
  let received: { readonly path: string | undefined; readonly body: string }[];
  let status: number | 'never';
  let collector: Server;
  let metrics: Metrics;
  let exporting: SpanExport;
  let answered: () => void = () => undefined;

  const exportWithin = (stopWithinMs?: number): SpanExport => {
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
    const started = new SpanExport({ service: 'letters', endpoint, metrics, log, ...(stopWithinMs === undefined ? {} : { stopWithinMs }) });
    started.start();
    return started;
  };
  /** Resolves when the collector has answered once more, or has not though it was asked. */
  const nextAnswer = () => new Promise<void>((resolve) => { answered = resolve; });

  beforeEach(async () => {
    [lines.length, received, status] = [0, [], 200];
    collector = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
        received.push({ path: request.url, body });
        if (status === 'never') answered();
        else response.writeHead(status).end('{}', () => answered());
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    metrics = new Metrics();
    exporting = exportWithin(PLENTY_MS);
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

  it('are given up at a stop where it never answers: those that it has, and the rest without being sent', async () => {
    status = 'never';
    const impatient = exportWithin();
    const asked = nextAnswer();
    impatient.add(span('b7ad6b7169203331'));
    await asked;
    impatient.add(span('b7ad6b7169203332'));
    await impatient.stop();
    expect(received).toHaveLength(1);
    expect(await metrics.text()).toContain('trace_spans_total{outcome="dropped"} 2');
  });

  it('are all sent at a stop where it answers, also more than go at once', async () => {
    for (let spans = 0; spans < 600; spans += 1) exporting.add(span('b7ad6b7169203331'));
    await exporting.stop();
    expect(await metrics.text()).toContain('trace_spans_total{outcome="sent"} 600');
  });

  it('never wait in greater numbers than memory has room for', async () => {
    for (let spans = 0; spans < 5_000; spans += 1) exporting.add(span('b7ad6b7169203331'));
    expect(await metrics.text()).toContain('trace_spans_total{outcome="dropped"} 904');
  });
});
