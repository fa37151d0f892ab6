import { evaluationEnd, holderIn, judgeAt, type DossierView, type FactFlag, type FactFlagKind } from '@index766/dossier-life';
import {
  MILLISECONDS_PER_DAY, MILLISECONDS_PER_MINUTE, compareText, earliest, periodContaining, type DossierId, type Instant, type Period, type UnitCode,
} from '@index766/kernel';

/** A flag of one fact; many corrections at the end of a week become a flag of their unit. */
export type FlaggedFactKind = Exclude<FactFlagKind, 'correction-at-week-end'>;
export type IntegrityFlagKind = FlaggedFactKind | 'bulk-corrections' | 're-created';

export const FLAGGED_FACT_KINDS = [
  'end-moved-earlier', 'request-moved-earlier', 'due-moved-after-passing', 'extension-invalid', 'end-before-start', 'voided-after-due', 'future-end',
  'conflicting-sources',
] as const satisfies readonly FlaggedFactKind[];
export const INTEGRITY_FLAGS: readonly IntegrityFlagKind[] = [...FLAGGED_FACT_KINDS, 'bulk-corrections', 're-created'];

/** Thresholds of lifecycle.md §6. */
export const INTEGRITY_THRESHOLDS = {
  bulkCorrections: 20, bulkShare: 0.1, bulkHours: 4, recreatedWithinDays: 30,
} as const;

/** Something that somebody has to look at. */
export interface IntegrityFlag {
  readonly flag: IntegrityFlagKind;
  /** Holds the dossier at T. */
  readonly unit: UnitCode | null;
  /** Null: the flag is about the unit. */
  readonly dossier: DossierId | null;
  /** The sequence of the change among the facts of the dossier; null: it is about no single one. */
  readonly change: number | null;
  readonly recordedAt: Instant;
  readonly review: FactFlag['review'];
  /** The dossier that was voided before this one was made. */
  readonly other: DossierId | null;
  /** Of many corrections at once: how many, in how many dossiers, of how many of 2.1. */
  readonly bulk: { readonly corrections: number; readonly corrected: number; readonly dossiers: number } | null;
}

/**
 * Everything that integrity rules flag of what was recorded in a period, as known at T, in the order of recording (lifecycle.md
 * §6). Flags alone: what counts is decided by the fold.
 *
 * @param views of all dossiers that the units hold or were said to hold, each once
 * @param placeOf where dossiers of a unit count on the period's last day: of a closed one at its successor
 */
export function integrityFlags(
  views: readonly DossierView[], period: Period, at: Instant, placeOf: (unit: UnitCode) => UnitCode,
): readonly IntegrityFlag[] {
  const until = evaluationEnd(period, at);
  const wasRecorded = (instant: Instant): boolean => instant >= period.start && instant < until;
  const placeIn = (view: DossierView, during: Period, then: Instant): UnitCode | null => {
    const holder = holderIn(view, during, then);
    return holder === null ? null : placeOf(holder);
  };
  const unitOf = (view: DossierView): UnitCode | null => placeIn(view, period, at);
  const ofFacts = views.flatMap((view) => view.flags.flatMap(({ flag, sequence, recordedAt, review }): IntegrityFlag[] =>
    (flag === 'correction-at-week-end' || !wasRecorded(recordedAt)
      ? []
      : [{ flag, unit: unitOf(view), dossier: view.dossier, change: sequence, recordedAt, review, other: null, bulk: null }])));
  return [...ofFacts, ...recreated(views, wasRecorded, unitOf, placeOf), ...bulkCorrections(views, period, until, placeIn)].sort(compareFlags);
}

/** How often each flag was raised, and how often nobody has looked at it. */
export function countFlags(flags: readonly IntegrityFlag[]): readonly { readonly flag: IntegrityFlagKind; readonly raised: number; readonly unreviewed: number }[] {
  return INTEGRITY_FLAGS.map((flag) => {
    const ofKind = flags.filter((each) => each.flag === flag);
    return { flag, raised: ofKind.length, unreviewed: ofKind.filter(({ review }) => review === null).length };
  });
}

