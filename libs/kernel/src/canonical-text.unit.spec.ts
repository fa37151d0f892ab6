import { saysTheSame } from './canonical-text';

describe('two contents', () => {
  it.each([
    [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: [1, 2] }, { a: [2, 1] }, false],
    [{ a: null }, {}, false],
    [null, null, true],
    [{ at: new Date(0) }, { at: new Date(0) }, true],
    [{ at: new Date(0) }, { at: new Date(1) }, false],
  ])('%j and %j say the same: %s', (a, b, same) => {
    expect(saysTheSame(a, b)).toBe(same);
  });
});
