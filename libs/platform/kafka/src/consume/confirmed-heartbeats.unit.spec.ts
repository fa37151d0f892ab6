import { ConfirmedHeartbeats } from './confirmed-heartbeats';

/** What became of a promise up to now. */
async function stateOf(promise: Promise<void>): Promise<string> {
  return Promise.race([promise.then(() => 'confirmed', (error: unknown) => `refused: ${(error as Error).message}`), Promise.resolve().then(() => Promise.resolve()).then(() => 'waits')]);
}

describe('heartbeats that confirm a member', () => {
  it('are those that were sent after somebody asked', async () => {
    const heartbeats = new ConfirmedHeartbeats();
    const asked = heartbeats.next(100);

    heartbeats.answered(100);
    heartbeats.accepted();
    expect(await stateOf(asked)).toBe('waits');

    heartbeats.answered(101);
    heartbeats.accepted();
    expect(await stateOf(asked)).toBe('confirmed');
  });

  it('do so only when they are accepted', async () => {
    const heartbeats = new ConfirmedHeartbeats();
    const asked = heartbeats.next(100);

    heartbeats.answered(101);
    heartbeats.refused(new Error('a rebalance'));
    heartbeats.accepted();

    expect(await stateOf(asked)).toBe('refused: a rebalance');
  });

  it('confirm each who asked before, and nobody who asked later', async () => {
    const heartbeats = new ConfirmedHeartbeats();
    const [early, late] = [heartbeats.next(100), heartbeats.next(200)];

    heartbeats.answered(150);
    heartbeats.accepted();

    expect([await stateOf(early), await stateOf(late)]).toEqual(['confirmed', 'waits']);
  });
});
