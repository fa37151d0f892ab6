import {
  NO_MEASURES, countMeasures, definitionFor, isListed, rollUp, scoreOf, sumMeasures, type CaseView, type IndexDefinition, type Measures, type UnitNode,
  type UnitScore, type UnitTree,
} from '@index766/index-766';
import { latest, ok, refused, type Instant, type LocalDay, type Period, type Result, type UnitCode } from '@index766/kernel';

import { evaluationInstant, type MeasureQueries, type PartialMeasuresStore } from '../measures';
import type { ScoreStore } from './score-record';
import { countsIn, rootOf, unitIn } from './unit-scope';

/** The figures of one unit and period, with all that says how they were made. */
export interface UnitFigures {
  readonly unit: UnitNode;
  readonly period: Period;
  /** T: the period's end, or as-of while it runs. */
  readonly evaluatedAt: Instant;
  readonly definition: IndexDefinition;
  readonly measures: Measures;
  readonly score: UnitScore;
  /** Office minutes of an ordinary day of the unit: turns the working time of 2.2 into days. */
  readonly dailyMinutes: number;
}

export interface ScoreQueriesOptions {
  readonly scores: ScoreStore;
  readonly partials: Pick<PartialMeasuresStore, 'units'>;
  readonly measures: MeasureQueries<CaseView>;
  readonly treeOn: (day: LocalDay) => UnitTree;
  readonly dailyMinutesOf: (unit: UnitCode, day: LocalDay) => number;
  readonly isLive: (period: Period) => boolean;
  readonly now: () => Instant;
}

interface RolledUp {
  readonly measures: Measures;
  readonly evaluatedAt: Instant;
}

/** Scores of any period: what is kept up to date is read, every other period is computed when it is asked for. */
export class ScoreQueries {
  constructor(private readonly options: ScoreQueriesOptions) {}

  /** Refuses UNIT.UNKNOWN and DEFINITION.NONE. */
  async ofUnit(unit: UnitCode, period: Period): Promise<Result<UnitFigures>> {
    const figures = await this.ofUnits(period, (tree) => unitIn(tree, unit) ?? []);
    if (!figures.ok) return figures;
    const [ofUnit] = figures.value;
    return ofUnit === undefined ? unknownUnit() : ok(ofUnit);
  }

  /** A unit and its children, the unit first; balancing units appear in no list. Refuses as `ofUnit`. */
  async ofChildren(parent: UnitCode, period: Period): Promise<Result<readonly UnitFigures[]>> {
    const figures = await this.ofUnits(period, (tree) => {
      const children = (tree.children.get(parent) ?? []).flatMap((code) => tree.nodes.get(code) ?? []);
      return [tree.nodes.get(parent) ?? [], children.filter(({ level }) => isListed(level))].flat();
    });
    if (!figures.ok) return figures;
    return figures.value.length === 0 ? unknownUnit() : figures;
  }

  private async ofUnits(period: Period, select: (tree: UnitTree) => UnitNode | readonly UnitNode[]): Promise<Result<readonly UnitFigures[]>> {
    const definition = definitionFor(period);
    if (!definition.ok) return definition;
    const tree = this.options.treeOn(period.lastDay);
    const nodes = [select(tree)].flat();
    const kept = this.options.isLive(period) ? await this.kept(tree, nodes, period) : undefined;
    const rolledUp = kept ?? await this.computed(tree, nodes, period);
    return ok(nodes.map((unit) => {
      const { measures, evaluatedAt } = rolledUp.get(unit.code) ?? this.nothing(period);
      const score = scoreOf(definition.value, countMeasures(measures), unit.level);
      const dailyMinutes = this.options.dailyMinutesOf(unit.code, period.lastDay);
      return { unit, period, evaluatedAt, definition: definition.value, measures, score, dailyMinutes };
    }));
  }

  /**
   * The records of the period; undefined while a root has none (the first moments of a period): absent would look like 0.
   * The country is merged here, from its few dozen children: it has no record of its own.
   */
  private async kept(tree: UnitTree, nodes: readonly UnitNode[], period: Period): Promise<ReadonlyMap<UnitCode, RolledUp> | undefined> {
    const partsOf = ({ code, level }: UnitNode): readonly UnitCode[] => (level === 'COUNTRY' ? tree.children.get(code) ?? [] : [code]);
    const roots = nodes.flatMap((node) => partsOf(node).map((code) => rootOf(tree, code)));
    const codes = [...new Set([...roots, ...nodes.flatMap(partsOf)])];
    const records = new Map((await this.options.scores.findMany(codes, period.name)).map((record) => [record.unit, record]));
    if (!roots.every((root) => records.has(root))) return undefined;
    return new Map(nodes.map((node) => {
      const parts = partsOf(node).flatMap((code) => records.get(code) ?? []);
      const evaluatedAt = parts.length === 0 ? this.nothing(period).evaluatedAt : parts.map((part) => part.evaluatedAt).reduce(latest);
      return [node.code, { measures: sumMeasures(parts.map(({ measures }) => measures)), evaluatedAt }];
    }));
  }

  private async computed(tree: UnitTree, nodes: readonly UnitNode[], period: Period): Promise<ReadonlyMap<UnitCode, RolledUp>> {
    const wanted = new Set(nodes.map(({ code }) => code));
    const contributing = (await this.options.partials.units()).filter((unit) => countsIn(tree, unit).some((code) => wanted.has(code)));
    const evaluatedAt = evaluationInstant(period, this.options.now());
    const own = await this.options.measures.ownMeasures(contributing, period, evaluatedAt);
    return new Map([...rollUp(tree, own)].map(([unit, measures]) => [unit, { measures, evaluatedAt }]));
  }

  private nothing(period: Period): RolledUp {
    return { measures: NO_MEASURES, evaluatedAt: evaluationInstant(period, this.options.now()) };
  }
}

function unknownUnit(): Result<never> {
  return refused('UNIT.UNKNOWN', 'the catalog has no such unit on the last day of the period', 'unit');
}
