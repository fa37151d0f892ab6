import type { RawRecord } from '@index766/testing-integration';
import { readLog } from './logged-facts';

/** A producer's topic after its members were stopped, went on, and had clocks that differ. */
export interface ClockedProducer {
  readonly topic: string;
  readonly partitions: number;
  /** All that lies in the topic, watermarks among it. Facts whose recording instant the sender states are none of the producer's clock. */
  readonly read: () => Promise<readonly RawRecord[]>;
}

/**
 * The promise of a watermark: all that the producer recorded before it stands before it. So a week that is closed when the
 * watermarks of all partitions have passed its closing instant is complete, whatever the clocks of the members say.
 */
export function describeClocks(producers: readonly ClockedProducer[]): void {
  describe.each(producers)('watermarks in $topic', ({ partitions, read }) => {
    it('stand in every partition', async () => {
      expect([...readLog(await read()).watermarks.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: partitions }, (_, each) => each));
    });

    it('are followed by no fact that was recorded before them', async () => {
      const { facts } = readLog(await read());

      expect(facts.filter(({ after }) => after !== undefined).length).toBeGreaterThan(0);
      expect(facts.filter(({ recordedAt, after }) => after !== undefined && recordedAt < after)).toEqual([]);
    });
  });
}
