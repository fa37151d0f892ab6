import { paymentTopic } from './topics';

const SENTENCE = 'Ông Ví Dụ, số 12 phố Mẫu, đã nộp lệ phí';
const FIELDS = paymentTopic.facts.flatMap((fact) => Object.entries(fact.example).map(([field, value]) => [fact, field, value] as const));
const accepts = (fact: (typeof paymentTopic.facts)[number], field: string, value: unknown): boolean =>
  fact.schema.safeParse({ ...fact.example, [field]: value }).success;

describe('no field of a fact about money', () => {
  it.each(FIELDS.filter(([, , value]) => typeof value === 'string').map(([fact, field]) => [fact.type, field, fact] as const))(
    'takes a sentence: %s %s', (_type, field, fact) => expect(accepts(fact, field, SENTENCE)).toBe(false),
  );

  it.each(FIELDS.filter(([, , value]) => typeof value === 'number').map(([fact, field]) => [fact.type, field, fact] as const))(
    'takes an amount that is not whole đồng: %s %s', (_type, field, fact) => {
      expect([0.5, -1, '8000', Number.NaN, 1e18, 8_000].map((amount) => accepts(fact, field, amount))).toEqual([false, false, false, false, false, true]);
    },
  );
});

it('only an assessment takes the amount 0: a payment, a refund or a waiver of nothing is none', () => {
  expect(paymentTopic.facts.filter((fact) => 'amount' in fact.example && accepts(fact, 'amount', 0)).map(({ type }) => type)).toEqual(['payments.fee-assessed.v1']);
});
