import { dossierTopic } from '@index766/contracts-dossiers';
import { treeOn, type UnitVersion } from '@index766/index-766';
import { addDays, parseLocalDay, startOfDay, type Instant, type LocalDay, type Period, type UnitCode } from '@index766/kernel';
import type { LoggedLetter } from '@index766/platform-kafka';

import type { FactsOfEntry } from '../../ledger';
import { codeRootsWithin } from '../../scores';
import { versionsOf } from '../../test/edition-world';
import { periodNamed } from '../../test/in-memory-aggregator';
import { LogClosingWatch } from './log-closing-watch';

const [HERE, THERE] = ['H44', 'H45'] as UnitCode[] as [UnitCode, UnitCode];
/** The Thursday from which on a commune is of the neighbouring province, and a closed one belongs to a commune there. */
const CHANGE = parseLocalDay('2026-10-15') as LocalDay;
const [BEFORE, ACROSS, AFTER] = ['2026-W41', '2026-W42', '2026-W43'].map(periodNamed) as [Period, Period, Period];

function units(): readonly UnitVersion[] {
  const [moving, closing] = ['H44.4', 'H44.5'] as UnitCode[] as [UnitCode, UnitCode];
  const commune = (code: UnitCode, parent: UnitCode, changes: Partial<UnitVersion> = {}): UnitVersion =>
    ({ code, name: code, level: 'COMMUNE', parent, validFrom: 0 as LocalDay, validTo: null, successor: null, ...changes });
  return [
    ...versionsOf(HERE, ['H44.1'] as UnitCode[]), ...versionsOf(THERE, ['H45.1'] as UnitCode[]),
    commune(moving, HERE), commune(moving, THERE, { validFrom: CHANGE }),
    commune(closing, HERE, { validTo: addDays(CHANGE, -1), successor: 'H45.1' as UnitCode }),
  ];
}

interface Known {
  readonly holes?: readonly FactsOfEntry[];
  /** Keys of records that were set aside. */
  readonly letters?: readonly string[];
  /** When they were replayed; absent: they are open. */
  readonly replayedAt?: Instant;
  readonly unitsOf?: Readonly<Record<string, readonly string[]>>;
}

/** What is asked of the notes about arrivals, and what is said of a period of both provinces. */
function watching({ holes = [], letters = [], replayedAt, unitsOf = {} }: Known) {
  const asked: (readonly string[])[] = [];
  const within: string[] = [];
  const watch = new LogClosingWatch({
    admin: { groupWatermarks: () => Promise.resolve([]) },
    groups: [{ name: 'aggregator.ledger', groupId: 'aggregator.ledger', topics: [dossierTopic.name] }],
    letters: { list: () => Promise.resolve(letters.map((key) => letterOf(key, replayedAt))) },
    ledgers: [{ factsWithHoles: () => Promise.resolve(holes), unitsOf: (ids) => Promise.resolve(new Map(ids.flatMap((id) => (unitsOf[id] === undefined ? [] : [[id, unitsOf[id]] as const])))) }],
    ledgerTopics: new Set([dossierTopic.name]),
    arrivals: {
      sourcesOf: (roots, isWithin) => {
        asked.push(roots);
        within.push(...['H44.1', 'H44.4', 'H44.5', 'H45.1'].filter(isWithin));
        return Promise.resolve([]);
      },
      earliestSince: (roots) => {
        asked.push(roots);
        return Promise.resolve(undefined);
      },
      mendedAt: () => Promise.resolve(null),
    },
  });
  const watched = (province: UnitCode, period: Period) => ({ province, period, tree: treeOn(period.lastDay, units()) });
  return {
    held: async (province: UnitCode, period: Period) => {
      const state = await watch.stateOf(watched(province, period), period.end);
      return [...state.holesBefore(period.end).map(({ subject }) => subject), ...state.letters.map(({ subject }) => subject)];
    },
    replayed: async (province: UnitCode, period: Period) =>
      (await watch.stateOf(watched(province, period), period.end)).letters.map((letter) => [letter.subject, letter.replayedAt]),
    unitsOf: async (province: UnitCode, period: Period) => {
      await watch.stateOf(watched(province, period), period.end);
      return within;
    },
    rootsOf: async (province: UnitCode, period: Period) => {
      await watch.earliestSince(watched(province, period), period.start);
      return asked.flat();
    },
  };
}

