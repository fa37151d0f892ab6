import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  explainScore, type CaseView, type CodeSets, type CodeSetsInTime, type MeasureName, type PetitionMeasureName, type PointsLost,
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
    const reading = this.readingOf(figures);
    const isRunning = figures.evaluatedAt < period.end;
    const indicators: ExplainedIndicator[] = [];
    for (const lost of explainScore(figures.definition, figures.measures, figures.score)) {
      // When the period has ended nothing can be put right any more, and most of it need not be looked at.
      const count = async (choice: CostChoice) => (isRunning ? (await this.entriesOf(reading, lost, choice)).length : 0);
      indicators.push({ ...lost, recoverable: await count('recoverable'), risks: await count('risks') });
    }
    return ok({ figures, indicators });
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

  /** A figure that a unit reported has nothing behind it. */
  private async entriesOf(
    { figures, perspective, sets }: Reading, { measure, kind, state }: PointsLost, choice: CostChoice,
  ): Promise<readonly CostEntry[]> {
    // Nothing that a unit reported, or that is not known, can be put right by anything in a list; what is not due yet may be at the end.
    const isDueLater = isCodeMeasure(measure) && state === 'missing' && choice === 'risks';
    if (kind === 'reported' || (state !== 'scored' && !isDueLater)) return [];
    return isCodeMeasure(measure) ? codeEntries(measure, choice, await sets(), perspective) : this.viewEntries(figures, measure, choice, perspective);
  }

  private async viewEntries(
    figures: UnitFigures, measure: Exclude<MeasureName, Parameters<typeof codeEntries>[0]>, choice: CostChoice, perspective: Perspective,
  ): Promise<readonly CostEntry[]> {
    const { cases, petitions, partials } = this.options;
    const tree = perspective.reference.treeOn(perspective.period.lastDay);
    const within = (await partials.units()).filter((unit) => countsIn(tree, unit).includes(figures.unit.code));
    const entries: CostEntry[] = [];
    // One unit in memory at a time, and others get their turn in between: a province has hundreds of thousands of dossiers.
    for (const unit of within) {
      await nextTurn();
      if (isCaseMeasure(measure)) {
        for await (const [, views] of cases.viewsOf([unit], figures.knownBy)) entries.push(...caseEntries(measure, choice, unit, views, perspective));
      } else {
        for await (const [, views] of petitions.viewsOf([unit], figures.knownBy)) {
          entries.push(...petitionEntries(measure as PetitionMeasureName, choice, unit, views, perspective));
        }
      }
    }
    return entries;
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
    const at = async (instant: Instant): Promise<CodeSets> => {
      const sets = await this.options.scores.setsOf(unit, { ...perspective, evaluatedAt: instant });
      return sets.ok ? sets.value : {};
    };
    const now = await at(evaluatedAt);
    if (evaluatedAt >= period.end) return { now, dayBefore: now, atEnd: now };
    const dayBefore = instantOf(startOfDay(localDayOf(evaluatedAt)) - 1);
    return { now, dayBefore: dayBefore < period.start ? {} : await at(dayBefore), atEnd: await at(period.end) };
  }
}

/** Refuses INDICATOR.UNKNOWN for one that the definition does not score. */
export function unknownIndicator(): Result<never> {
  return refused('INDICATOR.UNKNOWN', 'the definition scores no such indicator', 'indicator');
}

