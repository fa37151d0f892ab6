import { setImmediate as breathe } from 'node:timers/promises';
import { holderAt, type DossierView } from '@index766/dossier-life';
import { placeOf, type CaseView, type UnitTree } from '@index766/index-766';
import { MILLISECONDS_PER_DAY, compareText, instantOf, periodContaining, type DossierId, type Instant, type Period, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import type { UnitViews } from '../lateness';
import type { MeasureKeeper } from '../measures';
import { reviewKeyOf, withReviews } from './flag-reviews';
import { INTEGRITY_FLAGS, INTEGRITY_THRESHOLDS, integrityFlags, type IntegrityFlag, type IntegrityFlagKind } from './integrity-flags';
import { toldHere, type Suspects } from './told-here';

/** All dossiers of a unit are read for it: of a few units at a time, those that were asked about longest ago. */
const UNITS_PER_LOOK = 5;
const ASKED_AGAIN_MS = 600_000;
const NOTHING_SUSPECT: Suspects = { corrected: [], voided: [] };

export interface ToldFlagsParts {
  readonly cases: Pick<MeasureKeeper<CaseView>, 'ownedViews'>;
  readonly views: Pick<UnitViews, 'heldBy'>;
  readonly decisions: Pick<Decisions, 'findMany'>;
  readonly treeOn: (day: Period['lastDay']) => UnitTree;
  readonly now: () => Instant;
  readonly tell: (labels: { readonly unit: UnitCode; readonly flag: IntegrityFlagKind }, count: number) => void;
}

interface Asked {
  readonly at: Instant;
  readonly flags: readonly IntegrityFlag[];
}

/**
 * Tells how many flags were raised this week that no reviewer has looked at, by unit: of units that had one since the start. Flags of
 * single changes are those in the partitions that this member owns. The others are about a whole unit, of which it owns a part: it looks
 * at all of a unit when it owns something suspect, and tells what `toldHere` says, so that over all members each is told once. Many
 * corrections at a week's end are told until the next one. Where much is suspect, flags of units are told some minutes late.
 */
export class ToldFlags {
  private toldUnits: ReadonlySet<UnitCode> = new Set();
  private asked: ReadonlyMap<UnitCode, Asked> = new Map();

  constructor(private readonly parts: ToldFlagsParts) {}

  async tell(): Promise<void> {
    const { cases, treeOn, now, tell } = this.parts;
    const at = now();
    const week = periodContaining('week', at);
    const tree = treeOn(week.lastDay);
    const counts = new Map<UnitCode, Map<IntegrityFlagKind, number>>();
    const add = (unit: UnitCode, flag: IntegrityFlagKind): void => {
      const ofUnit = counts.get(unit) ?? new Map<IntegrityFlagKind, number>();
      counts.set(unit, ofUnit.set(flag, (ofUnit.get(flag) ?? 0) + 1));
    };
    const suspects = new Map<UnitCode, { corrected: DossierId[]; voided: DossierId[] }>();
    for (const views of cases.ownedViews()) {
      for (const { dossier } of views) {
        const holder = dossier.flags.length === 0 && dossier.voidRecordedAt === null ? null : holderAt(dossier, at);
        if (holder === null) continue;
        const unit = placeOf(tree, holder);
        for (const { flag, recordedAt, review } of dossier.flags) {
          if (flag !== 'correction-at-week-end' && review === null && recordedAt >= week.start) add(unit, flag);
        }
        const ofUnit = suspects.get(unit) ?? { corrected: [], voided: [] };
        if (isCorrectedAtWeekEnd(dossier, week)) ofUnit.corrected.push(dossier.dossier);
        if (isVoidedLately(dossier, week)) ofUnit.voided.push(dossier.dossier);
        if (ofUnit.corrected.length + ofUnit.voided.length > 0) suspects.set(unit, ofUnit);
      }
      // A partition has some ten thousand views: requests and batches get their turn in between.
      await breathe();
    }
    for (const { unit, flag } of await this.flagsOfUnits(suspects, at)) if (unit !== null) add(unit, flag);
    this.toldUnits = new Set([...this.toldUnits, ...counts.keys()]);
    for (const unit of this.toldUnits) for (const flag of INTEGRITY_FLAGS) tell({ unit, flag }, counts.get(unit)?.get(flag) ?? 0);
  }

  /** Flags about no single fact that are told here and nobody has reviewed. */
  private async flagsOfUnits(suspects: ReadonlyMap<UnitCode, Suspects>, at: Instant): Promise<readonly IntegrityFlag[]> {
    const { start } = periodContaining('week', at);
    // What was found in the week before is not of this one.
    const asked = new Map([...this.asked].filter(([unit, each]) => suspects.has(unit) && each.at >= start));
    const waiting = [...suspects.keys()]
      .map((unit) => ({ unit, since: asked.get(unit)?.at ?? start - ASKED_AGAIN_MS }))
      .filter(({ since }) => at - since >= ASKED_AGAIN_MS)
      .sort((a, b) => a.since - b.since || compareText(a.unit, b.unit));
    for (const { unit } of waiting.slice(0, UNITS_PER_LOOK)) {
      asked.set(unit, { at, flags: await this.flagsOf(unit, suspects.get(unit) ?? NOTHING_SUSPECT, at) });
    }
    this.asked = asked;
    const flags = [...asked.values()].flatMap((each) => each.flags);
    const reviews = await this.parts.decisions.findMany(flags.flatMap((flag) => reviewKeyOf(flag) ?? []));
    return withReviews(flags, reviews, null).filter(({ review }) => review === null);
  }

  private async flagsOf(unit: UnitCode, own: Suspects, at: Instant): Promise<readonly IntegrityFlag[]> {
    const week = periodContaining('week', at);
    const before = periodContaining('week', instantOf(week.start - 1));
    const flags: IntegrityFlag[] = [];
    for (const [period, kinds] of [[before, ['bulk-corrections']], [week, ['bulk-corrections', 're-created']]] as const) {
      const held = await this.parts.views.heldBy(unit, period, 'own');
      if (!held.ok) continue;
      const { views, evaluatedAt } = held.value;
      const tree = this.parts.treeOn(period.lastDay);
      const raised = integrityFlags(views, period, evaluatedAt, (holder) => placeOf(tree, holder))
        .filter((flag) => flag.unit === unit && kinds.some((kind) => kind === flag.flag));
      const corrected = views.filter((view) => isCorrectedIn(view, period)).map(({ dossier }) => dossier);
      flags.push(...toldHere(raised, corrected, own));
    }
    return flags;
  }
}

function isCorrectedAtWeekEnd(view: DossierView, week: Period): boolean {
  return isCorrectedIn(view, week) || isCorrectedIn(view, periodContaining('week', instantOf(week.start - 1)));
}

function isCorrectedIn({ flags }: DossierView, { start, end }: Period): boolean {
  return flags.some(({ flag, recordedAt }) => flag === 'correction-at-week-end' && recordedAt >= start && recordedAt < end);
}

/** So that one that is made again this week is flagged. */
function isVoidedLately({ voidRecordedAt }: DossierView, { start }: Period): boolean {
  return voidRecordedAt !== null && voidRecordedAt >= start - INTEGRITY_THRESHOLDS.recreatedWithinDays * MILLISECONDS_PER_DAY;
}
