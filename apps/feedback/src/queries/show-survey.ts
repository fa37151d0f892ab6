import { ok, refused, type Result, type UnitCode } from '@index766/kernel';
import type { Surveys } from '../application/ports';
import { surveyIndexOf, type Questionnaire, type SurveyIndex, type UnitSurvey } from '../domain/survey';

/** A unit's survey of a year, and the index beside that of the year before. */
export interface SurveyDetails {
  readonly questionnaire: Questionnaire;
  readonly survey: UnitSurvey;
  readonly index: SurveyIndex;
  /** Of the year before; null: nothing was counted then. */
  readonly before: SurveyIndex | null;
}

export class ShowSurvey {
  constructor(private readonly surveys: Surveys) {}

  /** Refuses with SURVEY.UNKNOWN. */
  async questions(year: number): Promise<Result<Questionnaire>> {
    const found = await this.surveys.find(year);
    return found === undefined ? refused('SURVEY.UNKNOWN', 'no survey of this year is known', 'year') : ok(found);
  }

  /** Refuses with AUTH.UNIT_OUT_OF_SCOPE, SURVEY.UNKNOWN, SURVEY.NOT_COUNTED. */
  async execute(year: number, unit: UnitCode, covers: (unit: UnitCode) => boolean): Promise<Result<SurveyDetails>> {
    if (!covers(unit)) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover this unit');
    const questionnaire = await this.questions(year);
    if (!questionnaire.ok) return questionnaire;
    const [survey, before] = await Promise.all([this.surveys.findUnit(year, unit), this.surveys.findUnit(year - 1, unit)]);
    if (survey === undefined) return refused('SURVEY.NOT_COUNTED', 'nothing was counted for this unit in this year', 'unit');
    return ok({
      questionnaire: questionnaire.value, survey, index: surveyIndexOf(survey.answers), before: before === undefined ? null : surveyIndexOf(before.answers),
    });
  }
}
