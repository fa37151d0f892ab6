import { PacedWork } from './paced-work';

/** Lets everything happen that does not wait for a release. */
const settled = () => new Promise(setImmediate);

describe('paced work', () => {
  it('does no more than was released, in order, by as many lanes as it has', async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = new PacedWork([1, 2, 3, 4], 2, (item) => {
      begun.push(item);
      return new Promise((resolve) => ends.push(resolve));
    });
    const endNext = async () => {
      ends.shift()?.();
      await settled();
    };
    await settled();
    expect(begun).toEqual([]);

    work.release(3);
    await settled();
    expect(begun).toEqual([1, 2]);
    const two = work.doneAtLeast(2).then(() => work.doneSoFar());
    await endNext();
    expect([begun, work.underway()]).toEqual([[1, 2, 3], 2]);
    await endNext();
    expect(await two).toBe(2);
    await endNext();
    expect([begun, work.underway()]).toEqual([[1, 2, 3], 0]);

    const finished = work.finished();
    await settled();
    await endNext();
    await finished;
    expect(begun).toEqual([1, 2, 3, 4]);
  });

  it('ends all lanes with the first failure', async () => {
    const begun: number[] = [];
    const work = new PacedWork([1, 2, 3], 1, (item) => {
      begun.push(item);
      return item === 2 ? Promise.reject(new Error('away')) : Promise.resolve();
    });
    const second = work.doneAtLeast(2).catch((error: unknown) => error);
    await expect(work.finished()).rejects.toThrow('away');
    expect(await second).toEqual(new Error('away'));
    expect([begun, work.failed()]).toEqual([[1, 2], new Error('away')]);
  });

  it('lets nothing more go once it is abandoned', async () => {
    const begun: number[] = [];
    const work = new PacedWork([1, 2], 1, (item) => {
      begun.push(item);
      return Promise.resolve();
    });
    work.abandon(new Error('no more'));
    await expect(work.finished()).rejects.toThrow('no more');
    expect(begun).toEqual([]);
  });
});
