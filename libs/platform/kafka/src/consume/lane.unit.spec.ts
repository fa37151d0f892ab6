import type { FetchedBatch } from './fetched-batch';
import { Lane } from './lane';

const batch = (topic: string, behind: number) => ({ topic, behind }) as FetchedBatch;

describe('a lane', () => {
  it('gives what a fetch brought of all topics to the first that asks', () => {
    const lane = new Lane(3);
    const batches = [batch('dossiers', 5), batch('payments', 2)];
    for (const each of batches) lane.fetched(each);

    expect([lane.takeFetched(), lane.takeFetched()]).toEqual([batches, []]);
  });

  it('knows what is left of each topic by its last fetch and by what was committed since', () => {
    const lane = new Lane(3);
    lane.fetched(batch('dossiers', 5));
    lane.fetched(batch('payments', 2));
    lane.committed('dossiers', 1);

    expect([['dossiers'], ['dossiers', 'payments'], ['documents']].map((topics) => lane.behindIn(topics))).toEqual([1, 3, 0]);
  });
});
