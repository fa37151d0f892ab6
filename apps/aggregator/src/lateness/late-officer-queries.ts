import { objectionKey } from '@index766/contracts-aggregator';
import { judgeAt, lateOfficers, type DossierView, type LateOfficerList } from '@index766/dossier-life';
import { compareText, ok, type Instant, type OfficerPseudonym, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import type { Reference } from '../reference';
import { isLiftedBy, objectionsKnown, type Objection } from './objections';
import { knowledgeBy, standsFor, withMergedOfficers } from './officer-knowledge';
import type { HeldViews, UnitViews } from './unit-views';

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
  constructor(private readonly options: LateOfficerQueriesOptions) {}

  /** With pseudonyms alone; the same for the same K. Refuses UNIT.UNKNOWN. */
  async ofUnit(unit: UnitCode, period: Period, choice: LateOfficerChoice = {}): Promise<Result<LateOfficersOfUnit>> {
    const held = await this.options.views.heldBy(unit, period, 'listed', choice.knownBy ?? null);
    return held.ok ? ok(await this.ofViews(unit, period, held.value, choice)) : held;
  }

  /** As `ofUnit`, of dossiers that the caller has already: those that the unit and all below it hold at T, known at K. */
  async ofViews(
    unit: UnitCode, period: Period, { evaluatedAt, views, reference }: HeldViews,
    { threshold = this.options.threshold, knownBy = null }: LateOfficerChoice = {},
  ): Promise<LateOfficersOfUnit> {
    const late = views.filter((view) => judgeAt(view, period, evaluatedAt).late);
    const objections = await this.objectionsTo(late, knownBy, reference);
    const byOfficer = new Map<OfficerPseudonym, Objection[]>();
    for (const each of objections) {
      const officer = standsFor(reference, each.said.officer as OfficerPseudonym);
      byOfficer.set(officer, [...(byOfficer.get(officer) ?? []), each]);
    }
    const list = lateOfficers(withMergedOfficers(reference, views), period, evaluatedAt, {
      ...knowledgeBy(reference),
      isLifted: (officer, dossier, bound) => isLiftedBy(byOfficer.get(officer) ?? [], dossier, bound),
      threshold,
      calendarOf: (holder) => reference.calendarOf(holder ?? unit, period.lastDay),
    });
    return { unit, period, evaluatedAt, knownBy, list, objections };
  }

  private async objectionsTo(
    late: readonly DossierView[], knownBy: Instant | null, reference: Pick<Reference, 'officer'>,
  ): Promise<readonly Objection[]> {
    const dossiers = new Set<string>(late.map(({ dossier }) => dossier));
    const officers = new Set(late.flatMap(({ steps }) => steps.flatMap(({ officer }) =>
      (officer === null ? [] : [officer, standsFor(reference, officer)]))));
    const histories = await this.options.decisions.findMany([...officers].map(objectionKey));
    return [...officers].sort(compareText).flatMap((officer) => objectionsKnown(histories.get(objectionKey(officer)) ?? [], knownBy))
      .filter(({ said }) => said.dossiers.some((dossier) => dossiers.has(dossier)));
  }
}
