import { editionsKey } from '@index766/contracts-aggregator';
import { compareText, instantOf, localDayOf, ok, refused, type Instant, type Period, type Refusal, type RefusalCode, type Result, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import type { Reference } from '../reference';
import { checkClosing, type ClosingCheck, type HeldBy } from './closing-check';
import type { ClosingWatch, WatchedPeriod } from './closing-watch';
import { changedUnits } from './compute-edition';
import { documentsOf, readManifest } from './edition-content';
import type { EditionHeads } from './edition-heads';
import { NO_EDITIONS, seriesOf, standingEdition, type EditionSeries, type PublishedEdition } from './edition-history';
import { atMinute, endedPeriods, lastAmendedDay, openingInstant } from './edition-period';
import { isAutomatic, isProvince, provincesThatReport, treeSeenBy } from './edition-provinces';
import { claimId, type EditionClaim, type EditionNumber, type EditionStore } from './edition-store';
import { claimOf, visibilityOf } from './manifest-visibility';
import type { PublishEdition } from './publish-edition';
import type { EditionFigures } from './edition-figures';
import type { Visibility } from './visibility';

/** Refusals that do not pass: what a claim was to amend was taken back, or another edition stands. */
const OVERTAKEN: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['EDITION.NONE', 'EDITION.NUMBER_TAKEN', 'EDITION.PUBLISHED_ALREADY']);
/** Between two looks for amendments: what was held back a while ago may be mended. */
const AMENDMENTS_LOOK_MS = 600_000;

export interface EditionRules {
  /** Local minute of the day at which periods become official and are amended. */
  readonly openingMinute: number;
  /** How far back ended periods are published without being asked for. */
  readonly lookBackDays: number;
  /** How long after its end a period is amended. */
  readonly amendedMonths: number;
  /** How long a member may work on a claim alone. */
  readonly leaseMs: number;
}

export interface EditionKeeperOptions {
  readonly store: EditionStore;
  readonly decisions: Pick<Decisions, 'findMany'>;
  readonly heads: Pick<EditionHeads, 'read'>;
  readonly reference: () => Reference;
  readonly watch: () => ClosingWatch;
  readonly figures: () => Pick<EditionFigures, 'partsOf' | 'causesOf' | 'statementsBetween'>;
  readonly publishEdition: Pick<PublishEdition, 'execute' | 'contentOf' | 'tellFigures'>;
  readonly canSign: boolean;
  /** Told why a claim was not published. */
  readonly onRefused: (claim: EditionClaim, refusal: Refusal) => void;
  readonly rules: EditionRules;
  readonly now: () => Instant;
}

/** Where a period stands, and why it is not official. */
export interface PeriodStanding {
  readonly series: EditionSeries;
  readonly publishing: EditionClaim | undefined;
  readonly heldBy: readonly HeldBy[];
  readonly check: ClosingCheck;
}

/** Does something whose failure holds up nothing else. */
type Attempt = (work: () => Promise<unknown>) => Promise<void>;

/** A period that waits to be published, and since when it could have been. */
export interface DuePeriod {
  readonly province: UnitCode;
  readonly period: Period;
  readonly since: Instant;
}

/**
 * Opens, finishes and amends editions as the rules say (lifecycle.md §8). Any number of members may look: the first claim of
 * a number stays, and one decision publishes it.
 */
export class EditionKeeper {
  /** When amendments were looked for last: reading all editions at every look would be much for what comes once a day. */
  private amendmentsLookedFor: Instant | undefined;

  constructor(private readonly options: EditionKeeperOptions) {}

