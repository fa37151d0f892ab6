import type { UnitCode } from '@index766/kernel';
import { codeOf, LATER } from '../test/spoken';
import { changeQuestions, countAnswers, surveyIndexOf, type LevelCounts } from './survey';

const question = (code: string) => ({ code, vi: code, en: code });

describe('the index of a survey', () => {
  it.each<[string, readonly LevelCounts[], string | null]>([
    ['no answers', [], null], ['nobody asked', [[0, 0, 0, 0, 0]], null], ['all satisfied', [[0, 0, 0, 3, 4]], '100.00'], ['none', [[1, 1, 1, 0, 0]], '0.00'],
    ['rounded half-up', [[1, 0, 0, 1, 1]], '66.67'], ['exactly a half of a hundredth', [[0, 0, 199, 0, 1], [0, 0, 19_800, 0, 0]], '0.01'], ['over questions', [[1, 0, 0, 0, 1], [0, 1, 0, 0, 0]], '33.33'],
  ])('of %s', (_case, counts, index) => {
    expect(surveyIndexOf(Object.fromEntries(counts.map((each, place) => [`C${place}`, each]))).index).toBe(index);
  });
});

describe('questions', () => {
  it('are added, never taken away, and each has a code of its own', () => {
    const before = { year: 2026, questions: [question('C1')] };
    expect([[question('C1'), question('C2')], [question('C2')], [question('C1'), question('C1')]].map((questions) => codeOf(changeQuestions(before, { year: 2026, questions }))))
      .toEqual(['done', 'SURVEY.QUESTION_IN_USE', 'SURVEY.QUESTION_TWICE']);
  });

  it('are the only ones that are answered', () => {
    const count = (code: string) => codeOf(countAnswers({ year: 2026, questions: [question('C1')] }, { unit: 'H44.114' as UnitCode, source: 'BC-1', countedAt: LATER, answers: { [code]: [0, 0, 0, 0, 1] } }));
    expect([count('C1'), count('C9')]).toEqual(['done', 'SURVEY.QUESTION_UNKNOWN']);
  });
});
