import { defineMetrics, type MetricDefinition } from './metric-definition';
import { Metrics } from './metrics';

const RELAY = defineMetrics('outbox', {
  sent: {
    kind: 'counter', name: 'outbox_records_total', help: 'Records sent.',
    labels: { outcome: ['sent', 'failed'], topic: [] },
  },
  rounds: { kind: 'counter', name: 'outbox_rounds_total', help: 'Rounds.', labels: { outcome: ['full', 'empty'] } },
  pending: { kind: 'gauge', name: 'outbox_pending_entries', help: 'Entries waiting.', labels: { topic: [] } },
  duration: {
    kind: 'histogram', name: 'outbox_round_duration_seconds', help: 'Time of a round.', labels: {}, buckets: [0.1, 1],
  },
});

async function linesOf(metrics: Metrics, name: string): Promise<readonly string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
}

test('outcomes of closed sets are there at 0 from the start', async () => {
  const metrics = new Metrics();
  metrics.of(RELAY);
  expect(await linesOf(metrics, 'outbox_rounds_total')).toEqual([
    'outbox_rounds_total{outcome="full"} 0', 'outbox_rounds_total{outcome="empty"} 0',
  ]);
  expect(await linesOf(metrics, 'outbox_records_total')).toEqual([]);
});

test('and for a label that is known at run time as soon as it is named', async () => {
  const metrics = new Metrics();
  const { sent } = metrics.of(RELAY);
  sent.zero({ topic: 'a' });
  sent.add({ outcome: 'failed', topic: 'a' }, 3);
  expect(await linesOf(metrics, 'outbox_records_total')).toEqual([
    'outbox_records_total{outcome="sent",topic="a"} 0', 'outbox_records_total{outcome="failed",topic="a"} 3',
  ]);
});

test('a gauge is set, read at the scrape, and taken away', async () => {
  const metrics = new Metrics();
  const { pending } = metrics.of(RELAY);
  let entries = 4;
  pending.onScrape((gauge) => gauge.set({ topic: '1' }, entries));
  pending.set({ topic: '2' }, 9);
  entries = 5;
  expect(await linesOf(metrics, 'outbox_pending')).toEqual([
    'outbox_pending_entries{topic="2"} 9', 'outbox_pending_entries{topic="1"} 5',
  ]);
  pending.remove({ topic: '2' });
  expect(await linesOf(metrics, 'outbox_pending')).toEqual(['outbox_pending_entries{topic="1"} 5']);
});

test('a histogram counts into its buckets', async () => {
  const metrics = new Metrics();
  metrics.of(RELAY).duration.observe({}, 0.5);
  expect(await linesOf(metrics, 'outbox_round_duration_seconds_bucket')).toEqual([
    'outbox_round_duration_seconds_bucket{le="0.1"} 0',
    'outbox_round_duration_seconds_bucket{le="1"} 1',
    'outbox_round_duration_seconds_bucket{le="+Inf"} 1',
  ]);
});

test('the same tree gives the same handles; two applications have nothing in common', async () => {
  const metrics = new Metrics();
  const other = new Metrics();
  expect(metrics.of(RELAY)).toBe(metrics.of(RELAY));
  other.of(RELAY).rounds.add({ outcome: 'full' });
  metrics.of(RELAY).rounds.add({ outcome: 'full' }, 2);
  expect(await linesOf(other, 'outbox_rounds_total{outcome="full"}')).toEqual(['outbox_rounds_total{outcome="full"} 1']);
});

test('the process is watched on demand', async () => {
  const metrics = new Metrics();
  metrics.watchProcess();
  const text = await metrics.text();
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).not.toMatch(/^# TYPE \w+_total gauge$/m);
});

describe('names that are refused', () => {
  const good: MetricDefinition = { kind: 'counter', name: 'outbox_x_total', help: 'x', labels: {} };

  test.each<[MetricDefinition, string]>([
    [{ ...good, name: 'relay_x_total' }, 'does not start with outbox_'],
    [{ ...good, name: 'outbox_X_total' }, 'is not snake_case'],
    [{ ...good, name: 'outbox_x' }, 'must end in _total'],
    [{ ...good, kind: 'gauge' }, 'must end in _total exactly if it is a counter'],
    [{ ...good, kind: 'gauge', name: 'outbox_age_ms' }, 'is not in a base unit'],
    [{ ...good, kind: 'histogram', name: 'outbox_time', buckets: [1] }, 'does not end in a base unit'],
    [{ ...good, help: ' ' }, 'has no help'],
    [{ ...good, labels: { dossier_id: [] } }, 'ids are no labels'],
    [{ ...good, labels: { officer: [] } }, 'nothing bounds its values'],
  ])('%j', (definition, problem) => {
    expect(() => defineMetrics('outbox', { x: definition })).toThrow(problem);
  });
});
