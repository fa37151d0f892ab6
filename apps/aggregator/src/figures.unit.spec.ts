import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic } from '@index766/contracts-dossiers';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { parseInstant, type Instant, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';

import { scoreJson } from './scores/http/score-json';
import { InMemoryAggregator, periodNamed, type ToldFact } from './test/in-memory-aggregator';

const at = (text: string) => parseInstant(text) as Instant;
const NOW = at('2026-11-24T10:00:00+07:00');
const OCTOBER = periodNamed('2026-10');
const UNITS = [['VN', 'COUNTRY', null], ['H44', 'PROVINCE', 'VN'], ['H44.1', 'COMMUNE', 'H44'], ['H44.2', 'COMMUNE', 'H44']] as const;
const RECEIVED = at('2026-10-05T08:00:00+07:00');
const LATER = at('2026-10-20T08:00:00+07:00');
const DOSSIER = 'H44.1-1';

const tell = ({ name: topic }: { readonly name: string }, sequence: number, kind: string, body: object, occurredAt = RECEIVED, id = DOSSIER): ToldFact =>
  ({ id, fact: { topic, sequence, kind, occurredAt, recordedAt: occurredAt, timeBasis: 'stated', body } });

const DOSSIER_FACTS: readonly ToldFact[] = [
  tell(dossierTopic, 1, 'dossier-received', { unit: 'H44.1', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }),
  tell(dossierTopic, 2, 'due-date-set', { dueAt: at('2026-10-30T17:00:00Z'), basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }),
  tell(dossierTopic, 3, 'dossier-finished', {}, at('2026-10-15T08:00:00+07:00')),
];
const BESIDE: readonly ToldFact[] = [
  tell(paymentTopic, 1, 'fee-assessed', { fee: 'LP01', amount: 8_000 }),
  tell(paymentTopic, 2, 'payment-succeeded', { provider: 'bank-a', reference: 'r', channel: 'national-portal', amount: 8_000 }),
  tell(documentTopic, 1, 'component-digitised', { component: 'TP-01' }),
  tell(documentTopic, 2, 'electronic-result-issued', { result: 'KQ-1' }),
  tell(documentTopic, 3, 'population-data-used', { by: 'verified-account' }),
  tell(dossierFeedbackTopic, 1, 'dossier-rated', { rating: '1', verdict: 1 }),
];
const PETITION: readonly ToldFact[] = [
  tell(petitionTopic, 1, 'petition-received', { unit: 'H44.1', class: 'rules' }, RECEIVED, 'PAKN.1'),
  tell(petitionTopic, 2, 'petition-answered', {}, LATER, 'PAKN.1'),
  tell(petitionTopic, 3, 'answer-rated', { satisfied: false }, LATER, 'PAKN.1'),
];
const ALL = [...DOSSIER_FACTS, ...BESIDE, ...PETITION];

const aggregator = () => new InMemoryAggregator(UNITS, NOW, [OCTOBER]);

async function answersOf(one: InMemoryAggregator, unit = 'H44.1', period = OCTOBER, knownBy: Instant | null = null) {
  const figures = await one.queries.ofUnit(unit as UnitCode, period, knownBy);
  if (!figures.ok) throw new Error(figures.error.code);
  const answer = scoreJson(figures.value);
  return { answer, pairs: Object.fromEntries(answer.groups.flatMap(({ indicators }) => indicators).map(({ indicator, numerator, denominator }) => [indicator, `${numerator}/${denominator}`])) };
}

const figuresAfter = async (facts: readonly ToldFact[], unit = 'H44.1') => {
  const one = aggregator();
  await one.take(...facts);
  return (await answersOf(one, unit)).pairs;
};

/** What is shown otherwise after a further fact, and how. */
async function movedBy(...further: readonly ToldFact[]): Promise<Readonly<Record<string, readonly [before: string | undefined, after: string | undefined]>>> {
  const [before, after] = [await figuresAfter(ALL), await figuresAfter([...ALL, ...further])];
  return Object.fromEntries(Object.keys(before).filter((id) => before[id] !== after[id]).map((id) => [id, [before[id], after[id]]]));
}

describe('figures of facts from every service', () => {
  it('count a dossier, its money, its papers, its rating, and a petition', async () => {
    expect(await figuresAfter(ALL)).toMatchObject({
      '1.4': '1/1', '2.1': '1/1', '3.3': '1/1', '3.6': '1/1', '4.1': '1/1', '4.2': '1/1', '4.3': '0/1', '4.4': '0/1', '4.5b': '1/1',
      '5.1-TTHC': '1/1', '5.2': '1/1', '5.3': '0/1', '5.4': '0/1',
    });
    expect(await figuresAfter(ALL, 'H44')).toEqual(await figuresAfter(ALL));
    expect(await figuresAfter(ALL, 'VN')).toEqual(await figuresAfter(ALL));
  });

  it.each([
    ['a refund', [tell(paymentTopic, 3, 'payment-refunded', { provider: 'bank-a', reference: 'r', refund: 'b' }, LATER)], { '3.6': ['1/1', '0/1'] }],
    ['a withdrawn rating', [tell(dossierFeedbackTopic, 2, 'rating-withdrawn', { rating: '1' }, LATER)], { '5.4': ['0/1', '1/1'] }],
    ['a fee corrected to nothing, which an online payment makes good for', [tell(paymentTopic, 3, 'fee-assessed', { fee: 'LP01', amount: 0 }, LATER)], {}],
    ['the refund of what was paid although the fee was corrected to nothing', [
      tell(paymentTopic, 3, 'fee-assessed', { fee: 'LP01', amount: 0 }, LATER),
      tell(paymentTopic, 4, 'payment-refunded', { provider: 'bank-a', reference: 'r', refund: 'b' }, LATER),
    ], { '3.6': ['1/1', '0/1'] }],
    ['a component that is reused', [tell(documentTopic, 4, 'component-reused', { component: 'TP-01' }, LATER)], { '4.3': ['0/1', '1/1'] }],
    ['a better word on the answer', [tell(petitionTopic, 4, 'answer-rated', { satisfied: true }, LATER, 'PAKN.1')], { '5.3': ['0/1', '1/1'] }],
    ['another class of a petition', [tell(petitionTopic, 4, 'petition-classified', { class: 'conduct' }, LATER, 'PAKN.1')], { '5.1-TTHC': ['1/1', '0/1'], '5.1-STAFF': ['0/1', '1/1'] }],
  ] as const)('%s moves exactly what it should', async (_, facts, moved) => {
    expect(await movedBy(...facts)).toEqual(moved);
  });

  it('keep a fact that comes before its dossier, and count it when the dossier comes', async () => {
    const one = aggregator();
    await one.take(...BESIDE);
    expect((await answersOf(one)).pairs).toMatchObject({ '2.1': '0/0', '3.6': '0/0' });
    await one.take(...DOSSIER_FACTS, ...PETITION);
    expect((await answersOf(one)).pairs).toEqual(await figuresAfter(ALL));
  });

  it('are the same bytes for every order and grouping of the facts, kept or computed', async () => {
    const inOrder = JSON.stringify((await (async () => { const one = aggregator(); await one.take(...ALL); return answersOf(one, 'H44'); })()).answer);
    const order = fc.shuffledSubarray(ALL.map((_, index) => index), { minLength: ALL.length });
    await fc.assert(fc.asyncProperty(order, fc.integer({ min: 1, max: 5 }), async (sequence, size) => {
      const one = aggregator();
      for (let from = 0; from < sequence.length; from += size) {
        await one.take(...sequence.slice(from, from + size).flatMap((index) => ALL[index] ?? []));
      }
      expect(JSON.stringify((await answersOf(one, 'H44')).answer)).toBe(inOrder);
      const days = await answersOf(one, 'H44', periodNamed('2026-10-01..2026-10-31'));
      expect(days.answer.groups).toEqual((JSON.parse(inOrder) as { groups: unknown }).groups);
    }), { seed: 766, numRuns: 25 });
  });

  it('leave out at K what became known later, wherever the dossier was then', async () => {
    const one = aggregator();
    const corrected = { ...tell(dossierTopic, 4, 'dossier-corrected', { field: 'unit', before: 'H44.1', after: 'H44.2', reasonCode: 'R' }, RECEIVED), knownAt: LATER };
    await one.take(...ALL, corrected);
    expect((await answersOf(one)).pairs['2.1']).toBe('0/0');
    expect((await answersOf(one, 'H44.2')).pairs['2.1']).toBe('1/1');

    const before = at('2026-10-19T00:00:00+07:00');
    expect((await answersOf(one, 'H44.1', OCTOBER, before)).pairs['2.1']).toBe('1/1');
    expect((await answersOf(one, 'H44.2', OCTOBER, before)).pairs['2.1']).toBe('0/0');
    expect((await answersOf(one, 'H44', OCTOBER, before)).answer).toMatchObject({ running: true, knownAt: '2026-10-18T17:00:00.000Z' });
    expect((await answersOf(one, 'H44', OCTOBER, NOW)).answer.groups).toEqual((await answersOf(one, 'H44')).answer.groups);
  });
});
