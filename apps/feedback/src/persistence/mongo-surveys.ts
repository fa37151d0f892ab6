import { instantOf, ok, type Result, type UnitCode } from '@index766/kernel';
import { AggregateStore, type MongoDatabase } from '@index766/platform-mongo';
import type { Surveys } from '../application/ports';
import type { LevelCounts, Questionnaire, SurveyQuestion, UnitSurvey } from '../domain/survey';

export const SURVEY_COLLECTION = 'surveys';
export const SURVEY_ANSWER_COLLECTION = 'survey_answers';

interface SurveyFields {
  readonly questions: readonly SurveyQuestion[];
}

interface SurveyAnswerFields {
  /** By the codes of questions, as JSON text: a code may have a dot. */
  readonly answers: string;
  readonly source: string;
  readonly countedAt: Date;
}

/** Surveys as documents: `2026`, and `2026 H44.114` for a unit's counts. Nothing of them is published. */
export class MongoSurveys implements Surveys {
  readonly #surveys: AggregateStore<SurveyFields>;
  readonly #answers: AggregateStore<SurveyAnswerFields>;

  constructor(database: MongoDatabase) {
    this.#surveys = new AggregateStore<SurveyFields>(database, { collection: SURVEY_COLLECTION, slotOf: () => 0 });
    this.#answers = new AggregateStore<SurveyAnswerFields>(database, { collection: SURVEY_ANSWER_COLLECTION, slotOf: () => 0 });
  }

  async find(year: number): Promise<Questionnaire | undefined> {
    const found = await this.#surveys.find(String(year));
    return found && { year, questions: found.state.questions };
  }

  change(year: number, decide: (before: Questionnaire | undefined) => Result<Questionnaire>): Promise<Result<Questionnaire>> {
    return this.#surveys.update(String(year), (found) => {
      const decided = decide(found && { year, questions: found.state.questions });
      return decided.ok ? ok({ answer: decided.value, set: { questions: decided.value.questions } }) : decided;
    });
  }

  async findUnit(year: number, unit: UnitCode): Promise<UnitSurvey | undefined> {
    const found = await this.#answers.find(idOf(year, unit));
    if (found === undefined) return undefined;
    const { answers, source, countedAt } = found.state;
    return { year, unit, answers: JSON.parse(answers) as Record<string, LevelCounts>, source, countedAt: instantOf(countedAt.getTime()) };
  }

  saveUnit({ year, unit, answers, source, countedAt }: UnitSurvey): Promise<Result<null>> {
    return this.#answers.update(idOf(year, unit), () =>
      ok({ answer: null, set: { answers: JSON.stringify(answers), source, countedAt: new Date(countedAt) } }));
  }
}

function idOf(year: number, unit: UnitCode): string {
  return `${year} ${unit}`;
}