  /**
   * One look: finishes what is claimed, claims what is due, amends what became another one, tells what was taken back and what others told
   * over an edition. Answers what it published. Rejects with the first failure when everything was tried: one that cannot be finished holds up no other.
   */
  async look(): Promise<readonly PublishedEdition[]> {
    const { store, publishEdition, rules, now } = this.options;
    const published: PublishedEdition[] = [];
    const failures: unknown[] = [];
    const attempt: Attempt = async (work) => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    };
    await attempt(() => this.openDue(attempt));
    await attempt(() => this.openAmendments(attempt));
    for (const claim of await store.openClaims()) {
      await attempt(async () => published.push(...await this.finish(claim)));
    }
    for (const edition of await this.untoldRetractions()) {
      await attempt(async () => {
        await publishEdition.tellFigures(edition);
        await store.setRetractionTold(edition);
      });
    }
    for (const telling of await store.openTellings(instantOf(now() - rules.leaseMs))) {
      await attempt(async () => {
        // Where there is no edition, what was told is what stands.
        await publishEdition.tellFigures(telling);
        await store.closeTelling(telling);
      });
    }
    if (failures.length > 0) throw failures[0];
    return published;
  }

  /** What was published and whose documents are not here, after a loss, is computed again. Answers those that come out otherwise. */
  async restore(): Promise<readonly PublishedEdition[]> {
    const { store, heads, publishEdition } = this.options;
    const differing: PublishedEdition[] = [];
    for (const { province, period } of await heads.read()) {
      for (const edition of (await this.seriesOf(province, period)).editions) {
        const manifest = readManifest(edition.published.manifest);
        if ((await store.missingDocuments(documentsOf(manifest))).length === 0) continue;
        const content = await publishEdition.contentOf(claimOf(edition));
        if (!content.ok || content.value.manifest !== edition.published.manifest) differing.push(edition);
        else await store.putDocuments(content.value.documents);
      }
    }
    return differing;
  }

  /** Refuses EDITION.NO_PROVINCE. */
  async standingOf(province: UnitCode, period: Period): Promise<Result<PeriodStanding>> {
    const { store, decisions, rules, now, canSign } = this.options;
    const reference = this.options.reference();
    if (!isProvince(reference, province, period)) return refused('EDITION.NO_PROVINCE', 'editions are published of provinces that the catalog has on the last day of the period', 'province');
    const key = editionsKey({ province, period: period.name });
    const series = seriesOf((await decisions.findMany([key])).get(key) ?? []);
    const publishing = (await store.openClaims()).find((claim) => claim.province === province && claim.period === period.name);
    const standing = standingEdition(series);
    const tree = treeSeenBy(reference, period, standing && visibilityOf(readManifest(standing.published.manifest)));
    const state = await this.options.watch().stateOf({ province, period, tree }, now());
    const check = checkClosing(period, state, series.waivers, standing === undefined);
    const opensAt = openingInstant(period, reference.calendarOf(province, period.lastDay), rules.openingMinute);
    const byRule: HeldBy[] = [
      ...(canSign ? [] : [{ kind: 'no-signing-key' } as const]),
      ...(now() < period.end ? [{ kind: 'period-runs', end: period.end } as const] : []),
      ...(now() >= period.end && now() < opensAt ? [{ kind: 'before-opening', opensAt } as const] : []),
      ...(isAutomatic(reference, province, period) ? [] : [{ kind: 'not-automatic' } as const]),
    ];
    return ok({ series, publishing, heldBy: [...byRule, ...check.heldBy], check });
  }

  /** Claims the next edition of a period; what is held back is not claimed. Refuses EDITION.HELD_BACK and as `standingOf`. */
  async open(province: UnitCode, period: Period, publishedBy: string | null): Promise<Result<EditionClaim>> {
    const found = await this.standingOf(province, period);
    if (!found.ok) return found;
    const { series, publishing, heldBy, check } = found.value;
    if (publishing !== undefined) return ok(publishing);
    if (standingEdition(series) !== undefined) return refused('EDITION.PUBLISHED_ALREADY', 'the period has an edition that counts: it is amended, not published again');
    const byHand: readonly HeldBy['kind'][] = publishedBy === null ? [] : ['before-opening', 'not-automatic'];
    if (heldBy.some(({ kind }) => !byHand.includes(kind))) {
      return refused('EDITION.HELD_BACK', 'the period cannot be closed yet; GET the editions of the period for the reasons: mend them, or waive them');
    }
    const { knownBefore, exclusions } = check;
    return ok(await this.options.store.claim({
      province, period: period.name, number: series.editions.length + 1, state: 'official', publishedBy, claimedAt: this.options.now(),
      visibility: { knownBefore, catalogKnownBefore: knownBefore, exclusions },
    }));
  }

  /** Provinces whose periods are published without being asked for. */
  reporting(): readonly UnitCode[] {
    const { rules, now } = this.options;
    const days = [localDayOf(now()), ...endedPeriods(now(), rules.lookBackDays).map(({ lastDay }) => lastDay)];
    return [...new Set(days.flatMap((day) => provincesThatReport(this.options.reference(), day)))].sort(compareText);
  }

  /** Periods that could be official by the rule and have no edition. One that was taken back is published again by somebody, not by itself. */
  async due(): Promise<readonly DuePeriod[]> {
    const { rules, now } = this.options;
    const reference = this.options.reference();
    const published = new Set((await this.options.heads.read()).map(({ province, period }) => `${province}@${period.name}`));
    const due: DuePeriod[] = [];
    for (const period of endedPeriods(now(), rules.lookBackDays)) {
      for (const province of provincesThatReport(reference, period.lastDay)) {
        if (!isAutomatic(reference, province, period)) continue;
        const since = openingInstant(period, reference.calendarOf(province, period.lastDay), rules.openingMinute);
        if (now() < since) continue;
        if (!published.has(`${province}@${period.name}`)) due.push({ province, period, since });
      }
    }
    return due;
  }

  private async openDue(attempt: Attempt): Promise<void> {
    for (const { province, period } of await this.due()) await attempt(() => this.open(province, period, null));
  }

  private async openAmendments(attempt: Attempt): Promise<void> {
    const { heads, rules, now } = this.options;
    const today = atMinute(localDayOf(now()), rules.openingMinute);
    const last = this.amendmentsLookedFor;
    if (now() < today || (last !== undefined && last >= today && now() - last < AMENDMENTS_LOOK_MS)) return;
    const looks: string[] = [];
    for (const { province, period, editions } of await heads.read()) {
      const edition = editions.at(-1);
      if (edition === undefined || edition.isRetracted || edition.publishedAt >= today) continue;
      if (localDayOf(now()) > lastAmendedDay(period, rules.amendedMonths)) continue;
      await attempt(async () => {
        const series = await this.seriesOf(province, period);
        const standing = standingEdition(series);
        if (standing !== undefined) looks.push(await this.amendIfOtherwise(standing, series, period, today));
      });
    }
    if (!looks.includes('too-early')) this.amendmentsLookedFor = now();
  }

  /** At most once a day: a check that found nothing, or an edition of today, is the day's. */
  private async amendIfOtherwise(standing: PublishedEdition, series: EditionSeries, period: Period, today: Instant): Promise<'looked' | 'too-early'> {
    const { store, now } = this.options;
    const province = standing.published.province as UnitCode;
    const manifest = readManifest(standing.published.manifest);
    const seen = visibilityOf(manifest);
    const checkedUntil = await store.checkedUntil(province, period.name) ?? seen.knownBefore;
    if (checkedUntil >= today || standing.publishedAt >= today) return 'looked';
    const watched: WatchedPeriod = { province, period, tree: treeSeenBy(this.options.reference(), period, seen) };
    if (!await this.mayBeOtherwise(watched, seen)) return 'looked';
    const check = checkClosing(period, await this.options.watch().stateOf(watched, now()), series.waivers, false);
    // What is known by the opening hour is looked for: the watermarks pass it a little later.
    if (check.knownBefore < today) return 'too-early';
    if (check.heldBy.length > 0) return 'looked';
    const visibility = { knownBefore: check.knownBefore, catalogKnownBefore: seen.catalogKnownBefore, exclusions: check.exclusions };
    const parts = await this.options.figures().partsOf(province, period, visibility);
    if (!parts.ok) return 'looked';
    const { units } = await changedUnits(store, parts.value, manifest);
    const causes = units.length === 0 ? [] : await this.options.figures().causesOf(province, period, seen, visibility);
    if (causes.length > 0) {
      await store.claim({
        province, period: period.name, number: series.editions.length + 1, state: 'amended', publishedBy: null, claimedAt: now(), visibility,
      });
    }
    await store.setChecked(province, period.name, now());
    return 'looked';
  }

  /** Cheap, and asked of every edition: computing one anew takes long. */
  private async mayBeOtherwise(watched: WatchedPeriod, seen: Visibility): Promise<boolean> {
    const { province, period } = watched;
    const earliest = await this.options.watch().earliestSince(watched, seen.knownBefore);
    if (earliest !== undefined && earliest < period.end) return true;
    if (await this.takesBack(watched, seen)) return true;
    const statements = await this.options.figures().statementsBetween(province, period, seen, { ...seen, knownBefore: this.options.now() });
    return statements.length > 0;
  }

  /** Whether something that the edition left out is open no more: a letter that was given up leaves no fact. */
  private async takesBack(watched: WatchedPeriod, { exclusions: { subjects } }: Visibility): Promise<boolean> {
    if (subjects.length === 0) return false;
    const { holesBefore, letters, now } = await this.options.watch().stateOf(watched, this.options.now());
    const open = new Set([...holesBefore(now), ...letters.filter(({ replayedAt }) => replayedAt === null)].map(({ subject }) => subject));
    return subjects.some(({ id }) => !open.has(id));
  }

  /** A period whose last edition was taken back has no other figures until there is another edition: its own, as retracted. */
  private async untoldRetractions(): Promise<readonly EditionNumber[]> {
    const { heads, store } = this.options;
    const retracted = (await heads.read()).flatMap(({ province, period, editions }): readonly EditionNumber[] => {
      const last = editions.at(-1);
      return last?.isRetracted === true ? [{ province, period: period.name, number: last.number }] : [];
    });
    if (retracted.length === 0) return [];
    const told = new Set((await store.toldRetractions(retracted)).map(claimId));
    return retracted.filter((each) => !told.has(claimId(each)));
  }

  private async finish(claim: EditionClaim): Promise<readonly PublishedEdition[]> {
    const { store, publishEdition, rules, now, onRefused } = this.options;
    if (!await store.lease(claim, now(), (now() + rules.leaseMs) as Instant)) return [];
    const published = await publishEdition.execute(claim);
    if (published.ok) return [published.value];
    onRefused(claim, published.error);
    if (OVERTAKEN.has(published.error.code)) await store.abandon(claim);
    return [];
  }

  private async seriesOf(province: UnitCode, period: Period): Promise<EditionSeries> {
    const key = editionsKey({ province, period: period.name });
    const history = (await this.options.decisions.findMany([key])).get(key);
    return history === undefined ? NO_EDITIONS : seriesOf(history);
  }
}
