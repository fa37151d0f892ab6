import { toDecimalNumber, toDecimalText, type Change, type Fraction } from '@index766/index-766';
import type { UnitCode } from '@index766/kernel';

import type { PlanOfUnit } from '../plan-queries';
import type { PeersOfUnit, RankingOfParent } from '../ranking-queries';
import { askedJson } from './asked-json';

export function rankingJson({ parent, before, by, levels, nodes, ...asked }: RankingOfParent) {
  const named = (unit: UnitCode) => ({ unit, name: nodes.get(unit)?.name ?? unit });
  return {
    parent, before: before.name, ...askedJson(asked),
    by: by === 'total' ? 'total' : by.group,
    levels: levels.map(({ level, ranking: { ranked, apart } }) => ({
      level,
      ranked: ranked.map(({ unit, rank, hundredths, change }) => ({ rank, ...named(unit), points: hundredthsText(hundredths), change: changeJson(change) })),
      apart: apart.map(({ unit, hundredths, reasons }) => ({ ...named(unit), points: hundredths === null ? null : hundredthsText(hundredths), reasons })),
    })),
  };
}

export const RANKING_COLUMNS = [
  'level', 'rank', 'unit', 'name', 'points', 'change', 'changeRefused', 'apart', 'period', 'asOf', 'knownAt', 'definition', 'by',
] as const;

/** One row for each unit; those apart have no rank, and the reasons in `apart`. No points: there is no figure, which is no 0. */
export function rankingRows(ranking: RankingOfParent): readonly Readonly<Record<(typeof RANKING_COLUMNS)[number], string | number | null>>[] {
  const { period, asOf, knownAt, definition, by, levels } = rankingJson(ranking);
  const asked = { period, asOf, knownAt, definition, by };
  return levels.flatMap(({ level, ranked, apart }) => [
    ...ranked.map(({ rank, unit, name, points, change }) =>
      ({ level, rank, unit, name, points, change: change.points, changeRefused: change.refused, apart: null, ...asked })),
    ...apart.map(({ unit, name, points, reasons }) =>
      ({ level, rank: null, unit, name, points, change: null, changeRefused: null, apart: reasons.join(' '), ...asked })),
  ]);
}

export function peersJson({ figures, peers }: PeersOfUnit) {
  const { unit, score } = figures;
  return {
    unit: unit.code, level: unit.level, ...askedJson(figures), volume: score.volume, points: pointsText(score.total.points),
    peers: peers.map((peer) => ({
      unit: peer.unit.code, name: peer.unit.name, parent: peer.unit.parent, volume: peer.score.volume, points: pointsText(peer.score.total.points),
      insufficient: peer.score.insufficient,
    })),
  };
}

export function planJson({ plan, figures, targets }: PlanOfUnit) {
  return {
    unit: plan.unit, year: plan.year, plan: plan.id, source: plan.source, ...askedJson(figures),
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

/** Points as shown, with two decimals; null is no 0. */
function pointsText(points: Fraction | null): string | null {
  return points && toDecimalText(points, 2);
}

function hundredthsText(hundredths: bigint): string {
  return toDecimalText({ numerator: hundredths, denominator: 100n }, 2);
}
