import type { GroupLag } from '../services/broker';
import { sumOfPending } from './pending-records';
import { settle, type Underway } from './settle';

const lag = (group: GroupLag['group'], records: number): GroupLag => ({ group, generation: 1, topic: 'facts', records });

/** What each look finds, one after the other; the last one stays. */
const looks = (...found: readonly (readonly [outbox: number, ledger: number, scores: number])[]) => {
  let look = -1;
  const at = () => found[Math.min(look, found.length - 1)] ?? [0, 0, 0];
  const underway: Underway = {
    outboxes: () => {
      look += 1;
      return Promise.resolve([{ service: 'dossiers', entries: at()[0] }]);
    },
    generation: () => Promise.resolve(1),
    lags: () => Promise.resolve([lag('aggregator.ledger', at()[1]), lag('aggregator.scores', at()[2])]),
  };
  return { underway, looked: () => look + 1 };
};
const GROUPS = ['aggregator.ledger', 'aggregator.scores'] as const;
const soon = { groups: GROUPS, withinMs: 1_000, everyMs: 0 };

describe('settling', () => {
  it('waits until each stage was seen done, pass by pass, as many as a record has stages before it', async () => {
    const { underway, looked } = looks([5, 0, 0], [0, 5, 0], [0, 0, 0], [0, 0, 5], [0, 0, 0]);
    await settle(underway, soon);
    // The first pass needs two looks, the third one too.
    expect(looked()).toBe(8);
  });

  it('does not need all stages to be done at one look: somebody is always about to read a watermark', async () => {
    const { underway } = looks(...Array.from({ length: 40 }, (_, look) => [0, look % 2, (look + 1) % 2] as const), [0, 1, 1]);
    await expect(settle(underway, soon)).resolves.toBeUndefined();
  });

  it('looks only at the groups that it is asked for', async () => {
    const { underway, looked } = looks([0, 0, 9]);
    await settle(underway, { ...soon, groups: ['aggregator.ledger'] });
    expect(looked()).toBe(6);
  });

  it('does not wait for a generation that does not serve', async () => {
    const behind = { ...lag('aggregator.ledger', 9), generation: 2 };
    const underway: Underway = {
      outboxes: () => Promise.resolve([]), generation: () => Promise.resolve(1),
      lags: () => Promise.resolve([lag('aggregator.ledger', 0), behind, lag('catalog.officers', 0)]),
    };
    await expect(settle(underway, soon)).resolves.toBeUndefined();
    await expect(settle({ ...underway, generation: () => Promise.resolve(2) }, { ...soon, withinMs: 0 })).rejects.toThrow('9 records behind');
  });

  it('says what is still on its way when the time is over', async () => {
    const { underway } = looks([3, 7, 0]);
    let now = 0;
    await expect(settle(underway, { ...soon, now: () => (now += 600) })).rejects.toThrow(
      'After 1 s there is still on its way: 3 records in the outbox of dossiers; aggregator.ledger is 7 records behind on facts.',
    );
  });
});

describe('the metrics of a service', () => {
  it('tell the records in all its outboxes', () => {
    expect(sumOfPending([
      '# HELP outbox_pending_entries Records that wait', '# TYPE outbox_pending_entries gauge', 'outbox_pending_entries{relay="dossiers"} 12',
      'outbox_pending_entries{relay="officers"} 3', 'outbox_oldest_age_seconds{relay="dossiers"} 4', '',
    ].join('\n'))).toBe(15);
  });

  it('without an outbox are 0', () => expect(sumOfPending('# nothing\n')).toBe(0));
});
