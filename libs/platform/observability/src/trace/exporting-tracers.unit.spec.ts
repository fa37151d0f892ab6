import { ROOT_CONTEXT, SpanKind, SpanStatusCode, context, trace, type Context, type SpanContext } from '@opentelemetry/api';
import fc from 'fast-check';
import { ExportingTracers, isChosen } from './exporting-tracers';
import type { EndedSpan } from './exported-span';
import { toOtlp } from './otlp';
import { keepTraceOverAwaits } from './trace-context';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const callerOf = (flags: number): SpanContext => ({ traceId: TRACE_ID, spanId: CALLER, traceFlags: flags });
const asked = (flags: '00' | '01'): Context => trace.setSpanContext(ROOT_CONTEXT, callerOf(Number(flags)));

function tracers(samplePercent: number) {
  const ended: EndedSpan[] = [];
  return { ended, tracer: new ExportingTracers({ samplePercent, ended: (span) => ended.push(span) }) };
}

beforeAll(() => keepTraceOverAwaits());

describe('a span that is recorded', () => {
  it('continues the trace of its caller, and is told once, when it ends, as it was left', () => {
    const { ended, tracer } = tracers(0);
    const span = tracer.startSpan('first', { kind: SpanKind.SERVER, attributes: { a: 1 }, startTime: 1_000 }, asked('01'));
    expect(ended).toEqual([]);
    span.updateName('last').setAttributes({ a: 2, b: 'x' }).setStatus({ code: SpanStatusCode.ERROR }).end([2, 500_000_000]);
    span.end();

    expect(ended).toEqual([{
      context: { traceId: TRACE_ID, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) as string, traceFlags: 1 },
      parentSpanId: CALLER, name: 'last', kind: SpanKind.SERVER, startedAt: 1_000, endedAt: 2_500, attributes: { a: 2, b: 'x' }, links: [],
      status: { code: SpanStatusCode.ERROR },
    }]);
    expect(span.isRecording()).toBe(false);
  });

  it('tells an error by its kind alone', () => {
    const { ended, tracer } = tracers(100);
    const span = tracer.startSpan('work');
    span.recordException(new TypeError('what a record says'));
    span.end();
    expect(JSON.stringify(ended)).toContain('TypeError');
    expect(JSON.stringify(ended)).not.toContain('what a record says');
  });

  it('is the parent of what is started inside of it', () => {
    const { ended, tracer } = tracers(100);
    tracer.startActiveSpan('outer', (outer) => {
      tracer.startSpan('inner').end();
      outer.end();
    });
    const [inner, outer] = ended;
    expect([inner?.parentSpanId, inner?.context.traceId]).toEqual([outer?.context.spanId, outer?.context.traceId]);
    expect(outer?.parentSpanId).toBeUndefined();
  });

  it('has no more links than collectors take', () => {
    const { ended, tracer } = tracers(100);
    const links = Array.from({ length: 200 }, () => ({ context: callerOf(1) }));
    tracer.startSpan('work').addLinks(links).end();
    tracer.startSpan('work', { links }).end();
    expect(ended.map((span) => span.links.length)).toEqual([128, 128]);
  });
});

describe('a trace that is not recorded', () => {
  it('is that of a caller who does not record it: the header is passed on as it came', () => {
    const { ended, tracer } = tracers(100);
    const span = tracer.startSpan('work', {}, asked('00'));
    span.end();
    expect([span.isRecording(), span.spanContext().spanId, ended]).toEqual([false, CALLER, []]);
  });

  it('has an id all the same', () => {
    const { ended, tracer } = tracers(0);
    const span = tracer.startSpan('work', {}, ROOT_CONTEXT);
    span.end();
    expect([trace.isSpanContextValid(span.spanContext()), span.spanContext().traceFlags, ended]).toEqual([true, 0, []]);
  });
});

test('all traces are chosen at 100 percent and none at 0; who is chosen at some percent is at every higher one', () => {
  fc.assert(fc.property(fc.stringMatching(/^[0-9a-f]{32}$/), fc.nat(100), fc.nat(100), (id, one, other) => {
    expect([isChosen(id, 100), isChosen(id, 0)]).toEqual([true, false]);
    expect(isChosen(id, Math.min(one, other)) && !isChosen(id, Math.max(one, other))).toBe(false);
  }), { seed: 766, numRuns: 200 });
});

test('OTLP has ids in hexadecimal, 64-bit numbers as text, kinds one higher, and every kind of value', () => {
  const { ended, tracer } = tracers(100);
  const attributes = { text: 'x', whole: 3, part: 0.5, flag: true, list: ['a', 'b'] };
  context.with(asked('01'), () => tracer.startSpan('work', { kind: SpanKind.CONSUMER, attributes, startTime: 1_700_000_000_000.25 }).end(1_700_000_000_001));

  expect(toOtlp('dossiers', ended)).toMatchObject({
    resourceSpans: [{
      resource: { attributes: expect.arrayContaining([{ key: 'service.name', value: { stringValue: 'dossiers' } }]) as unknown },
      scopeSpans: [{
        spans: [{
          traceId: TRACE_ID, parentSpanId: CALLER, kind: 5, startTimeUnixNano: '1700000000000250000', endTimeUnixNano: '1700000000001000000',
          attributes: [
            { key: 'text', value: { stringValue: 'x' } }, { key: 'whole', value: { intValue: '3' } }, { key: 'part', value: { doubleValue: 0.5 } },
            { key: 'flag', value: { boolValue: true } }, { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
          ],
          links: [], status: { code: 0 },
        }],
      }],
    }],
  });
});
