import { createServiceLog } from '../log/logger';
import { Metrics } from '../metrics/metrics';
import { startSpan } from './trace-context';
import { TraceExport } from './trace-export';

const { logger } = createServiceLog({ service: 'letters', level: 'silent' });

test('without an endpoint nothing is recorded: a span is no more than the place of its caller in the trace', async () => {
  const traces = TraceExport.start({ samplePercent: 100 }, 'letters', new Metrics(), logger);
  const span = startSpan('work', {}, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  expect([span.isRecording(), span.spanContext().spanId]).toEqual([false, 'b7ad6b7169203331']);
  await traces.onApplicationShutdown();
});

test('with one it is recorded until the application stops; a process has one export', async () => {
  const settings = { endpoint: 'http://127.0.0.1:9', samplePercent: 100 };
  const traces = TraceExport.start(settings, 'letters', new Metrics(), logger);
  expect(startSpan('work', {}, undefined).isRecording()).toBe(true);
  expect(() => TraceExport.start(settings, 'letters', new Metrics(), logger)).toThrow(/already/);
  await traces.onApplicationShutdown();
  expect(startSpan('work', {}, undefined).isRecording()).toBe(false);
});
