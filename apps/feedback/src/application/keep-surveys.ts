import { refused, type Result, type UnitCode } from '@index766/kernel';
import { changeQuestions, countAnswers, type LevelCounts, type Questionnaire, type SurveyQuestion, type UnitSurvey } from '../domain/survey';
import type { Clock, Surveys } from './ports';

/** The yearly survey of satisfaction: its questions, and each unit's counted answers. */
export class KeepSurveys {
  constructor(private readonly surveys: Surveys, private readonly clock: Clock) {}

  /** Refuses with SURVEY.QUESTION_IN_USE, SURVEY.QUESTION_TWICE, AGGREGATE.CONTENDED. */
  ask(year: number, questions: readonly SurveyQuestion[]): Promise<Result<Questionnaire>> {
    return this.surveys.change(year, (before) => changeQuestions(before, { year, questions }));
  }

  /** The counts of a unit, as a whole: said again they take the place of what was said before. Refuses with SURVEY.*. */
  async count(
    year: number, unit: UnitCode, { answers, source }: { readonly answers: Readonly<Record<string, LevelCounts>>; readonly source: string },
    covers: (unit: UnitCode) => boolean,
  ): Promise<Result<UnitSurvey>> {
    if (!covers(unit)) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover this unit');
    const questionnaire = await this.surveys.find(year);
    if (questionnaire === undefined) return refused('SURVEY.UNKNOWN', 'no survey of this year is known', 'year');
    const counted = countAnswers(questionnaire, { unit, answers, source, countedAt: this.clock.now() });
    if (!counted.ok) return counted;
    const saved = await this.surveys.saveUnit(counted.value);
    return saved.ok ? counted : saved;
  }
}
