import { mongo } from 'mongoose';
import { retrying } from './retrying';

const broken = () => new mongo.MongoNetworkError('read ECONNRESET');

/** Fails with the errors one after another, then answers how often it ran. */
const failing = (...errors: Error[]) => {
  let runs = 0;
  return () => {
    const error = errors[runs];
    runs += 1;
    return error ? Promise.reject(error) : Promise.resolve(runs);
  };
};

describe('retrying', () => {
  it('runs again after failures that a repetition can mend, and tells each', async () => {
    const told: unknown[] = [];
    const first = broken();
    const second = broken();
    const runs = await retrying(failing(first, second), { firstPauseMs: 0, onRetry: (error) => told.push(error) });
    expect(runs).toBe(3);
    expect(told).toEqual([first, second]);
  });

  it('gives up with the last error after the bounded attempts', async () => {
    const errors = [broken(), broken(), broken()];
    await expect(retrying(failing(...errors), { attempts: 3, firstPauseMs: 0 })).rejects.toBe(errors[2]);
  });

  it('begins no attempt after its time', async () => {
    const errors = [broken(), broken()];
    await expect(retrying(failing(...errors), { withinMs: 0, firstPauseMs: 0 })).rejects.toBe(errors[0]);
  });

  it.each([
    ['a bug', new TypeError('not a function')],
    ['a taken key', new mongo.MongoServerError({ message: 'taken', code: 11000 })],
    ['a server that the driver has waited for already', new mongo.MongoServerSelectionError('none', {} as mongo.TopologyDescription)],
  ])('does not repeat %s', async (_what, error) => {
    await expect(retrying(failing(error), { firstPauseMs: 0 })).rejects.toBe(error);
  });
});
