import { freePort } from './free-port';

describe('free ports', () => {
  it('are different ones, though nobody listens on the first yet', async () => {
    const ports: number[] = [];
    // So many that a repetition among random ones would be certain.
    for (let call = 0; call < 1_000; call += 1) ports.push(await freePort());
    expect(new Set(ports).size).toBe(ports.length);
  });
});
