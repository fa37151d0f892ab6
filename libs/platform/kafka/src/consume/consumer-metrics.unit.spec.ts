import type { Instant } from '@index766/kernel';
import { Metrics } from '@index766/platform-observability';
import { ConsumerMetrics } from './consumer-metrics';

describe('the metrics of a consumer', () => {
  it('are there at 0 from the start, every outcome and cause of every topic', async () => {
    const metrics = new Metrics();
    new ConsumerMetrics(metrics, 'aggregator.ledger', ['facts']);
    const text = await metrics.text();
    for (const outcome of ['applied', 'duplicate', 'conflict', 'dead-lettered', 'ignored', 'watermark']) {
      expect(text).toContain(`kafka_consumer_records_total{topic="facts",group="aggregator.ledger",outcome="${outcome}"} 0`);
    }
    for (const cause of ['refused', 'bug', 'conflict']) expect(text).toContain(`kafka_dead_letters_total{topic="facts",group="aggregator.ledger",cause="${cause}"} 0`);
    expect(text).toContain('kafka_consumer_crashes_total{group="aggregator.ledger"} 0');
    expect(text).toContain('kafka_consumer_lag_records{topic="facts",group="aggregator.ledger"} 0');
  });

  it('tell lag and age over the owned partitions; the age grows while nothing is read', async () => {
    const metrics = new Metrics();
    let now = 100_000;
    const consumer = new ConsumerMetrics(metrics, 'g', ['facts'], () => now);
    consumer.committed('facts', 0, 0, 50_000, 0.01, now);
    consumer.committed('facts', 1, 7, 90_000, 0.01, now);
    expect(await metrics.text()).toContain('kafka_consumer_lag_records{topic="facts",group="g"} 7');
    expect(await metrics.text()).toContain('kafka_consumer_lag_age_seconds{topic="facts",group="g"} 10');
    now = 130_000;
    expect(await metrics.text()).toContain('kafka_consumer_lag_age_seconds{topic="facts",group="g"} 40');
    consumer.revoked();
    expect(await metrics.text()).toContain('kafka_consumer_lag_age_seconds{topic="facts",group="g"} 0');
  });

  it('tell how old the last promise of a producer is, of the partition where it is oldest, while the partition is owned', async () => {
    const metrics = new Metrics();
    const consumer = new ConsumerMetrics(metrics, 'g', ['facts'], () => 100_000);
    consumer.watermark('facts', 0, 40_000 as Instant);
    consumer.watermark('facts', 1, 90_000 as Instant);
    expect(await metrics.text()).toContain('kafka_watermark_age_seconds{topic="facts",group="g"} 60');
    consumer.watermark('facts', 0, 95_000 as Instant);
    expect(await metrics.text()).toContain('kafka_watermark_age_seconds{topic="facts",group="g"} 10');
    consumer.revoked();
    expect(await metrics.text()).not.toContain('kafka_watermark_age_seconds{topic="facts"');
  });

  it('tell from outside what waits, in records and in time', async () => {
    const metrics = new Metrics();
    const consumer = new ConsumerMetrics(metrics, 'g', ['facts']);
    const waits = (lag: bigint) => [{ topic: 'facts', partition: 0, end: 9n, committed: 9n - lag, lag }];
    consumer.groupLag(waits(4n), 1_000);
    consumer.groupLag(waits(4n), 31_000);
    expect(await metrics.text()).toContain('kafka_group_lag_records{topic="facts",group="g"} 4');
    expect(await metrics.text()).toContain('kafka_group_lag_age_seconds{topic="facts",group="g"} 30');
  });

  it('tell how many letters are open, and nothing before somebody has looked', async () => {
    const metrics = new Metrics();
    const consumer = new ConsumerMetrics(metrics, 'g', ['facts']);
    expect(await metrics.text()).not.toContain('kafka_open_dead_letters{');
    consumer.openLetters(new Map([['facts', 2]]));
    expect(await metrics.text()).toContain('kafka_open_dead_letters{topic="facts",group="g"} 2');
  });
});
