import {
  isListed, peersOf, rankUnits, UNIT_LEVELS, type Candidate, type IndexDefinition, type RankedBy, type Ranking, type UnitLevel, type UnitNode,
} from '@index766/index-766';
import { ok, periodBefore, refused, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { ScoreQueries, UnitFigures } from './score-queries';

/** The units of one level right below one parent. */
export interface LevelRanking {
  readonly level: UnitLevel;
  readonly ranking: Ranking;
}

export interface RankingOfParent {
  readonly parent: UnitCode;
  readonly period: Period;
  /** What the change is measured against. */
  readonly before: Period;
  readonly evaluatedAt: Instant;
  /** K; null: all that is known now. */
  readonly knownBy: Instant | null;
  readonly definition: IndexDefinition;
  readonly by: RankedBy;
  readonly levels: readonly LevelRanking[];
  readonly nodes: ReadonlyMap<UnitCode, UnitNode>;
}

export interface PeersOfUnit {
  readonly figures: UnitFigures;
  readonly peers: readonly UnitFigures[];
}

/** Rankings of units under one parent, and peers (index-766.md §5). */
export class RankingQueries {
  constructor(private readonly scores: ScoreQueries) {}

  /** `group` null: the total; `knownBy`: as known at K, the period before, too. Refuses UNIT.UNKNOWN, DEFINITION.NONE and GROUP.UNKNOWN. */
  async ofChildren(parent: UnitCode, period: Period, group: string | null, knownBy: Instant | null = null): Promise<Result<RankingOfParent>> {
    const found = await this.scores.ofChildren(parent, period, knownBy);
    if (!found.ok) return found;
    const [ofParent, ...children] = found.value;
    if (ofParent === undefined) return refused('UNIT.UNKNOWN', 'the catalog has no such unit on the last day of the period', 'parent');
    const { definition, evaluatedAt } = ofParent;
    if (group !== null && !definition.groups.some(({ id }) => id === group)) {
      return refused('GROUP.UNKNOWN', 'the definition has no such group', 'group');
    }
    const by: RankedBy = group === null ? 'total' : { group };
    const before = periodBefore(period);
    const candidates = await this.candidates(children, before, knownBy);
    const levels = UNIT_LEVELS.flatMap((level): readonly LevelRanking[] => {
      const ofLevel = candidates.filter(({ score }) => score.level === level);
      return ofLevel.length === 0 ? [] : [{ level, ranking: rankUnits(definition, ofLevel, by, period) }];
    });
    const nodes = new Map(children.map(({ unit }) => [unit.code, unit]));
    return ok({ parent, period, before, evaluatedAt, knownBy, definition, by, levels, nodes });
  }

  /** Units of the same level with about as many dossiers, wherever they are, as known at K. Refuses UNIT.UNKNOWN and DEFINITION.NONE. */
  async peersOf(unit: UnitCode, period: Period, knownBy: Instant | null = null): Promise<Result<PeersOfUnit>> {
    const own = await this.scores.ofUnit(unit, period, knownBy);
    if (!own.ok) return own;
    const { level } = own.value.unit;
    const all = await this.scores.ofLevel(isListed(level) ? level : null, period, knownBy);
    if (!all.ok) return all;
    const volumes = all.value.map(({ unit: { code }, score }) => ({ unit: code, level, volume: score.volume }));
    const peers = new Set(peersOf(unit, volumes));
    return ok({ figures: own.value, peers: all.value.filter(({ unit: { code } }) => peers.has(code)) });
  }

  /**
   * Each with its score of the period before, whatever it stood below then. A unit of which nothing was counted the period before
   * has no score then that a change could be measured against.
   */
  private async candidates(children: readonly UnitFigures[], before: Period, knownBy: Instant | null): Promise<readonly Candidate[]> {
    const earlier = await this.scores.ofEach(children.map(({ unit }) => unit.code), before, knownBy);
    const scores = new Map((earlier.ok ? earlier.value : []).map(({ unit, score }) => [unit.code, score]));
    return children.map(({ unit, score }) => {
      const scoreBefore = scores.get(unit.code);
      const hadScore = scoreBefore !== undefined && !scoreBefore.insufficient.includes('no-leading-indicator');
      return { unit: unit.code, score, before: hadScore ? scoreBefore : null };
    });
  }
}
