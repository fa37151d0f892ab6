import { createHash } from 'node:crypto';
import { NO_MEASURES, RolledUp, sumMeasures, unknownUnitOf, type Measures, type ReportsOfUnits, type UnitTree } from '@index766/index-766';
import { compareText, latest, localDayOf, parsePeriod, type Instant, type LocalDay, type Period, type UnitCode } from '@index766/kernel';

import { evaluationInstant, type PartialMeasures, type PartialMeasuresStore } from '../measures';
import { eachWithStocks, stocksIn, withStocks, type CatalogFigures } from './own-figures';
import { treeOfRoot } from './root-trees';
import { scoreId, scoreRecord, type FencedScore, type GoneScore, type LatestScores, type ScoreRecord, type ScoreStore } from './score-record';
import { countsIn, rootOf, unitIn } from './unit-scope';

/** Rounds of "another member wrote first, read again" before the mark is given back to the queue. */
const FENCE_ROUNDS = 5;

export interface ScoreKeeperOptions {
  readonly partials: PartialMeasuresStore;
  readonly scores: ScoreStore;
  readonly catalog: CatalogFigures;
  /** The periods that are kept up to date now, by name. */
  readonly periods: () => readonly string[];
  readonly now: () => Instant;
  /** Told what was written, before the mark that led to it is done with: so it is told at least once. */
  readonly latest: LatestScores;
}

/** What is known of one root. */
interface KnownRoot {
  /** What its units hold themselves, by period: summed over all sources and partitions. */
  readonly byPeriod: Map<string, Map<UnitCode, OwnOfUnit>>;
  /** What its units have of procedures, by period, on the day of T: the same for many merges. */
  readonly stocks: Map<string, { readonly day: LocalDay; readonly stocks: ReadonlyMap<UnitCode, Measures> }>;
  /** By period, what was rolled up last, and of what. */
  readonly rolledUp: Map<string, RolledUpOnce>;
  /** The records as they were last written from here, by id. */
  readonly written: Map<string, WrittenScore>;
}

/** What all figures of a root and period are made of. */
interface Inputs {
  readonly tree: UnitTree;
  readonly reported: ReportsOfUnits;
  readonly stocks: ReadonlyMap<UnitCode, Measures>;
  readonly own: ReadonlyMap<UnitCode, Measures>;
}

interface RolledUpOnce {
  readonly from: Inputs;
  readonly result: RolledUp;
}

interface WrittenScore {
  readonly digest: string;
  readonly rev: number;
}

interface OwnOfUnit {
  readonly evaluatedAt: Instant;
  readonly measures: Measures;
}

/**
 * Merges the partial measures of units, adds what the catalog says of them and rolls all up their tree. One member merges
 * a root (a province) at a time; it keeps what the root's units hold in memory and reads only those that were touched.
 */
export class ScoreKeeper {
  private roots = new Map<UnitCode, KnownRoot>();

  constructor(private readonly options: ScoreKeeperOptions) {}

  /** What is in memory may be old: another member merged in between, or the catalog changed. A merge that runs is not remembered. */
  forget(): void {
    this.roots = new Map();
  }

  /** Merges the touched units of a root and everything above them, up to the root; the country is put together on read. */
  async merge(root: UnitCode, touched: readonly UnitCode[]): Promise<void> {
    for (let round = 0; round < FENCE_ROUNDS; round += 1) {
      if (await this.mergeOnce(root, touched)) return;
      this.roots.delete(root);
    }
    throw new Error('SCORES.CONTENDED: another member keeps writing the same scores');
  }

