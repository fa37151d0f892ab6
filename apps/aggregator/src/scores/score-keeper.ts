import { NO_MEASURES, rollUp, sumMeasures, type Measures, type UnitTree } from '@index766/index-766';
import { compareText, latest, parsePeriod, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';

import type { PartialMeasures, PartialMeasuresStore } from '../measures';
import { scoreId, type FencedScore, type ScoreRecord, type ScoreStore } from './score-record';
import { countsIn, rootOf } from './unit-scope';

/** Rounds of "another member wrote first, read again" before the mark is given back to the queue. */
const FENCE_ROUNDS = 5;

export interface ScoreKeeperOptions {
  readonly partials: PartialMeasuresStore;
  readonly scores: ScoreStore;
  readonly treeOn: (day: LocalDay) => UnitTree;
  /** The periods that are kept up to date now, by name. */
  readonly periods: () => readonly string[];
}

/** What is known of one root. */
interface KnownRoot {
  /** What its units hold themselves, by period: summed over all partitions. */
  readonly byPeriod: Map<string, Map<UnitCode, OwnOfUnit>>;
  /** The records as they were last written from here, by id. */
  readonly written: Map<string, WrittenScore>;
}

interface WrittenScore {
  readonly text: string;
  readonly rev: number;
}

interface OwnOfUnit {
  readonly evaluatedAt: Instant;
  readonly measures: Measures;
}

/**
 * Merges the partial measures of units and rolls them up their tree. One member merges a root (a province) at a time;
 * it keeps what the root's units hold in memory and reads only those that were touched.
 */
export class ScoreKeeper {
  private readonly roots = new Map<UnitCode, KnownRoot>();

  constructor(private readonly options: ScoreKeeperOptions) {}

  /** What is in memory may be old: another member merged in between. */
  forget(): void {
    this.roots.clear();
  }

  /** Merges the touched units of a root and everything above them, up to the root; the country is merged by its own mark. */
  async merge(root: UnitCode, touched: readonly UnitCode[]): Promise<void> {
    for (let round = 0; round < FENCE_ROUNDS; round += 1) {
      if (await this.mergeOnce(root, touched)) return;
      this.roots.delete(root);
    }
    throw new Error('SCORES.CONTENDED: another member keeps writing the same scores');
  }

  private async mergeOnce(root: UnitCode, touched: readonly UnitCode[]): Promise<boolean> {
    const periods = this.options.periods();
    const affected = periods.map((period) => ({ period, units: this.affectedBy(touched, period, root) }));
    const keys = affected.flatMap(({ period, units }) => units.map((unit) => ({ unit, period })));
    // Before the inputs: whoever writes in between has newer ones, and makes this write lose.
    const revisions = await this.options.scores.revisionsOf(keys);
    const own = await this.ownOf(root, touched);
    const scores = affected.flatMap(({ period, units }) => this.scoresOf(own, period, units));
    const changed = scores
      .map((score) => ({ score, id: scoreId(score), text: JSON.stringify(score), rev: revisions.get(scoreId(score)) ?? 0 }))
      .filter(({ id, text, rev }) => own.written.get(id)?.text !== text || own.written.get(id)?.rev !== rev);
    if ((await this.options.scores.replaceMany(changed.map(({ score, rev }): FencedScore => ({ score, rev })))).size > 0) return false;
    for (const { id, text, rev } of changed) own.written.set(id, { text, rev: rev + 1 });
    return true;
  }

  private affectedBy(touched: readonly UnitCode[], period: string, root: UnitCode): readonly UnitCode[] {
    const tree = this.treeOf(period);
    const units = new Set(touched.flatMap((unit) => countsIn(tree, unit)));
    const aboveRoot = new Set(countsIn(tree, root).slice(1));
    return [...units].filter((unit) => !aboveRoot.has(unit)).sort(compareText);
  }

  private async ownOf(root: UnitCode, touched: readonly UnitCode[]): Promise<KnownRoot> {
    const known = this.roots.get(root);
    const units = known === undefined ? await this.unitsOfRoot(root) : touched;
    const own: KnownRoot = known ?? { byPeriod: new Map(), written: new Map() };
    for (const [unit, partials] of partialsByUnit(await this.options.partials.ofUnits(units))) take(own, unit, partials);
    this.roots.set(root, own);
    return own;
  }

  private async unitsOfRoot(root: UnitCode): Promise<readonly UnitCode[]> {
    const trees = this.options.periods().map((period) => this.treeOf(period));
    return (await this.options.partials.units()).filter((unit) => trees.some((tree) => rootOf(tree, unit) === root));
  }

  private scoresOf(own: KnownRoot, period: string, units: readonly UnitCode[]): readonly ScoreRecord[] {
    const ofPeriod = own.byPeriod.get(period) ?? new Map<UnitCode, OwnOfUnit>();
    if (ofPeriod.size === 0) return [];
    const rolledUp = rollUp(this.treeOf(period), new Map([...ofPeriod].map(([unit, { measures }]) => [unit, measures])));
    const evaluatedAt = [...ofPeriod.values()].map((each) => each.evaluatedAt).reduce(latest);
    return units.map((unit) => ({ unit, period, evaluatedAt, measures: rolledUp.get(unit) ?? NO_MEASURES }));
  }

  private treeOf(periodName: string): UnitTree {
    const period = parsePeriod(periodName);
    if (!period.ok) throw new Error(period.error.code);
    return this.options.treeOn(period.value.lastDay);
  }
}

function partialsByUnit(partials: readonly PartialMeasures[]): ReadonlyMap<UnitCode, readonly PartialMeasures[]> {
  const byUnit = new Map<UnitCode, PartialMeasures[]>();
  for (const partial of partials) byUnit.set(partial.unit, [...(byUnit.get(partial.unit) ?? []), partial]);
  return byUnit;
}

function take(own: KnownRoot, unit: UnitCode, partials: readonly PartialMeasures[]): void {
  for (const ofPeriod of own.byPeriod.values()) ofPeriod.delete(unit);
  for (const period of new Set(partials.flatMap(({ periods }) => Object.keys(periods)))) {
    const parts = partials.flatMap(({ periods }) => periods[period] ?? []);
    const ofPeriod = own.byPeriod.get(period) ?? new Map<UnitCode, OwnOfUnit>();
    ofPeriod.set(unit, {
      evaluatedAt: parts.map(({ evaluatedAt }) => evaluatedAt).reduce(latest),
      measures: sumMeasures(parts.map(({ measures }) => measures)),
    });
    own.byPeriod.set(period, ofPeriod);
  }
}
