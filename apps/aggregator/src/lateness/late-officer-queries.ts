import type { LateOfficerList } from '@index766/dossier-life';
import { ok, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import { LateLists } from './late-lists';
import type { Objection } from './objections';
import type { UnitViews } from './unit-views';

export interface LateOfficersOfUnit {
  readonly unit: UnitCode;
  readonly period: Period;
  readonly evaluatedAt: Instant;
  /** K; null: as it is known now. */
  readonly knownBy: Instant | null;
  readonly list: LateOfficerList;
  /** Those about dossiers that are late here, decided or not, by officer and number. */
  readonly objections: readonly Objection[];
}

export interface LateOfficerChoice {
  /** Fewest late dossiers with which an officer is listed; the configured number if absent. */
  readonly threshold?: number | undefined;
  /** K: facts, records and decisions count that were known by then; null or absent: all that are known now. */
  readonly knownBy?: Instant | null;
}

export interface LateOfficerQueriesOptions {
  readonly views: UnitViews;
  readonly decisions: Pick<Decisions, 'findMany'>;
  readonly threshold: number;
}

/** The list of officers whose cases ran late, of a unit or, over more dossiers, of all below it (lifecycle.md §5). */
export class LateOfficerQueries {
  private readonly lists: LateLists;

  constructor(private readonly options: LateOfficerQueriesOptions) {
    this.lists = new LateLists(options);
  }

  /** With pseudonyms alone; the same for the same K. Refuses UNIT.UNKNOWN. */
  async ofUnit(
    unit: UnitCode, period: Period, { threshold = this.options.threshold, knownBy = null }: LateOfficerChoice = {},
  ): Promise<Result<LateOfficersOfUnit>> {
    const held = await this.options.views.heldBy(unit, period, 'listed', knownBy);
    if (!held.ok) return held;
    const { evaluatedAt, views, reference } = held.value;
    const { list, objections } = await this.lists.of({ unit, period, evaluatedAt, knownBy, views, reference, threshold });
    return ok({ unit, period, evaluatedAt, knownBy, list, objections });
  }
}