  private async mergeOnce(root: UnitCode, touched: readonly UnitCode[]): Promise<boolean> {
    const periods = this.options.periods().map(periodOf);
    const affected = periods.map((period) => ({ period, units: this.affectedBy(touched, period, root) }));
    const reserved = unknownUnitOf(root);
    const keys = affected.flatMap(({ period, units }) => [...new Set([...units, reserved])].map((unit) => ({ unit, period: period.name })));
    // After a change of the catalog nothing is in memory.
    if (!this.roots.has(root)) await this.withdrawGone(root, periods);
    // Before the inputs: whoever writes in between has newer ones, and makes this write lose.
    const revisions = await this.options.scores.revisionsOf(keys);
    const known = await this.read(root, touched);
    const scores = affected.flatMap(({ period, units }) => {
      const isOld = !units.includes(reserved) && isOldIn(known, revisions, scoreId({ unit: reserved, period: period.name }));
      return this.scoresOf(known, root, period, isOld ? [...units, reserved] : units);
    });
    const changed = scores
      .map((score) => ({ score, id: scoreId(score), digest: digestOf(score), rev: revisions.get(scoreId(score)) ?? 0 }))
      .filter(({ id, digest, rev }) => known.written.get(id)?.digest !== digest || known.written.get(id)?.rev !== rev);
    if ((await this.options.scores.replaceMany(changed.map(({ score, rev }): FencedScore => ({ score, rev })))).size > 0) return false;
    await this.options.latest.tell(changed.map(({ score }) => score));
    for (const { id, digest, rev } of changed) known.written.set(id, { digest, rev: rev + 1 });
    return true;
  }

  /** Units that a change of the catalog took out of a period leave what was told of them, which nobody merges any more. */
  private async withdrawGone(root: UnitCode, periods: readonly Period[]): Promise<void> {
    const { catalog, scores, latest: told } = this.options;
    const ever = [...catalog.unitsEver()];
    const absent = periods.flatMap((period) => {
      const tree = this.treeOf(period);
      return ever.filter((unit) => unitIn(tree, unit) === undefined && rootOf(tree, unit) === root).map((unit): GoneScore => ({ unit, period: period.name, root }));
    });
    const stored = await scores.revisionsOf(absent);
    const gone = absent.filter((key) => (stored.get(scoreId(key)) ?? 0) > 0);
    if (gone.length > 0 && await told.withdraw(gone)) await scores.removeMany(gone);
  }

  private affectedBy(touched: readonly UnitCode[], period: Period, root: UnitCode): readonly UnitCode[] {
    const tree = this.treeOf(period);
    // A unit that stood elsewhere in this period is merged under the root that it had then.
    const units = new Set(touched.filter((unit) => rootOf(tree, unit) === root).flatMap((unit) => countsIn(tree, unit)));
    const aboveRoot = new Set(countsIn(tree, root).slice(1));
    return [...units].filter((unit) => !aboveRoot.has(unit)).sort(compareText);
  }

  private async read(root: UnitCode, touched: readonly UnitCode[]): Promise<KnownRoot> {
    const { roots } = this;
    const before = roots.get(root);
    const units = before === undefined ? await this.unitsOfRoot(root) : touched;
    const known: KnownRoot = before ?? { byPeriod: new Map(), stocks: new Map(), rolledUp: new Map(), written: new Map() };
    for (const [unit, partials] of partialsByUnit(await this.options.partials.ofUnits(units))) take(known, unit, partials);
    roots.set(root, known);
    return known;
  }

  private async unitsOfRoot(root: UnitCode): Promise<readonly UnitCode[]> {
    const trees = this.options.periods().map((period) => this.treeOf(periodOf(period)));
    return (await this.options.partials.units()).filter((unit) => trees.some((tree) => rootOf(tree, unit) === root));
  }

