import { until } from './until';

describe('until', () => {
  it('gives the first truthy value, through throws and falsy ones', async () => {
    let looks = 0;
    const value = await until(
      () => {
        looks += 1;
        if (looks === 1) throw new Error('not there');
        return looks === 3 ? 'third' : undefined;
      },
      { everyMs: 1 },
    );
    expect(value).toBe('third');
  });

  it('gives up with the value that it saw last', async () => {
    await expect(until(() => 0, { timeoutMs: 5, everyMs: 1, what: 'seven' })).rejects.toThrow(/seven after 5 ms; last seen: 0/);
  });
});
