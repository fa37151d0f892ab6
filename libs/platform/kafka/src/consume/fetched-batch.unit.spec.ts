import type { EachBatchPayload } from 'kafkajs';
import fc from 'fast-check';
import { FetchedBatch, nextChunk } from './fetched-batch';

/** A batch of records at these instants, from offset 10 on; `beyond`: offsets behind the last record that the batch has none of. */
function batch(topic: string, instants: readonly number[], { beyond = 0, end = 10 + instants.length + beyond }: { beyond?: number; end?: number } = {}): FetchedBatch {
  const messages = instants.map((instant, index) => ({ offset: String(10 + index), timestamp: String(instant), key: Buffer.from(topic) }));
  const last = String(9 + instants.length + beyond);
  return new FetchedBatch({ batch: { topic, partition: 3, messages, highWatermark: String(end), lastOffset: () => last } } as unknown as EachBatchPayload);
}

const instantsOf = (parts: ReturnType<typeof nextChunk>) => parts.map(({ topic, messages }) => [topic, messages.map(({ timestamp }) => Number(timestamp))]);

describe('the next chunk of what a fetch brought', () => {
  it('has the earliest records of all topics', () => {
    const batches = [batch('dossiers', [1, 2, 5, 6]), batch('payments', [3, 4, 7])];

    expect(instantsOf(nextChunk(batches, 4))).toEqual([['dossiers', [1, 2]], ['payments', [3, 4]]]);
    expect(instantsOf(nextChunk(batches, 4))).toEqual([['dossiers', [5, 6]], ['payments', [7]]]);
    expect(nextChunk(batches, 4)).toEqual([]);
  });

  it('says up to where it goes, and what is left in each log', () => {
    const batches = [batch('dossiers', [1, 2, 3], { end: 20 })];

    expect(nextChunk(batches, 2)).toMatchObject([{ topic: 'dossiers', last: '11', behind: 8 }]);
    expect(nextChunk(batches, 2)).toMatchObject([{ topic: 'dossiers', last: '12', behind: 7 }]);
  });

  it('ends where the batch does, if that has no records at its end', () => {
    const batches = [batch('dossiers', [1, 2], { beyond: 3 })];

    expect(nextChunk(batches, 1)).toMatchObject([{ last: '10', behind: 4 }]);
    expect(nextChunk(batches, 1)).toMatchObject([{ last: '14', behind: 0 }]);
  });

  it('counts a batch of which nothing is taken as left', () => {
    expect(batch('dossiers', [1, 2, 3], { end: 20 }).behind).toBe(10);
  });

  it('takes every record once and those of a topic in the order of its log, whatever their instants', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }), { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), (logs, most) => {
      const batches = logs.map((instants, index) => batch(String(index), instants));
      const offsets = new Map<string, string[]>();
      for (let parts = nextChunk(batches, most); parts.length > 0; parts = nextChunk(batches, most)) {
        expect(parts.reduce((sum, { messages }) => sum + messages.length, 0)).toBeLessThanOrEqual(most);
        for (const { topic, messages } of parts) offsets.set(topic, [...offsets.get(topic) ?? [], ...messages.map(({ offset }) => offset)]);
      }
      expect(offsets).toEqual(new Map(logs.map((instants, index) => [String(index), instants.map((_, place) => String(10 + place))])));
    }), { seed: 766 });
  });
});
