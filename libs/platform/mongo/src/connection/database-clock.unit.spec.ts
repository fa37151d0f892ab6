import { DatabaseClock } from './database-clock';

/** A server whose clock is `ahead` of the process, and which takes `delay` each way. */
function world({ ahead = 0, delay = 0 }) {
  const state = { time: 1_000_000, ahead, delay };
  const ask = () => {
    state.time += state.delay;
    const answer = state.time + state.ahead;
    state.time += state.delay;
    return Promise.resolve(answer);
  };
  return { state, clock: new DatabaseClock(ask, () => state.time) };
}

describe('the database clock', () => {
  it('goes on from the last measurement, the way to the server taken off', async () => {
    const { state, clock } = world({ ahead: 5_000, delay: 20 });
    await clock.measure();
    state.time += 300;
    expect(clock.now()).toBe(state.time + 5_000);
  });

  it('answers a measurement with what the server said', async () => {
    const { state, clock } = world({ ahead: -7_000 });
    expect(await clock.measure()).toBe(state.time - 7_000);
  });

  it('prefers an exact old sample to a slow new one, and a slow new one to a very old one', async () => {
    const { state, clock } = world({ ahead: 1_000, delay: 1 });
    await clock.measure();
    Object.assign(state, { ahead: 1_400, delay: 500 });
    await clock.measure();
    expect(clock.now() - state.time).toBe(1_000);
    state.time += 3_600_000;
    await clock.measure();
    expect(clock.now() - state.time).toBe(1_400);
  });

  it('never runs backwards', async () => {
    const { state, clock } = world({ ahead: 10_000 });
    await clock.measure();
    const before = clock.now();
    state.ahead = 0;
    await clock.measure();
    expect(clock.now()).toBe(before);
    state.time += 10_001;
    expect(clock.now()).toBe(before + 1);
  });

  it('cannot be read before it was measured', () => {
    expect(() => world({}).clock.now()).toThrow('before it was measured');
  });
});
