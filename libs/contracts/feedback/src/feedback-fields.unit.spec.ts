import { dossierFeedbackTopic, petitionTopic } from './topics';
import { verdict } from './feedback-fields';

const SENTENCE = 'Ông Ví Dụ, số 12 phố Mẫu, không hài lòng';
const TOPICS = [dossierFeedbackTopic, petitionTopic] as const;

/** Every way of putting the sentence in place of one value of an example, however deep it stands. */
function withSentence(value: unknown): readonly unknown[] {
  if (value === null || typeof value !== 'object') return [SENTENCE];
  return Object.entries(value).flatMap(([field, part]) => withSentence(part).map((changed) => ({ ...value, [field]: changed })));
}

describe('no field of a fact about feedback', () => {
  it.each(TOPICS.flatMap(({ facts }) => facts.filter(({ example }) => Object.keys(example).length > 0).map((fact) => [fact.type, fact] as const)))(
    'takes a sentence: %s', (_type, fact) => {
      const changed = withSentence(fact.example);
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.filter((data) => fact.schema.safeParse(data).success)).toEqual([]);
    },
  );

  it('keeps a text that a writer adds: a reader drops what it does not know', () => {
    expect(TOPICS.flatMap(({ facts }) => facts.map(({ schema, example }) => schema.parse({ ...example, text: SENTENCE }))).filter((data) => 'text' in data)).toEqual([]);
  });
});

it('a verdict is 1 to 5, like or dislike', () => {
  const said = [0, 1, 5, 6, 2.5, '3', 'like', 'dislike', 'LIKE', true, null];
  expect(said.filter((value) => verdict.safeParse(value).success)).toEqual([1, 5, 'like', 'dislike']);
});
