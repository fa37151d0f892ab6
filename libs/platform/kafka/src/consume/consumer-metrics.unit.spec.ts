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
});
