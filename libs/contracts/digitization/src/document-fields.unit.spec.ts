import { documentTopic } from './topics';

const SENTENCE = 'Giấy khai sinh của ông Ví Dụ, số 12 phố Mẫu';
const TEXTS = documentTopic.facts.flatMap((fact) =>
  Object.entries(fact.example).filter(([, value]) => typeof value === 'string').map(([field]) => [fact.type, field, fact] as const));
const accepts = (fact: (typeof documentTopic.facts)[number], changes: Readonly<Record<string, unknown>>): boolean =>
  fact.schema.safeParse({ ...fact.example, ...changes }).success;

it.each(TEXTS)('no field of a fact about papers takes a sentence: %s %s', (_type, field, fact) => {
  expect(accepts(fact, { [field]: SENTENCE })).toBe(false);
});

it('only what a push says can be taken back: a result without its file was not mentioned', () => {
  const taking = documentTopic.facts.filter((fact) => !accepts(fact, { retracted: 'no flag' })).map(({ type }) => type);
  expect(taking).toEqual([
    'component-digitised', 'component-reused', 'component-taken-from-personal-store', 'population-data-used',
  ].map((kind) => `digitization.${kind}.v1`));
});
