import { Metrics } from '../metrics/metrics';
import { HEALTHY, Health, unhealthy } from './health';
import { tellHealth } from './health-metrics';

function given() {
  const [health, metrics, clock] = [new Health(), new Metrics(), { now: 0 }];
  const state = { healthy: false, asked: 0 };
  const check = () => {
    state.asked += 1;
    return state.healthy ? HEALTHY : unhealthy('topics that do not exist: facts');
  };
  health.addReadiness({ name: 'kafka:a', check });
  health.addLiveness({ name: 'kafka:a', check: () => HEALTHY });
  tellHealth(health, metrics, () => clock.now);
  const told = async () => (await metrics.text()).split('\n').filter((line) => line.startsWith('service_probe_healthy{'));
  return { clock, state, told };
}

describe('health as metrics', () => {
  it('says of each probe whether it is healthy, of liveness and readiness apart', async () => {
    const { told } = given();

    expect(await told()).toEqual(['service_probe_healthy{check="live",probe="kafka:a"} 1', 'service_probe_healthy{check="ready",probe="kafka:a"} 0']);
  });

  it('asks again after a while, however often it is scraped', async () => {
    const { clock, state, told } = given();
    await told();
    state.healthy = true;

    clock.now = 4_999;
    expect(await told()).toContain('service_probe_healthy{check="ready",probe="kafka:a"} 0');
    clock.now = 5_000;
    expect(await told()).toContain('service_probe_healthy{check="ready",probe="kafka:a"} 1');
    expect(state.asked).toBe(2);
  });
});
