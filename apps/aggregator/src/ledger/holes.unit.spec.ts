import type { Instant } from '@index766/kernel';

import { OpenHoles, holesIn } from './holes';
import type { KnownFact } from './known-fact';

const known = (topic: string, sequence: number): KnownFact => ({
  knownAt: 0 as Instant,
  fact: {
    kind: 'dossier-finished', occurredAt: 0 as Instant, recordedAt: 0 as Instant, topic, sequence,
    timeBasis: 'stated', body: {},
  },
});

describe('the holes of a dossier', () => {
  it.each([
    ['none without a fact', [], []],
    ['none in sequences without a gap', [['a', 1], ['a', 2]], []],
    ['what is missing below the highest sequence, the first one too', [['a', 2], ['a', 5]], [{ topic: 'a', missing: 3 }]],
    ['counted for each topic', [['a', 1], ['b', 2], ['a', 3], ['c', 1]], [{ topic: 'a', missing: 1 }, { topic: 'b', missing: 1 }]],
  ] as const)('are %s', (_, facts, holes) => {
    expect(holesIn(facts.map(([topic, sequence]) => known(topic, sequence)))).toEqual(holes);
  });
});

describe('the open holes of a member', () => {
  it('are those of its partitions, replaced by every save', () => {
    const holes = new OpenHoles();
    holes.assigned(0, [['A', [{ topic: 'a', missing: 2 }]]]);
    holes.assigned(1, []);
    holes.saved(1, 'B', [{ topic: 'a', missing: 1 }, { topic: 'b', missing: 4 }]);
    holes.saved(1, 'B', [{ topic: 'a', missing: 1 }, { topic: 'b', missing: 4 }]);
    expect(['a', 'b', 'c'].map((topic) => holes.missingOf(topic))).toEqual([3, 4, 0]);

    holes.saved(0, 'A', []);
    expect(holes.missingOf('a')).toBe(1);
    holes.revoked([1]);
    expect(holes.missingOf('a')).toBe(0);
  });

  it('leave a partition alone that was taken away during the save', () => {
    const holes = new OpenHoles();
    holes.saved(0, 'A', [{ topic: 'a', missing: 2 }]);
    expect(holes.missingOf('a')).toBe(0);
  });
});