function letterOf(key: string, replayedAt: Instant | undefined): LoggedLetter {
  const resolution = replayedAt === undefined ? undefined : { of: 7n, outcome: 'replayed', reason: '', by: 'specs', at: replayedAt };
  return { resolution, letters: 'x.dlt', offset: '7', key: Buffer.from(key), letter: { topic: dossierTopic.name, knownAfter: undefined } } as unknown as LoggedLetter;
}

/** Its second record is missing. */
function hole(id: string, ...named: readonly string[]): FactsOfEntry {
  const knownAt = startOfDay(CHANGE);
  const fact = (sequence: number) => ({ knownAt: (knownAt - 30 * 86_400_000) as Instant, fact: { topic: dossierTopic.name, sequence, kind: 'dossier-received', occurredAt: knownAt, recordedAt: knownAt, timeBasis: 'stated' as const, body: {} } });
  return { id, units: named, facts: [fact(1), fact(3)] };
}

const PERIODS: readonly (readonly [string, Period, UnitCode, UnitCode])[] = [
  ['that ended before it moved', BEFORE, HERE, THERE], ['in which it moved', ACROSS, THERE, HERE], ['after that', AFTER, THERE, HERE],
];

describe('a commune that moves to another province holds back, in the week', () => {
  it.each(PERIODS)('%s, the province that it is of on its last day, by a hole and by a dead letter', async (_, period, its, other) => {
    for (const known of [{ holes: [hole('H44.4-1', 'H44.4')] }, { letters: ['H44.4-1'] }]) {
      expect([await watching(known).held(its, period), await watching(known).held(other, period)]).toEqual([['H44.4-1'], []]);
    }
  });

  it.each(PERIODS)('%s, that province by a commune that was closed, too', async (_, period, its, other) => {
    const known = { letters: ['H44.5-1'] };
    expect([await watching(known).held(its, period), await watching(known).held(other, period)]).toEqual([['H44.5-1'], []]);
  });

  it.each(PERIODS)('%s, by its sources that province', async (_, period, its) => {
    expect((await watching({}).unitsOf(its, period)).filter((unit) => unit === 'H44.4')).toEqual(['H44.4']);
  });

  it.each(PERIODS)('%s, what comes late concerns that province', async (_, period, its) => {
    expect(await watching({}).rootsOf(its, period)).toContain('H44');
    expect(codeRootsWithin(treeOn(period.lastDay, units()), HERE)).toEqual(['H44']);
  });
});

describe('a dossier that was transferred to another province', () => {
  it('holds back both by a letter that nobody can read, and by a missing record', async () => {
    const letter = { letters: ['H44.1-1'], unitsOf: { 'H44.1-1': ['H45.1'] } };
    expect([await watching(letter).held(HERE, AFTER), await watching(letter).held(THERE, AFTER)]).toEqual([['H44.1-1'], ['H44.1-1']]);
    const missing = { holes: [hole('H44.1-1', 'H45.1')] };
    expect([await watching(missing).held(HERE, AFTER), await watching(missing).held(THERE, AFTER)]).toEqual([['H44.1-1'], ['H44.1-1']]);
  });
});

describe('a letter that was replayed', () => {
  it('is told of with that instant to the provinces that it concerns, if it was after the end of the period', async () => {
    const known = { letters: ['H44.1-1'], replayedAt: AFTER.start };
    expect([await watching(known).replayed(HERE, ACROSS), await watching(known).replayed(THERE, ACROSS)]).toEqual([[['H44.1-1', AFTER.start]], []]);
    expect(await watching(known).replayed(HERE, AFTER)).toEqual([]);
  });
});

describe('what nobody can tell the province of', () => {
  it('holds back every one', async () => {
    const known = { letters: ['PA1'] };
    expect([await watching(known).held(HERE, AFTER), await watching(known).held(THERE, AFTER)]).toEqual([['PA1'], ['PA1']]);
  });
});
