import fc from 'fast-check';
import { factRecord } from '../test/fact-record';
import { PublishError } from './publish-error';
import { SendQueue, type SendLimits } from './send-queue';
import { toWireMessage } from './wire-message';

const messages = (count: number, key = 'k') => Array.from({ length: count }, (_, index) => toWireMessage(factRecord('facts', key, index + 1)));
const limits: SendLimits = { batchRecords: 10, batchBytes: 10_000, queuedRecords: 30 };
const away = new PublishError('PUBLISHER.AWAY', 'away', true);

describe('calls of send that wait', () => {
  it('share one request as far as it reaches, in their order', () => {
    const queue = new SendQueue(limits);
    for (const count of [4, 5, 3]) void queue.add(messages(count));
    expect(queue.take().map(({ messages: { length } }) => length)).toEqual([4, 5]);
    expect(queue.take().map(({ messages: { length } }) => length)).toEqual([3]);
    expect(queue.take()).toEqual([]);
    expect(queue.records).toBe(0);
  });

  it('are cut into requests that keep to both limits, nothing lost and nothing out of order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }), fc.integer({ min: 1, max: 15 }), fc.integer({ min: 200, max: 1_000 }), (counts, batchRecords, batchBytes) => {
        const queue = new SendQueue({ batchRecords, batchBytes, queuedRecords: 10_000 });
        const all = counts.map((count, call) => messages(count, `call ${call}`));
        for (const call of all) void queue.add(call);
        const sent = [];
        for (let parts = queue.take(); parts.length > 0; parts = queue.take()) {
          const request = parts.flatMap((part) => part.messages);
          expect(request.length).toBeLessThanOrEqual(batchRecords);
          expect(request.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(batchBytes);
          sent.push(...request);
        }
        expect(sent).toEqual(all.flat());
      }),
      { seed: 766, numRuns: 200 },
    );
  });

  it('are done when their last part is, and fail with their first part that fails, without the later ones', async () => {
    const queue = new SendQueue(limits);
    const done = queue.add(messages(15));
    const failing = queue.add(messages(14, 'other'));
    const [first] = queue.take();
    const [second] = queue.take();
    const [third] = queue.take();
    if (!first || !second || !third) throw new Error('three parts expected');
    queue.settle(first);
    await expect(Promise.race([done, Promise.resolve('waits')])).resolves.toBe('waits');
    queue.settle(second);
    await expect(done).resolves.toBeUndefined();
    queue.settle(third, away);
    await expect(failing).rejects.toBe(away);
    expect(queue.take()).toEqual([]);
    expect(queue.records).toBe(0);
  });

  it('are refused beyond the bound, but one call is taken whatever its size when nothing waits', async () => {
    const queue = new SendQueue(limits);
    void queue.add(messages(50));
    await expect(queue.add(messages(1))).rejects.toMatchObject({ code: 'PUBLISHER.QUEUE_FULL', retriable: true });
    expect(queue.records).toBe(50);
  });

  it('are refused for good with a record that no request can carry', async () => {
    const large = { ...factRecord('facts', 'k', 1), value: Buffer.alloc(10_000) };
    await expect(new SendQueue(limits).add([toWireMessage(large)])).rejects.toMatchObject({ code: 'PUBLISHER.TOO_LARGE', retriable: false });
  });

  it('are all rejected when nothing is sent any more', async () => {
    const queue = new SendQueue(limits);
    const calls = [queue.add(messages(12)), queue.add(messages(3))];
    queue.rejectAll(away);
    await expect(Promise.allSettled(calls)).resolves.toEqual([{ status: 'rejected', reason: away }, { status: 'rejected', reason: away }]);
    expect(queue.records).toBe(0);
  });
});

describe('the size of a record', () => {
  it('is at least that of its bytes, headers that came several times included', () => {
    const { size, message } = toWireMessage({ topic: 't', key: null, value: new Uint8Array(100), headers: { a: 'Đắk', b: [new Uint8Array(50), 'x'] } });
    expect(size).toBeGreaterThanOrEqual(100 + 1 + 7 + 2 + 51);
    expect(message.headers).toEqual({ a: Buffer.from('Đắk'), b: [Buffer.alloc(50), Buffer.from('x')] });
    expect(message.value).toEqual(Buffer.alloc(100));
  });
});
