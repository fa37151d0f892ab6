import { toDecimalNumber, toDecimalText, type Change } from '@index766/index-766';
import { formatInstant, type UnitCode } from '@index766/kernel';

import type { PlanOfUnit } from '../plan-queries';
import type { PeersOfUnit, RankingOfParent } from '../ranking-queries';

export function rankingJson({ parent, period, before, evaluatedAt, definition, by, levels, nodes }: RankingOfParent) {
  const named = (unit: UnitCode) => ({ unit, name: nodes.get(unit)?.name ?? unit });
  return {
    parent, period: period.name, before: before.name, asOf: formatInstant(evaluatedAt), running: evaluatedAt < period.end,
    definition: definition.id,
    by: by === 'total' ? 'total' : by.group,
    levels: levels.map(({ level, ranking: { ranked, apart } }) => ({
      level,
      ranked: ranked.map(({ unit, rank, hundredths, change }) => ({ rank, ...named(unit), points: hundredthsText(hundredths), change: changeJson(change) })),
      apart: apart.map(({ unit, hundredths, reasons }) => ({ ...named(unit), points: hundredthsText(hundredths), reasons })),
    })),
  };
}

export const RANKING_COLUMNS = ['level', 'rank', 'unit', 'name', 'points', 'change', 'changeRefused', 'apart'] as const;

/** One row for each unit; those apart have no rank, and the reasons in `apart`. */
export function rankingRows(ranking: RankingOfParent): readonly Readonly<Record<(typeof RANKING_COLUMNS)[number], string | number | null>>[] {
  return rankingJson(ranking).levels.flatMap(({ level, ranked, apart }) => [
    ...ranked.map(({ rank, unit, name, points, change }) =>
      ({ level, rank, unit, name, points, change: change.points, changeRefused: change.refused, apart: null })),
    ...apart.map(({ unit, name, points, reasons }) =>
      ({ level, rank: null, unit, name, points, change: null, changeRefused: null, apart: reasons.join(' ') })),
  ]);
}

export function peersJson({ figures: { unit, period, evaluatedAt, definition, score }, peers }: PeersOfUnit) {
  return {
    unit: unit.code, level: unit.level, period: period.name, asOf: formatInstant(evaluatedAt), definition: definition.id, volume: score.volume,
    points: toDecimalText(score.total.points, 2),
    peers: peers.map((peer) => ({
      unit: peer.unit.code, name: peer.unit.name, parent: peer.unit.parent, volume: peer.score.volume, points: toDecimalText(peer.score.total.points, 2),
      insufficient: peer.score.insufficient,
    })),
  };
}

export function planJson({ plan, figures, targets }: PlanOfUnit) {
  return {
    unit: plan.unit, year: plan.year, plan: plan.id, source: plan.source, definition: figures.definition.id,
    asOf: formatInstant(figures.evaluatedAt), running: figures.evaluatedAt < figures.period.end,
    targets: targets.map((progress) => ({
      target: progress.target.id,
      name: progress.target.name,
      threshold: toDecimalNumber(progress.target.threshold, 6),
      comparison: progress.target.comparison,
      state: progress.state,
      reason: progress.state === 'missing' ? progress.reason : null,
      verdict: progress.state === 'measured' ? progress.verdict : null,
      value: progress.state === 'measured' ? toDecimalNumber(progress.value, 6) : null,
      numerator: progress.measure?.numerator ?? null,
      denominator: progress.measure?.denominator ?? null,
      stillNeeded: progress.state === 'measured' ? progress.stillNeeded : null,
    })),
  };
}

function changeJson(change: Change): { readonly points: string | null; readonly refused: string | null } {
  return change.state === 'computed' ? { points: hundredthsText(change.hundredths), refused: null } : { points: null, refused: change.reason };
}

/** Points as shown, with two decimals. */
function hundredthsText(hundredths: bigint): string {
  return toDecimalText({ numerator: hundredths, denominator: 100n }, 2);
}
