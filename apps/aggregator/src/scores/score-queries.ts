import {
  countMeasures, definitionFor, isListed, rollUp, scoreOf, sumMeasures, NO_MEASURES, NO_SETS, type CaseView, type CodeSets, type CountedMeasures,
  type IndexDefinition, type Measures, type UnitLevel, type UnitNode, type UnitScore, type UnitTree,
} from '@index766/index-766';
import { latest, ok, refused, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { KnownPetition } from '../ledger';
import { perspectiveOn, type MeasureQueries, type PartialMeasuresStore, type Perspective } from '../measures';
import type { Reference } from '../reference';
import { rolledUpWith, stocksIn } from './own-figures';
import { rootsBelow, treeOfRoots } from './root-trees';
import { measuresOf, type ScoreReader } from './score-record';
import { countsIn, rootOf, unitIn } from './unit-scope';

/** The figures of one unit and period, with all that says how they were made. */
export interface UnitFigures {
  readonly unit: UnitNode;
  readonly period: Period;
  /** T: the period's end, or as-of while it runs. */
  readonly evaluatedAt: Instant;
  /** K: what was known by then; null: all that is known now. */
  readonly knownBy: Instant | null;
  readonly definition: IndexDefinition;
  readonly measures: CountedMeasures;
  readonly score: UnitScore;
  /** Office minutes of an ordinary day of the unit: turns the working time of 2.2 into days. */
  readonly dailyMinutes: number;
}

export interface ScoreQueriesOptions {
  readonly scores: ScoreReader;
  readonly partials: Pick<PartialMeasuresStore, 'units'>;
  readonly cases: MeasureQueries<CaseView>;
  readonly petitions: MeasureQueries<KnownPetition>;
  readonly reference: Reference;
  readonly isLive: (period: Period) => boolean;
  readonly now: () => Instant;
}

interface RolledUp {
  readonly measures: CountedMeasures;
  readonly evaluatedAt: Instant;
}

/** Scores of any period: what is kept up to date is read, everything else is computed when it is asked for. */
export class ScoreQueries {
  constructor(private readonly options: ScoreQueriesOptions) {}

  /** `knownBy`: as known at K. Refuses UNIT.UNKNOWN and DEFINITION.NONE. */
  async ofUnit(unit: UnitCode, period: Period, knownBy: Instant | null = null): Promise<Result<UnitFigures>> {
    const figures = await this.ofUnits(this.perspective(period, knownBy), (tree) => unitIn(tree, unit) ?? []);
    if (!figures.ok) return figures;
    const [ofUnit] = figures.value;
    return ofUnit === undefined ? unknownUnit() : ok(ofUnit);
  }

  /** A unit and its children, the unit first; balancing units appear in no list. Refuses as `ofUnit`. */
  async ofChildren(parent: UnitCode, period: Period, knownBy: Instant | null = null): Promise<Result<readonly UnitFigures[]>> {
    const figures = await this.ofUnits(this.perspective(period, knownBy), (tree) => {
      const children = (tree.children.get(parent) ?? []).flatMap((code) => tree.nodes.get(code) ?? []);
      return [tree.nodes.get(parent) ?? [], children.filter(({ level }) => isListed(level))].flat();
    });
    if (!figures.ok) return figures;
    return figures.value.length === 0 ? unknownUnit() : figures;
  }

  /** Those of the units that the catalog has on the last day of the period. Refuses DEFINITION.NONE. */
  async ofEach(units: readonly UnitCode[], period: Period, knownBy: Instant | null = null): Promise<Result<readonly UnitFigures[]>> {
    return this.ofUnits(this.perspective(period, knownBy), (tree) => units.flatMap((code) => tree.nodes.get(code) ?? []));
  }

  /** Every unit of one level; null: of none. Refuses DEFINITION.NONE. */
  async ofLevel(level: UnitLevel | null, period: Period, knownBy: Instant | null = null): Promise<Result<readonly UnitFigures[]>> {
    return this.ofUnits(this.perspective(period, knownBy), (tree) => [...tree.nodes.values()].filter((node) => node.level === level));
  }

  /** The codes that a unit's distinct counts are made of, those of the units below it united. Refuses as `ofUnit`. */
  async setsOf(unit: UnitCode, perspective: Perspective): Promise<Result<CodeSets>> {
    const { period } = perspective;
    const tree = perspective.reference.treeOn(period.lastDay);
    const node = unitIn(tree, unit);
    if (node === undefined) return unknownUnit();
    return ok((await this.computed(tree, [node], perspective)).get(unit)?.sets ?? NO_SETS);
  }

  /** Those of them that the catalog alone makes: no dossier is read. Refuses as `ofUnit`. */
  stockSetsOf(unit: UnitCode, perspective: Perspective): Result<CodeSets> {
    const tree = perspective.reference.treeOn(perspective.period.lastDay);
    const node = unitIn(tree, unit);
    if (node === undefined) return unknownUnit();
    return ok(rolledUpOf(tree, [node], new Map([[unit, NO_MEASURES]]), perspective).get(unit)?.sets ?? NO_SETS);
  }

  private perspective(period: Period, knownBy: Instant | null): Perspective {
    return perspectiveOn(period, this.options.now(), this.options.reference, knownBy);
  }

  private async ofUnits(
    perspective: Perspective, select: (tree: UnitTree) => UnitNode | readonly UnitNode[],
  ): Promise<Result<readonly UnitFigures[]>> {
    const { period, knownBy, reference } = perspective;
    const definition = definitionFor(period);
    if (!definition.ok) return definition;
    const tree = reference.treeOn(period.lastDay);
    const nodes = [select(tree)].flat();
    const kept = knownBy === null && this.options.isLive(period) ? await this.kept(tree, nodes, perspective) : undefined;
    const rolledUp = kept ?? await this.counted(tree, nodes, perspective);
    return ok(nodes.map((unit) => {
      const { measures, evaluatedAt } = rolledUp.get(unit.code) ?? { measures: countMeasures(NO_MEASURES), evaluatedAt: perspective.evaluatedAt };
      const score = scoreOf(definition.value, measures, unit.level);
      const dailyMinutes = reference.calendarOf(unit.code, period.lastDay).dailyMinutesOn(period.lastDay);
      return { unit, period, evaluatedAt, knownBy, definition: definition.value, measures, score, dailyMinutes };
    }));
  }

  /** The records of the period; undefined while a root has none (the first moments of a period): absent would look like 0. */
  private async kept(tree: UnitTree, nodes: readonly UnitNode[], perspective: Perspective): Promise<ReadonlyMap<UnitCode, RolledUp> | undefined> {
    const { period } = perspective;
    const countries = nodes.filter(({ level }) => level === 'COUNTRY');
    const others = nodes.filter((node) => !countries.includes(node)).map(({ code }) => code);
    const counted = await this.options.scores.countedOf(others, period.name);
    const found = new Map(counted.map(({ unit, counted: measures, evaluatedAt }): [UnitCode, RolledUp] => [unit, { measures, evaluatedAt }]));
    const rootsOfAbsent = others.filter((unit) => !found.has(unit)).map((unit) => rootOf(tree, unit));
    const roots = [...new Set([...rootsOfAbsent, ...countries.flatMap(({ code }) => rootsBelow(tree, code))])];
    if (roots.length > 0 && (await this.options.scores.present(roots, period.name)).size < roots.length) return undefined;
    for (const country of countries) found.set(country.code, await this.countryOf(tree, country, perspective));
    return found;
  }

  /** The country is put together here, from its few dozen roots. */
  private async countryOf(tree: UnitTree, country: UnitNode, { period, evaluatedAt, reference }: Perspective): Promise<RolledUp> {
    const records = await this.options.scores.wholeOf([country.code, ...rootsBelow(tree, country.code)], period.name);
    const united = new Map(records.flatMap((record) => {
      const measures = measuresOf(record);
      return measures === undefined ? [] : [[record.unit, measures] as const];
    }));
    const rolledUp = rollUp(treeOfRoots(tree, country), united, reference.reportedFor(period.name)).get(country.code);
    return { measures: countMeasures(rolledUp ?? NO_MEASURES), evaluatedAt: records.map((record) => record.evaluatedAt).reduce(latest, evaluatedAt) };
  }

  private async counted(tree: UnitTree, nodes: readonly UnitNode[], perspective: Perspective): Promise<ReadonlyMap<UnitCode, RolledUp>> {
    const { evaluatedAt } = perspective;
    const rolledUp = await this.computed(tree, nodes, perspective);
    return new Map(nodes.map(({ code }) => [code, { measures: countMeasures(rolledUp.get(code) ?? NO_MEASURES), evaluatedAt }]));
  }

  private async computed(tree: UnitTree, nodes: readonly UnitNode[], perspective: Perspective): Promise<ReadonlyMap<UnitCode, Measures>> {
    const isWithin = scopeOf(tree, nodes);
    const contributing = (await this.options.partials.units()).filter(isWithin);
    const cases = await this.options.cases.ownMeasures(contributing, perspective);
    const petitions = await this.options.petitions.ownMeasures(contributing, perspective);
    const own = new Map(contributing.map((unit) => [unit, sumMeasures([cases.get(unit) ?? NO_MEASURES, petitions.get(unit) ?? NO_MEASURES])]));
    return rolledUpOf(tree, nodes, own, perspective);
  }
}

function scopeOf(tree: UnitTree, nodes: readonly UnitNode[]): (unit: UnitCode) => boolean {
  const wanted = new Set(nodes.map(({ code }) => code));
  return (unit) => countsIn(tree, unit).some((code) => wanted.has(code));
}

/** What the units and those below them hold themselves, with the stocks beside it. */
function rolledUpOf(
  tree: UnitTree, nodes: readonly UnitNode[], own: ReadonlyMap<UnitCode, Measures>, { period, evaluatedAt, reference }: Perspective,
): ReadonlyMap<UnitCode, Measures> {
  const isWithin = scopeOf(tree, nodes);
  // What is above shows in what is below: the procedures that a province announces.
  const above = new Set(nodes.flatMap(({ code }) => countsIn(tree, code)));
  const stocks = stocksIn(tree, reference, period, evaluatedAt, (unit) => above.has(unit) || isWithin(unit));
  return rolledUpWith(tree, own, stocks, reference.reportedFor(period.name));
}

function unknownUnit(): Result<never> {
  return refused('UNIT.UNKNOWN', 'the catalog has no such unit on the last day of the period', 'unit');
}
