import { objectionKey } from '@index766/contracts-aggregator';
import { judgeAt, lateOfficers, type DossierView, type LateOfficerList } from '@index766/dossier-life';
import { compareText, type Instant, type OfficerPseudonym, type Period, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import type { Reference } from '../reference';
import { isLiftedBy, objectionsKnown, type Objection } from './objections';
import { knowledgeBy, standsFor, withMergedOfficers } from './officer-knowledge';

/** The threshold of what is published: nobody is left out who made a dossier late, and anybody who is on it may object. */
export const EVERY_OFFICER = 1;

export interface AskedList {
  readonly unit: UnitCode;
  readonly period: Period;
  readonly evaluatedAt: Instant;
  /** K of decisions; null: all that are known now. */
  readonly knownBy: Instant | null;
  /** The dossiers that the unit and all below it hold at T. */
  readonly views: readonly DossierView[];
  /** As it is known now, or was known at K: calendars, and what is known of officers (ADR 0186). */
  readonly reference: Reference;
  /** Fewest late dossiers with which an officer is listed. */
  readonly threshold: number;
}

export interface LateListsOptions {
  readonly decisions: Pick<Decisions, 'findMany'>;
}

/** Lists of late officers over dossiers that somebody has found, with the objections to them. */
export class LateLists {
  constructor(private readonly options: LateListsOptions) {}

  async of({ unit, period, evaluatedAt, knownBy, views, reference, threshold }: AskedList): Promise<{ readonly list: LateOfficerList; readonly objections: readonly Objection[] }> {
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
    return { list, objections };
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
