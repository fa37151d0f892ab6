import { setImmediate as breathe } from 'node:timers/promises';
import { placeOf, toDecimalNumber, type CaseView, type Fraction, type UnitTree } from '@index766/index-766';
import { periodContaining, type Instant, type UnitCode } from '@index766/kernel';
import type { MetricHandles, Metrics } from '@index766/platform-observability';

import { INDEX_METRICS, TOLD_PERIODS } from './index-metrics';
import { NONE_OPEN, openDossiersOf, sumOpenDossiers, type OpenDossiers } from './lateness';
import type { MeasureKeeper } from './measures';
import type { ScoreQueries, UnitFigures } from './scores';

const DECIMALS = 6;

export interface ToldFiguresParts {
  readonly metrics: Metrics;
  readonly cases: Pick<MeasureKeeper<CaseView>, 'countByUnit' | 'ownedCount' | 'ownedViews'>;
  readonly scores: Pick<ScoreQueries, 'ofLevel'>;
  readonly treeToday: () => UnitTree;
  readonly now: () => Instant;
}

/** What /metrics says of the index, once a minute: figures of provinces, and what each unit has in hand. */
export class ToldFigures {
  private readonly handles: MetricHandles<typeof INDEX_METRICS>;
  private toldUnits: ReadonlySet<UnitCode> = new Set();

  constructor(private readonly parts: ToldFiguresParts) {
    this.handles = parts.metrics.of(INDEX_METRICS);
  }

  async tell(): Promise<void> {
    this.tellOwned();
    await this.tellOpen();
    for (const kind of TOLD_PERIODS) {
      const provinces = await this.parts.scores.ofLevel('PROVINCE', periodContaining(kind, this.parts.now()));
      // No definition holds in the period: there is nothing to tell.
      if (provinces.ok) for (const figures of provinces.value) this.tellFigures(kind, figures);
    }
  }

  private tellOwned(): void {
    const { cases, treeToday } = this.parts;
    const tree = treeToday();
    const unknown = [...cases.countByUnit()].filter(([unit]) => !tree.nodes.has(placeOf(tree, unit)));
    this.handles.dossiers.set({}, cases.ownedCount());
    this.handles.unknownUnitDossiers.set({}, unknown.reduce((sum, [, count]) => sum + count, 0));
  }

  private async tellOpen(): Promise<void> {
    const { cases, treeToday, now } = this.parts;
    const parts: ReadonlyMap<UnitCode, OpenDossiers>[] = [];
    for (const views of cases.ownedViews()) {
      parts.push(openDossiersOf(views, treeToday(), now()));
      // A partition has some ten thousand views: requests and batches get their turn in between.
      await breathe();
    }
    const byUnit = sumOpenDossiers(parts);
    for (const unit of new Set([...this.toldUnits, ...byUnit.keys()])) {
      const { open, overdue, dueToday } = byUnit.get(unit) ?? NONE_OPEN;
      this.handles.openDossiers.set({ unit }, open);
      this.handles.overdueDossiers.set({ unit }, overdue);
      this.handles.dueTodayDossiers.set({ unit }, dueToday);
    }
    this.toldUnits = new Set([...this.toldUnits, ...byUnit.keys()]);
  }

  private tellFigures(period: (typeof TOLD_PERIODS)[number], { unit: { code: unit }, score, measures: { counts } }: UnitFigures): void {
    const late = counts['ended-late'] + counts['open-overdue'] + counts['waiting-late'];
    tellPoints(this.handles.points, { unit, period }, score.total.points);
    this.handles.completeness.set({ unit, period }, toDecimalNumber(score.total.completeness, DECIMALS));
    this.handles.countedDossiers.set({ unit, period }, score.volume);
    this.handles.late.set({ unit, period }, score.volume === 0 ? 0 : late / score.volume);
    for (const { group, points } of score.groups) {
      tellPoints(this.handles.groupPoints, { unit, period, index_group: group }, points);
    }
  }
}

/** Where there are no points there is no series: 0 would be a figure. */
function tellPoints<Labels>(gauge: { set(labels: Labels, value: number): void; remove(labels: Labels): void }, labels: Labels, points: Fraction | null): void {
  if (points === null) gauge.remove(labels);
  else gauge.set(labels, toDecimalNumber(points, DECIMALS));
}
