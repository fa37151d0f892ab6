import type { Instant, Period, UnitCode } from '@index766/kernel';

import { partialId, type FencedPartial, type PartialMeasuresStore } from '../measures';
import type { Reference } from '../reference';
import { ScoreKeeper, TELLS_NOBODY, countsIn, rootOf } from '../scores';
import { scoreId, type FencedScore, type ScoreKey, type ScoreRecord, type ScoreStore } from '../scores/score-record';
import type { Suspect, Suspects } from './difference';
import { firstDifference } from './first-difference';
import { unitsByRoot, unitsToMerge } from './merge-all-scores';

export interface ScoreCheck {
  readonly reference: Reference;
  readonly partials: PartialMeasuresStore;
  /** What should stand in the place of these partials, by `unit|source|partition`. */
  readonly corrected: ReadonlyMap<string, FencedPartial>;
  readonly stored: Pick<ScoreStore, 'revisionsOf'> & { find(keys: readonly ScoreKey[]): Promise<ReadonlyMap<string, FencedScore>> };
  readonly periods: readonly Period[];
  readonly now: Instant;
  /** This unit and those above it alone. */
  readonly unit?: UnitCode | undefined;
}

/** Merges all units anew, by the code that the live members use, and compares the outcome with what is stored. */
export async function checkScores({ reference, partials, corrected, stored, periods, now, unit }: ScoreCheck): Promise<Suspects> {
  const treeOn = reference.treeOn.bind(reference);
  const merged = new MergedScores(stored);
  const source = withCorrections(partials, corrected);
  const keeper = new ScoreKeeper({ partials: source, scores: merged, catalog: reference, periods: () => periods.map(({ name }) => name), now: () => now, latest: TELLS_NOBODY });
  const roots = unitsByRoot(await unitsToMerge(source, reference, periods), (of) => periods.map(({ lastDay }) => rootOf(treeOn(lastDay), of)));
  for (const [root, units] of roots) await keeper.merge(root, units);

  const isAskedFor = ({ unit: of, period }: ScoreRecord): boolean => unit === undefined
    || periods.some(({ name, lastDay }) => name === period && countsIn(treeOn(lastDay), unit).includes(of));
  const records = merged.records.filter(isAskedFor);
  const known = await stored.find(records);
  return new Map(records.flatMap((record): (readonly [string, Suspect])[] => {
    const id = scoreId(record);
    const before = known.get(id);
    // Each record says when it was merged; the rest follows from partials and catalog.
    const field = firstDifference(before && figuresOf(before.score), figuresOf(record));
    if (field === undefined) return [];
    return [[id, { stamp: String(before?.rev ?? 0), difference: { subject: 'score', id, field: before === undefined ? 'document' : field } }]];
  }));
}

function figuresOf({ counted, united }: ScoreRecord): Pick<ScoreRecord, 'counted' | 'united'> {
  return { counted, united };
}

/** Takes what a merge writes and stores nothing. What is stored decides whether a reserved unit without units is merged. */
class MergedScores implements ScoreStore {
  readonly records: ScoreRecord[] = [];

  constructor(private readonly stored: Pick<ScoreStore, 'revisionsOf'>) {}

  revisionsOf(keys: readonly ScoreKey[]): Promise<ReadonlyMap<string, number>> {
    return this.stored.revisionsOf(keys);
  }

  replaceMany(scores: readonly FencedScore[]): Promise<ReadonlySet<string>> {
    this.records.push(...scores.map(({ score }) => score));
    return Promise.resolve(new Set());
  }

  removeMany(): Promise<void> {
    return Promise.resolve();
  }
}

function withCorrections(partials: PartialMeasuresStore, corrected: ReadonlyMap<string, FencedPartial>): PartialMeasuresStore {
  const corrections = [...corrected.values()].map(({ partial }) => partial);
  return {
    revisionsOf: (source, partition) => partials.revisionsOf(source, partition),
    replaceMany: (written) => partials.replaceMany(written),
    units: async () => [...new Set([...await partials.units(), ...corrections.map(({ unit }) => unit)])],
    ofUnits: async (units) => {
      const stored = (await partials.ofUnits(units)).filter((partial) => !corrected.has(partialId(partial)));
      return [...stored, ...corrections.filter(({ unit }) => units.includes(unit))];
    },
  };
}
