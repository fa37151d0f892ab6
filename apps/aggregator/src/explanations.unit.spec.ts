import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic } from '@index766/contracts-dossiers';
import { dossierFeedbackTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import type { ProcedureRecord } from '@index766/index-766';
import { localDayOf, parseInstant, type Instant, type UnitCode } from '@index766/kernel';

import { explanationJson } from './explanations/http/explanation-json';
import { InMemoryAggregator, periodNamed, type ToldFact } from './test/in-memory-aggregator';

const at = (text: string) => parseInstant(text) as Instant;
const NOW = at('2026-10-20T10:00:00+07:00');
const OCTOBER = periodNamed('2026-10');
const UNITS = [['H44', 'PROVINCE', null], ['H44.1', 'COMMUNE', 'H44'], ['H44.2', 'COMMUNE', 'H44']] as const;
const RECEIVED = at('2026-10-05T08:00:00+07:00');
const YESTERDAY = at('2026-10-19T08:00:00+07:00');

const tell = (id: string, { name: topic }: { readonly name: string }, sequence: number, kind: string, body: object, occurredAt = RECEIVED): ToldFact =>
  ({ id, fact: { topic, sequence, kind, occurredAt, recordedAt: occurredAt, timeBasis: 'stated', body } });
const received = (id: string, dueAt: string, receivedAt = RECEIVED): readonly ToldFact[] => [
  tell(id, dossierTopic, 1, 'dossier-received', { unit: 'H44.1', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }, receivedAt),
  tell(id, dossierTopic, 2, 'due-date-set', { dueAt: at(dueAt), basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }, receivedAt),
];
const FACTS: readonly ToldFact[] = [
  ...received('LATE', '2026-10-09T17:00:00Z'), ...received('SOON', '2026-10-23T17:00:00Z'), ...received('LATER', '2026-11-20T17:00:00Z'),
  tell('SOON', paymentTopic, 1, 'fee-assessed', { fee: 'LP01', amount: 8_000 }),
  tell('LATER', paymentTopic, 1, 'fee-assessed', { fee: 'LP01', amount: 8_000 }),
  tell('LATER', paymentTopic, 2, 'payment-succeeded', { provider: 'desk', reference: 'r', channel: 'cash', amount: 8_000 }),
  tell('LATER', documentTopic, 1, 'electronic-result-issued', { result: 'KQ-1' }),
  // Became known yesterday.
  tell('LATER', dossierFeedbackTopic, 1, 'dossier-rated', { rating: '1', verdict: 1 }, YESTERDAY),
];

const dayOf = (text: string) => localDayOf(at(`${text}T12:00:00+07:00`));
const procedure = (code: string, dueOn: string): ProcedureRecord =>
  ({ code, validFrom: dayOf('2026-01-01'), validTo: null, announcement: { dueOn: dayOf(dueOn) } }) as unknown as ProcedureRecord;
/** Of the province: due before today, today, later in the period; none of them is announced. */
const PROCEDURES = [procedure('P-MISSED', '2026-10-12'), procedure('P-TODAY', '2026-10-20'), procedure('P-LATER', '2026-10-28')];

async function given(procedures: readonly ProcedureRecord[] = PROCEDURES): Promise<InMemoryAggregator> {
  const aggregator = new InMemoryAggregator(UNITS, NOW, [OCTOBER], {
    proceduresOf: (unit) => (unit === 'H44' ? procedures : []), unitsWithProcedures: () => ['H44' as UnitCode],
  });
  await aggregator.take(...FACTS);
  return aggregator;
}

async function explained(aggregator: InMemoryAggregator, knownBy: Instant | null = null, unit = 'H44.1') {
  const explanation = await aggregator.explanations.ofUnit(unit as UnitCode, OCTOBER, knownBy);
  if (!explanation.ok) throw new Error(explanation.error.code);
  const answer = explanationJson(explanation.value);
  const of = (id: string) => {
    const { items, recoverable, risks } = answer.indicators.find(({ indicator }) => indicator === id) ?? {};
    return [items, recoverable, risks];
  };
  return { answer, of };
}

async function itemsOf(aggregator: InMemoryAggregator, indicator: string, choice: 'costs' | 'recoverable' | 'risks', knownBy: Instant | null = null) {
  const page = await aggregator.explanations.itemsOf('H44.1' as UnitCode, OCTOBER, indicator, choice, { after: null, limit: 100 }, knownBy);
  if (!page.ok) throw new Error(page.error.code);
  return page.value.entries.map(({ item }) => item);
}

describe('what can still be saved while the period runs', () => {
  it('is told of every kind of list: what costs, what of it can be put right, what will be lost', async () => {
    const { of, answer } = await explained(await given());
    expect(answer).toMatchObject({ running: true, asOf: '2026-10-20T03:00:00.000Z', knownAt: null, state: 'scored', reason: null });
    // [costs, of these recoverable, risks]
    expect(of('2.1')).toEqual([1, 0, 1]);
    expect(of('5.4')).toEqual([2, 1, 1]);
    expect(of('3.6')).toEqual([2, 1, 0]);
    expect(of('4.1')).toEqual([2, 2, 0]);
    expect(of('1.1')).toEqual([2, 1, 1]);
  });

  it('is as many as the lists have', async () => {
    const aggregator = await given();
    expect(await itemsOf(aggregator, '2.1', 'risks')).toEqual(['SOON']);
    expect(await itemsOf(aggregator, '3.6', 'costs')).toEqual(['LATER', 'SOON']);
    expect(await itemsOf(aggregator, '3.6', 'recoverable')).toEqual(['SOON']);
    expect(await itemsOf(aggregator, '5.4', 'recoverable')).toEqual(['LATER']);
    expect(await itemsOf(aggregator, '1.1', 'costs')).toEqual(['P-MISSED', 'P-TODAY']);
    expect(await itemsOf(aggregator, '1.1', 'recoverable')).toEqual(['P-TODAY']);
    expect(await itemsOf(aggregator, '1.1', 'risks')).toEqual(['P-LATER']);
  });

  it('is told of an indicator that has no points yet, too, whose day comes within the period', async () => {
    const aggregator = await given([procedure('P-LATER', '2026-10-28')]);
    const { of, answer } = await explained(aggregator);
    expect(answer.indicators.find(({ indicator }) => indicator === '1.1')).toMatchObject({ state: 'missing', lost: null });
    expect(of('1.1')).toEqual([0, 0, 1]);
    expect(await itemsOf(aggregator, '1.1', 'risks')).toEqual(['P-LATER']);
  });
});

describe('an explanation as known at K', () => {
  const K = at('2026-10-08T12:00:00+07:00');

  it('is that of the score at K, and its lists are as long as its numbers', async () => {
    const aggregator = await given();
    const { of, answer } = await explained(aggregator, K);
    expect(answer).toMatchObject({ running: true, asOf: '2026-10-08T05:00:00.000Z', knownAt: '2026-10-08T05:00:00.000Z' });
    // Nothing was late then, nobody had rated, no procedure was due.
    expect([of('2.1'), of('5.4'), of('3.6')]).toEqual([[0, 0, 2], [0, 0, 2], [2, 1, 0]]);
    expect(of('1.1')).toEqual([0, 0, 3]);
    for (const { indicator, items, recoverable, risks } of answer.indicators) {
      const lengths = await Promise.all((['costs', 'recoverable', 'risks'] as const).map(async (choice) => (await itemsOf(aggregator, indicator, choice, K)).length));
      expect([indicator, ...lengths]).toEqual([indicator, items, recoverable, risks]);
    }
  });

  it('knows nothing that can be saved once the period has ended', async () => {
    const aggregator = new InMemoryAggregator(UNITS, at('2026-11-24T10:00:00+07:00'), [OCTOBER]);
    await aggregator.take(...FACTS);
    const { answer } = await explained(aggregator, at('2026-11-02T00:00:00+07:00'), 'H44');
    expect(answer).toMatchObject({ running: false, asOf: '2026-10-31T17:00:00.000Z', knownAt: '2026-11-01T17:00:00.000Z' });
    expect(new Set(answer.indicators.flatMap(({ recoverable, risks }) => [recoverable, risks]))).toEqual(new Set([0]));
  });
});
