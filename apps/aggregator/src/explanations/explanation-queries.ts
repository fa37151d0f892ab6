import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  explainScore, NO_SETS, type CaseView, type CodeSets, type CodeSetsInTime, type CountedCaseMeasure, type PetitionMeasureName, type PointsLost,
} from '@index766/index-766';
import { instantOf, localDayOf, ok, refused, startOfDay, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { KnownPetition } from '../ledger';
import { perspectiveOn, type MeasureQueries, type PartialMeasuresStore, type Perspective } from '../measures';
import type { Reference } from '../reference';
import { countsIn, type ScoreQueries, type UnitFigures } from '../scores';
import {
  caseEntries, codeEntries, compareEntries, entryKey, findMeasure, isCaseMeasure, isCodeMeasure, petitionEntries, type CostChoice, type CostEntry,
} from './cost-lists';

export interface ExplanationQueriesOptions {
  readonly scores: ScoreQueries;
  readonly cases: MeasureQueries<CaseView>;
  readonly petitions: MeasureQueries<KnownPetition>;
  readonly partials: Pick<PartialMeasuresStore, 'units'>;
  readonly reference: Reference;
}

/** What one indicator costs a unit, and what of it is still in its hands. */
export interface ExplainedIndicator extends PointsLost {
  /** Of `items`: can still be put right before the period ends. */
  readonly recoverable: number;
  /** Does not cost yet and will, if nothing more happens. */
  readonly risks: number;
}

/** "Why is our score 71.4?" */
export interface Explanation {
  readonly figures: UnitFigures;
  readonly indicators: readonly ExplainedIndicator[];
}

export interface CostPage {
  readonly figures: UnitFigures;
  readonly lost: PointsLost;
  /** All that there are, however long the page is: of `costs` it is the number on the card. */
  readonly count: number;
  readonly entries: readonly CostEntry[];
  /** Ask again with it for the next page; null on the last. */
  readonly next: string | null;
}

/** A measure whose list is one of dossiers or petitions. */
type ViewMeasure = CountedCaseMeasure | PetitionMeasureName;

interface WantedEntries {
  readonly measure: ViewMeasure;
  readonly choice: CostChoice;
  /** Takes those of one unit after another. */
  readonly take: (entries: readonly CostEntry[]) => void;
}

const SAVED = ['recoverable', 'risks'] as const satisfies readonly CostChoice[];
type Saved = Record<(typeof SAVED)[number], number>;
const NOTHING_SAVED: ReadonlyMap<string, Saved> = new Map();

/** What is read once for all indicators of an answer, and only if one of them needs it. */
interface Reading {
  readonly figures: UnitFigures;
  readonly perspective: Perspective;
  readonly sets: () => Promise<CodeSetsInTime>;
}

/** What a score lost, and the dossiers, petitions, procedures and communes that cost it. */
export class ExplanationQueries {
  constructor(private readonly options: ExplanationQueriesOptions) {}

  /** `knownBy`: as known at K. Refuses UNIT.UNKNOWN and DEFINITION.NONE. */
  async ofUnit(unit: UnitCode, period: Period, knownBy: Instant | null = null): Promise<Result<Explanation>> {
    const found = await this.options.scores.ofUnit(unit, period, knownBy);
    if (!found.ok) return found;
    const figures = found.value;
    const losses = explainScore(figures.definition, figures.measures, figures.score);
    // When the period has ended nothing can be put right any more, and most of it need not be looked at.
    const saved = figures.evaluatedAt < period.end ? await this.savedOf(this.readingOf(figures), losses) : NOTHING_SAVED;
    return ok({ figures, indicators: losses.map((lost) => ({ ...lost, ...(saved.get(lost.indicator) ?? { recoverable: 0, risks: 0 }) })) });
  }

  /** In the order of items, from behind `after`. Refuses as `ofUnit`, and INDICATOR.UNKNOWN. */
  async itemsOf(
    unit: UnitCode, period: Period, indicator: string, choice: CostChoice, page: { readonly after: string | null; readonly limit: number },
    knownBy: Instant | null = null,
  ): Promise<Result<CostPage>> {
    const found = await this.options.scores.ofUnit(unit, period, knownBy);
    if (!found.ok) return found;
    const figures = found.value;
    const lost = explainScore(figures.definition, figures.measures, figures.score).find((each) => each.indicator === indicator);
    if (lost === undefined || findMeasure(figures.definition, indicator) === undefined) return unknownIndicator();
    const entries = [...await this.entriesOf(this.readingOf(figures), lost, choice)].sort(compareEntries);
    const { after, limit } = page;
    const rest = entries.filter((entry) => after === null || entryKey(entry) > after);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return ok({ figures, lost, count: entries.length, entries: shown, next: rest.length > limit && last !== undefined ? entryKey(last) : null });
  }

  /**
   * What can still be saved of every indicator. Dossiers and petitions are read once for all lists of them, and once more at T and at
   * the period's end for the sets behind distinct counts.
   */
  private async savedOf(reading: Reading, losses: readonly PointsLost[]): Promise<ReadonlyMap<string, Saved>> {
    const saved = new Map(losses.map(({ indicator }) => [indicator, { recoverable: 0, risks: 0 }]));
    const count = ({ indicator }: PointsLost, choice: keyof Saved, entries: readonly CostEntry[]): void => {
      const ofIndicator = saved.get(indicator);
      if (ofIndicator !== undefined) ofIndicator[choice] += entries.length;
    };
    for (const lost of losses) {
      for (const choice of SAVED) if (isCodeMeasure(lost.measure)) count(lost, choice, await this.entriesOf(reading, lost, choice));
    }
    const asked = losses.filter(({ measure, kind, state }) => !isCodeMeasure(measure) && hasList(kind, state)).flatMap((lost) => SAVED.map((choice) => ({ lost, choice })));
    await this.readViews(reading, asked.map(({ lost, choice }) => ({
      measure: lost.measure as ViewMeasure, choice, take: (entries) => count(lost, choice, entries),
    })));
    return saved;
  }

  private async entriesOf(reading: Reading, { measure, kind, state }: PointsLost, choice: CostChoice): Promise<readonly CostEntry[]> {
    const { perspective, sets } = reading;
    // What is not due yet, and so gives no points yet, may cost at the end.
    const isDueLater = isCodeMeasure(measure) && state === 'missing' && choice === 'risks';
    if (!hasList(kind, state) && !isDueLater) return [];
    if (isCodeMeasure(measure)) return codeEntries(measure, choice, await sets(), perspective);
    const found: CostEntry[] = [];
    await this.readViews(reading, [{ measure: measure as ViewMeasure, choice, take: (entries) => found.push(...entries) }]);
    return found;
  }

  private async readViews({ figures, perspective }: Reading, wanted: readonly WantedEntries[]): Promise<void> {
    const { cases, petitions, partials } = this.options;
    const ofCases = wanted.filter(({ measure }) => isCaseMeasure(measure));
    const ofPetitions = wanted.filter(({ measure }) => !isCaseMeasure(measure));
    const tree = perspective.reference.treeOn(perspective.period.lastDay);
    const within = (await partials.units()).filter((unit) => countsIn(tree, unit).includes(figures.unit.code));
    // One unit in memory at a time, and others get their turn in between: a province has hundreds of thousands of dossiers.
    for (const unit of within) {
      if (ofCases.length > 0) {
        for await (const [, views] of cases.viewsOf([unit], figures.knownBy)) {
          for (const { measure, choice, take } of ofCases) {
            await nextTurn();
            take(caseEntries(measure as CountedCaseMeasure, choice, unit, views, perspective));
          }
        }
      }
      if (ofPetitions.length > 0) {
        for await (const [, views] of petitions.viewsOf([unit], figures.knownBy)) {
          for (const { measure, choice, take } of ofPetitions) {
            await nextTurn();
            take(petitionEntries(measure as PetitionMeasureName, choice, unit, views, perspective));
          }
        }
      }
    }
  }

  /** At the very instant of the figures, so that the list is as long as the number says. */
  private readingOf(figures: UnitFigures): Reading {
    const { period, evaluatedAt, knownBy } = figures;
    const perspective: Perspective = { ...perspectiveOn(period, evaluatedAt, this.options.reference, knownBy), evaluatedAt };
    let sets: Promise<CodeSetsInTime> | undefined;
    return { figures, perspective, sets: () => (sets ??= this.setsInTime(figures.unit.code, perspective)) };
  }

  /** Of a period that has ended they are all the same, and nothing can be done any more. */
  private async setsInTime(unit: UnitCode, perspective: Perspective): Promise<CodeSetsInTime> {
    const { period, evaluatedAt } = perspective;
    const { scores } = this.options;
    const at = async (instant: Instant): Promise<CodeSets> => orNone(await scores.setsOf(unit, { ...perspective, evaluatedAt: instant }));
    const now = await at(evaluatedAt);
    if (evaluatedAt >= period.end) return { now, dayBefore: now, atEnd: now };
    const dayBefore = instantOf(startOfDay(localDayOf(evaluatedAt)) - 1);
    return {
      now, atEnd: await at(period.end),
      // Asked of what is to be done by a day alone, which is in the catalog.
      dayBefore: dayBefore < period.start ? NO_SETS : orNone(scores.stockSetsOf(unit, { ...perspective, evaluatedAt: dayBefore })),
    };
  }
}

function orNone(sets: Result<CodeSets>): CodeSets {
  return sets.ok ? sets.value : NO_SETS;
}

/** A figure that a unit reported has nothing behind it, and one without points nothing to lose. */
function hasList(kind: PointsLost['kind'], state: PointsLost['state']): boolean {
  return kind !== 'reported' && state === 'scored';
}

/** Refuses INDICATOR.UNKNOWN for one that the definition does not score. */
export function unknownIndicator(): Result<never> {
  return refused('INDICATOR.UNKNOWN', 'the definition scores no such indicator', 'indicator');
}

