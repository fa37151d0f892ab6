import { WorkInHand } from './work-in-hand';

describe('requests in work', () => {
  it('are counted by caller, and given back', () => {
    const work = new WorkInHand({ callerInWork: 2, bodyMemoryBytes: 100 });
    expect(['a', 'a', 'a', 'b'].map((caller) => work.enter(caller))).toEqual([true, true, false, true]);
    work.leave('a');
    expect([work.enter('a'), work.enter('a')]).toEqual([true, false]);
  });
});

describe('bytes of bodies', () => {
  const entered = (bodyMemoryBytes: number, ...callers: readonly string[]): WorkInHand => {
    const work = new WorkInHand({ callerInWork: 10, bodyMemoryBytes });
    for (const caller of callers) work.enter(caller);
    return work;
  };

  it('of all callers together have a limit', () => {
    const work = entered(100, 'a', 'b', 'c');
    expect([work.hold('a', 50), work.hold('b', 40)].every((held) => held !== undefined)).toBe(true);
    expect(work.hold('c', 11)).toBeUndefined();
    expect([work.hold('c', 10) !== undefined, work.heldBytes]).toEqual([true, 100]);
  });

  it('of one caller are at most half of them, so that others find room', () => {
    const work = entered(100, 'a', 'b');
    work.hold('a', 40);
    expect([work.hold('a', 11), work.hold('a', 10) !== undefined, work.hold('b', 50) !== undefined]).toEqual([undefined, true, true]);
  });

  it('of a single body always find room', () => {
    const work = entered(100, 'a');
    expect(work.hold('a', 1_000)?.release()).toBeUndefined();
    expect(work.heldBytes).toBe(0);
  });

  it('are what the body turned out to be, and nothing after the answer', () => {
    const work = entered(100, 'a', 'b');
    const held = work.hold('a', 100);
    held?.becomes(7);
    expect([work.heldBytes, work.hold('b', 50) !== undefined]).toEqual([7, true]);
    held?.release();
    held?.release();
    expect(work.heldBytes).toBe(50);
  });
});