  private scoresOf(known: KnownRoot, root: UnitCode, period: Period, units: readonly UnitCode[]): readonly ScoreRecord[] {
    const whole = this.treeOf(period);
    const tree = treeOfRoot(whole, root);
    const own = [...known.byPeriod.get(period.name) ?? []].filter(([unit]) => rootOf(whole, unit) === root);
    const evaluatedAt = own.length === 0 ? evaluationInstant(period, this.options.now()) : own.map(([, each]) => each.evaluatedAt).reduce(latest);
    const rolledUp = rollUpOnce(known.rolledUp.get(period.name), {
      tree, reported: this.options.catalog.reportedFor(period.name), stocks: this.stocksOf(known, tree, period, evaluatedAt),
      own: new Map(own.map(([unit, { measures }]) => [unit, measures])),
    });
    known.rolledUp.set(period.name, rolledUp);
    return units.map((unit) => scoreRecord({ unit, period: period.name, evaluatedAt }, rolledUp.result.measuresOf(unit) ?? NO_MEASURES, unit === root));
  }

  private stocksOf(known: KnownRoot, tree: UnitTree, period: Period, evaluatedAt: Instant): ReadonlyMap<UnitCode, Measures> {
    const day = localDayOf(evaluatedAt);
    const before = known.stocks.get(period.name);
    if (before?.day === day) return before.stocks;
    const stocks = stocksIn(tree, this.options.catalog, period, evaluatedAt);
    known.stocks.set(period.name, { day, stocks });
    return stocks;
  }

  private treeOf(period: Period): UnitTree {
    return this.options.catalog.treeOn(period.lastDay);
  }
}

/**
 * A change of the catalog may take a unit out of the reserved one, which stands in no tree and so is touched by nobody then: what is
 * stored of it is written once after all was read anew.
 */
function isOldIn({ written }: KnownRoot, stored: ReadonlyMap<string, number>, id: string): boolean {
  return (stored.get(id) ?? 0) > 0 && !written.has(id);
}

/** Where nothing but some units' own measures changed, only these and what is above them is rolled up anew. */
function rollUpOnce(before: RolledUpOnce | undefined, from: Inputs): RolledUpOnce {
  const { tree, reported, stocks, own } = from;
  if (before === undefined || !isOfSameUnits(before.from, from)) return { from, result: RolledUp.of(tree, withStocks(own, stocks), reported) };
  const changed = [...own].filter(([unit, measures]) => before.from.own.get(unit) !== measures);
  return { from, result: before.result.with(eachWithStocks(changed, stocks)) };
}

function isOfSameUnits(before: Inputs, now: Inputs): boolean {
  const isSameCatalog = before.tree === now.tree && before.reported === now.reported && before.stocks === now.stocks;
  return isSameCatalog && [...before.own.keys()].every((unit) => now.own.has(unit));
}

function periodOf(name: string): Period {
  const period = parsePeriod(name);
  if (!period.ok) throw new Error(period.error.code);
  return period.value;
}

/** Of a record that may be many thousand characters long: members keep one for each of some ten thousand records. */
function digestOf(score: ScoreRecord): string {
  return createHash('sha256').update(JSON.stringify(score)).digest('base64');
}

function partialsByUnit(partials: readonly PartialMeasures[]): ReadonlyMap<UnitCode, readonly PartialMeasures[]> {
  const byUnit = new Map<UnitCode, PartialMeasures[]>();
  for (const partial of partials) byUnit.set(partial.unit, [...(byUnit.get(partial.unit) ?? []), partial]);
  return byUnit;
}

function take({ byPeriod }: KnownRoot, unit: UnitCode, partials: readonly PartialMeasures[]): void {
  for (const ofPeriod of byPeriod.values()) ofPeriod.delete(unit);
  for (const period of new Set(partials.flatMap(({ periods }) => Object.keys(periods)))) {
    const parts = partials.flatMap(({ periods }) => periods[period] ?? []);
    const ofPeriod = byPeriod.get(period) ?? new Map<UnitCode, OwnOfUnit>();
    ofPeriod.set(unit, {
      evaluatedAt: parts.map(({ evaluatedAt }) => evaluatedAt).reduce(latest),
      measures: sumMeasures(parts.map(({ measures }) => measures)),
    });
    byPeriod.set(period, ofPeriod);
  }
}