/** The same unit, procedure and second of submission as a dossier that was voided shortly before this one was made. */
function recreated(
  views: readonly DossierView[], wasRecorded: (instant: Instant) => boolean, unitOf: (view: DossierView) => UnitCode | null,
  placeOf: (unit: UnitCode) => UnitCode,
): readonly IntegrityFlag[] {
  const voidedBySubmission = new Map<string, DossierView[]>();
  for (const view of views) {
    const submission = view.voidRecordedAt === null ? null : submissionOf(view, placeOf);
    if (submission !== null) voidedBySubmission.set(submission, [...(voidedBySubmission.get(submission) ?? []), view]);
  }
  if (voidedBySubmission.size === 0) return [];
  return views.flatMap((view): IntegrityFlag[] => {
    const { recordedFrom } = view;
    const submission = submissionOf(view, placeOf);
    if (recordedFrom === null || submission === null || !wasRecorded(recordedFrom)) return [];
    const [before] = (voidedBySubmission.get(submission) ?? [])
      .filter((other) => other.dossier !== view.dossier && wasVoidedShortlyBefore(other, recordedFrom))
      .sort((a, b) => compareText(a.dossier, b.dossier));
    if (before === undefined) return [];
    return [{
      flag: 're-created', unit: unitOf(view), dossier: view.dossier, change: null, recordedAt: recordedFrom, review: null, other: before.dossier, bulk: null,
    }];
  });
}

function wasVoidedShortlyBefore({ voidRecordedAt }: DossierView, madeAt: Instant): boolean {
  return voidRecordedAt !== null && voidRecordedAt <= madeAt &&
    madeAt - voidRecordedAt <= INTEGRITY_THRESHOLDS.recreatedWithinDays * MILLISECONDS_PER_DAY;
}

function submissionOf({ holders, procedure, registeredAt, receivedAt }: DossierView, placeOf: (unit: UnitCode) => UnitCode): string | null {
  const submittedAt = registeredAt ?? receivedAt;
  const unit = holders[0]?.unit;
  return submittedAt === null || procedure === null || unit === undefined ? null : `${placeOf(unit)} ${procedure} ${Math.floor(submittedAt / 1_000)}`;
}

/** Many corrections of a unit in the last hours of a week, for each week that ends in the period. */
function bulkCorrections(
  views: readonly DossierView[], period: Period, until: Instant, placeIn: (view: DossierView, during: Period, then: Instant) => UnitCode | null,
): readonly IntegrityFlag[] {
  const hours = INTEGRITY_THRESHOLDS.bulkHours * 60 * MILLISECONDS_PER_MINUTE;
  const flags: IntegrityFlag[] = [];
  for (const week of weeksWithLateCorrections(views, period)) {
    const from = (week.end - hours) as Instant;
    if (from >= until) break;
    const at = earliest(week.end, until);
    const corrections = new Map<UnitCode, { readonly recorded: Instant[]; readonly dossiers: Set<DossierId> }>();
    const dossiers = new Map<UnitCode, number>();
    for (const view of views) {
      const unit = placeIn(view, week, at);
      if (unit === null) continue;
      if (judgeAt(view, week, at).belongs) dossiers.set(unit, (dossiers.get(unit) ?? 0) + 1);
      const late = view.flags.filter(({ flag, recordedAt }) => flag === 'correction-at-week-end' && recordedAt >= from && recordedAt < at);
      if (late.length === 0) continue;
      const ofUnit = corrections.get(unit) ?? { recorded: [], dossiers: new Set() };
      ofUnit.recorded.push(...late.map(({ recordedAt }) => recordedAt));
      ofUnit.dossiers.add(view.dossier);
      corrections.set(unit, ofUnit);
    }
    for (const [unit, { recorded, dossiers: corrected }] of corrections) {
      const all = dossiers.get(unit) ?? 0;
      if (recorded.length < INTEGRITY_THRESHOLDS.bulkCorrections || corrected.size < all * INTEGRITY_THRESHOLDS.bulkShare) continue;
      flags.push({
        flag: 'bulk-corrections', unit, dossier: null, change: null, recordedAt: recorded.reduce((last, each) => (each > last ? each : last)), review: null,
        other: null, bulk: { corrections: recorded.length, corrected: corrected.size, dossiers: all },
      });
    }
  }
  return flags;
}

/** A period may have many weeks, and hardly any has something to judge. */
function weeksWithLateCorrections(views: readonly DossierView[], period: Period): readonly Period[] {
  const weeks = new Map<Instant, Period>();
  for (const { flag, recordedAt } of views.flatMap((view) => view.flags)) {
    if (flag !== 'correction-at-week-end') continue;
    const week = periodContaining('week', recordedAt);
    if (week.end > period.start && week.end <= period.end) weeks.set(week.end, week);
  }
  return [...weeks.values()].sort((a, b) => a.end - b.end);
}

function compareFlags(a: IntegrityFlag, b: IntegrityFlag): number {
  return a.recordedAt - b.recordedAt || compareText(a.flag, b.flag) || compareText(a.dossier ?? a.unit ?? '', b.dossier ?? b.unit ?? '')
    || (a.change ?? 0) - (b.change ?? 0);
}
