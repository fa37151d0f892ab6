import { ok, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';

/** A question of a year's survey of satisfaction (SIPAS), answered from 1 (very dissatisfied) to 5 (very satisfied). */
export interface SurveyQuestion {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

/** How many answers each level got, from 1 to 5. No person stands behind a count. */
export type LevelCounts = readonly [number, number, number, number, number];

/** What a unit's answers of a year amount to. */
export interface UnitSurvey {
  readonly year: number;
  readonly unit: UnitCode;
  /** By the codes of questions. */
  readonly answers: Readonly<Record<string, LevelCounts>>;
  readonly source: string;
  readonly countedAt: Instant;
}

export interface Questionnaire {
  readonly year: number;
  readonly questions: readonly SurveyQuestion[];
}

export interface SurveyIndex {
  /** Answers "satisfied" and "very satisfied". */
  readonly numerator: number;
  readonly denominator: number;
  /** In percent with two decimals, half-up; null without an answer. */
  readonly index: string | null;
}

/** Answers of levels 4 and 5 among all. */
export function surveyIndexOf(answers: Readonly<Record<string, LevelCounts>>): SurveyIndex {
  const counts = Object.values(answers);
  const numerator = counts.reduce((sum, [, , , satisfied, verySatisfied]) => sum + satisfied + verySatisfied, 0);
  const denominator = counts.reduce((sum, levels) => sum + levels.reduce((all, count) => all + count, 0), 0);
  return { numerator, denominator, index: denominator === 0 ? null : percentText(numerator, denominator) };
}

/** Refuses with SURVEY.QUESTION_UNKNOWN. */
export function countAnswers({ year, questions }: Questionnaire, given: Omit<UnitSurvey, 'year'>): Result<UnitSurvey> {
  const known = new Set(questions.map(({ code }) => code));
  return Object.keys(given.answers).every((code) => known.has(code))
    ? ok({ year, ...given })
    : refused('SURVEY.QUESTION_UNKNOWN', 'the survey of this year has no such question', 'answers');
}

/** Once units were counted, questions are only added: an answer keeps its question. Refuses with SURVEY.QUESTION_IN_USE. */
export function changeQuestions(before: Questionnaire | undefined, after: Questionnaire): Result<Questionnaire> {
  const codes = new Set(after.questions.map(({ code }) => code));
  if (codes.size < after.questions.length) return refused('SURVEY.QUESTION_TWICE', 'a code stands for one question', 'questions');
  return (before?.questions ?? []).every(({ code }) => codes.has(code))
    ? ok(after)
    : refused('SURVEY.QUESTION_IN_USE', 'a question that was asked stays in the survey of its year', 'questions');
}

function percentText(numerator: number, denominator: number): string {
  const hundredths = (BigInt(numerator) * 20_000n + BigInt(denominator)) / (2n * BigInt(denominator));
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}
