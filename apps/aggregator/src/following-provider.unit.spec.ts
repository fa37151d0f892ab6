import { following } from './following-provider';

class Counter {
  constructor(private readonly from: number) {}

  next(): number {
    return this.from + 1;
  }
}

describe('a provider that follows what serves now', () => {
  it('calls the thing that is behind it at that moment, as its own method', () => {
    let current = new Counter(1);
    const followed = following(() => current);
    const before = followed.next();
    current = new Counter(10);

    expect([before, followed.next()]).toEqual([2, 11]);
  });
});
