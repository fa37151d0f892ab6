import type { ReportedMeasure } from '@index766/contracts-catalog';
import { ok, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';

import type { Page, ReferenceRepository } from '../application/ports';
import { figureIdOf, figureKey, type FigureContent, type FigureId } from '../domain/reported-figure';
import { knownBy, type History, type Recorded } from '../domain/versions';

export interface FigureEntry {
  readonly id: FigureId;
  /** The latest version that is known. */
  readonly latest: Recorded<FigureContent>;
  readonly versions: History<FigureContent>;
}

export interface FigurePageQuery {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly unit?: UnitCode | undefined;
  readonly measure?: ReportedMeasure | undefined;
  readonly period?: string | undefined;
  readonly knownBy?: Instant | undefined;
}

/** Reads reported figures, as they are known now or were known at an instant. */
export class FigureQueries {
  constructor(private readonly figures: Pick<ReferenceRepository<FigureContent>, 'find' | 'page'>) {}

  async one(id: FigureId, known?: Instant): Promise<Result<FigureEntry>> {
    const entry = entryOf(id, (await this.figures.find(figureKey(id))) ?? [], known);
    return entry === undefined ? refused('FIGURE.NOT_FOUND', 'no figure of this unit, measure and period is recorded') : ok(entry);
  }

  /**
   * A page in the order of keys. It may be shorter than its limit, and empty, before the end: what is of another measure or
   * period, or was not known, is left out after the database has counted it.
   */
  async page({ after, limit, unit, measure, period, knownBy: known }: FigurePageQuery): Promise<Page<FigureEntry>> {
    const { items, next } = await this.figures.page({ after, limit, prefix: unit === undefined ? undefined : `${unit}@` });
    const entries = items.flatMap(([key, history]) => entryOf(figureIdOf(key), history, known) ?? []);
    return {
      items: entries.filter(({ id }) => (measure === undefined || id.measure === measure) && (period === undefined || id.period === period)),
      next,
    };
  }
}

function entryOf(id: FigureId, history: History<FigureContent>, known: Instant | undefined): FigureEntry | undefined {
  const versions = known === undefined ? history : knownBy(history, known);
  const latest = versions.at(-1);
  return latest === undefined ? undefined : { id, latest, versions };
}
