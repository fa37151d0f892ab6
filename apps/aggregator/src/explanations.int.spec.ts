import { figureReportedV1, procedureTopic, procedureVersionedV1, reportedFigureTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { documentFactContracts, documentTopic } from '@index766/contracts-digitization';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import { encodeRecord, envelopeOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { dossierFeedbackContracts, dossierFeedbackTopic, petitionFactContracts, petitionTopic } from '@index766/contracts-feedback';
import { paymentFactContracts, paymentTopic } from '@index766/contracts-payments';
import { instantOf, parseInstant, type Instant } from '@index766/kernel';
import { databaseName, sendRecords, until } from '@index766/testing-integration';

import type { costPageJson, explanationJson } from './explanations/http/explanation-json';
import type { scoreJson } from './scores/http/score-json';
import { seededNumbers } from './test/random-log';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

type Explanation = ReturnType<typeof explanationJson>;
type CostPage = ReturnType<typeof costPageJson>;
type Score = ReturnType<typeof scoreJson>;

const DOSSIERS = 60;
const PETITIONS = 14;
const COMMUNES = ['H44.1', 'H44.2', 'H44.3'] as const;
const PROCEDURES = ['2.000815', '1.001612', '1.004964'] as const;
const DAY_MS = 86_400_000;

let aggregator: RunningAggregator;
beforeAll(async () => {
  aggregator = await runAggregator(databaseName(__filename));
  await sendRecords(unitTopic.name, given.units(), aggregator.brokers);
  await sendRecords(procedureTopic.name, given.procedures(), aggregator.brokers);
  await sendRecords(reportedFigureTopic.name, given.reported(), aggregator.brokers);
  const facts = given.facts();
  for (const [topic, records] of facts) await sendRecords(topic, records, aggregator.brokers);
  const all = [...facts.values()].reduce((sum, records) => sum + records.length, 0);
  await until(async () => appliedFacts(await (await aggregator.get('/metrics')).text()) === all, { what: 'all facts to be in the ledgers' });
  // What is kept up to date shows all of it when it equals what is computed from the ledgers, and knows what the catalog says.
  await until(async () => {
    const [kept, computed] = await Promise.all([indicatorsOf('VN'), indicatorsOf('VN', '2026-10-01..2026-10-31')]);
    const denominatorOf = (id: string) => kept.find(({ indicator }) => indicator === id)?.denominator ?? 0;
    if (denominatorOf('3.1') !== PROCEDURES.length || denominatorOf('1.4') < 2 * DOSSIERS) return false;
    // What a unit reported was reported for the month, not for these days.
    const [first, second] = [kept, computed].map((each) => JSON.stringify(each.filter(({ indicator }) => indicator !== '1.4')));
    return first === second;
  }, { what: 'all figures to be merged' });
});
afterAll(() => aggregator.stop());

describe('why a score is what it is, over random dossiers and petitions', () => {
  it.each(['H44', 'VN', ...COMMUNES])('the lists of %s are as long as the numbers on its cards say', async (unit) => {
    const { groups } = await score(unit);
    const { indicators } = await json<Explanation>(`/v1/units/${unit}/explanation?period=2026-10`);
    const shown = new Map(groups.flatMap((group) => group.indicators).map((each) => [each.indicator, each]));

    for (const { indicator, items } of indicators) {
      const { count, entries } = await allItems(unit, indicator);
      expect([indicator, count, entries]).toEqual([indicator, items, items]);
    }
    // A satisfaction below 0 is shown as 0; behind a figure that was reported there is no list.
    const onCards = indicators.filter(({ indicator, kind }) => shown.get(indicator)?.numerator !== 0 && kind !== 'reported');
    expect(onCards.length).toBeGreaterThan(10);
    expect(onCards.map(({ indicator, items }) => [indicator, items])).toEqual(onCards.map(({ indicator }) => {
      const { numerator, denominator } = shown.get(indicator) ?? {};
      return [indicator, (denominator ?? 0) - (numerator ?? 0)];
    }));
  });

  it.each([['H44.1', 'reported'], ['H44', 'reported'], ['H44.2', 'cases']])('1.4 of %s, of which a commune reported more than was received, is %s', async (unit, kind) => {
    const { groups } = await score(unit);
    const { numerator, denominator } = groups.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === '1.4') ?? {};
    const { indicators } = await json<Explanation>(`/v1/units/${unit}/explanation?period=2026-10`);
    const lost = indicators.find(({ indicator }) => indicator === '1.4');
    const lacking = (denominator ?? 0) - (numerator ?? 0);
    expect(lost).toMatchObject({ kind, items: kind === 'reported' ? 0 : lacking, neededForMax: lacking });
    expect(await allItems(unit, '1.4')).toEqual({ count: lost?.items, entries: lost?.items });
  });

  it('adds up to what is missing of the attainable points', async () => {
    const explanation = await json<Explanation>('/v1/units/H44/explanation?period=2026-10');
    const lost = explanation.indicators.reduce((sum, each) => sum + (each.lost ?? 0), 0);
    expect(explanation.attainable - lost).toBeCloseTo(explanation.points ?? Number.NaN, 4);
    expect(explanation.indicators.some(({ indicator, lost: points }) => indicator === '2.1' && points !== null && points > 0)).toBe(true);
  });

  it('has one late dossier cost in two groups', async () => {
    const [late] = (await json<CostPage>('/v1/units/H44/explanation/2.1/items?period=2026-10&limit=1')).entries;
    const dissatisfied = await itemsOf('H44', '5.4');
    expect(dissatisfied.filter(({ item, flaw }) => item === late?.item && flaw === 'late')).toHaveLength(1);
    expect(late).toMatchObject({ flaw: 'late', recoverable: false });
    expect(late?.dueAt).not.toBeNull();
  });

  it('knows nothing that can be put right of a period that has ended', async () => {
    const { indicators } = await json<Explanation>('/v1/units/H44/explanation?period=2026-10');
    expect(new Set(indicators.flatMap(({ recoverable, risks }) => [recoverable, risks]))).toEqual(new Set([0]));
    expect((await json<CostPage>('/v1/units/H44/explanation/4.1/items?period=2026-10&choice=recoverable')).count).toBe(0);
  });

  it.each([
    ['/v1/units/H44.7/explanation?period=2026-10', 404, 'UNIT.UNKNOWN'],
    ['/v1/units/H44/explanation?period=2026-13', 400, 'PERIOD.UNKNOWN'],
    ['/v1/units/H44/explanation/9.9/items?period=2026-10', 404, 'INDICATOR.UNKNOWN'],
    ['/v1/units/H44/explanation/2.2/items?period=2026-10', 404, 'INDICATOR.UNKNOWN'],
    ['/v1/units/H44/explanation/2.1/items?period=2026-10&choice=some', 400, 'REQUEST.INVALID'],
    ['/v1/units/H44/explanation/2.1/items?period=2026-10&limit=0', 400, 'REQUEST.INVALID'],
  ])('refuses %s with %i %s', async (path, status, code) => {
    const response = await aggregator.get(path);
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  });
});

async function json<Answer>(path: string): Promise<Answer> {
  return (await (await aggregator.get(path)).json()) as Answer;
}

function score(unit: string, period = '2026-10'): Promise<Score> {
  return json(`/v1/units/${unit}/scores/${period}`);
}

function appliedFacts(exposition: string): number {
  const applied = /^kafka_consumer_records_total\{(?=[^}]*group="aggregator\.ledger")(?=[^}]*outcome="applied")[^}]*\} (\d+)$/gm;
  return [...exposition.matchAll(applied)].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** None while the unit is not known yet. */
async function indicatorsOf(unit: string, period?: string): Promise<Score['groups'][number]['indicators']> {
  const { groups } = await score(unit, period) as Partial<Score>;
  return groups?.flatMap(({ indicators }) => indicators) ?? [];
}

/** Page by page; each entry once. */
async function itemsOf(unit: string, indicator: string): Promise<CostPage['entries']> {
  const entries: CostPage['entries'][number][] = [];
  for (let after: string | null = null; ;) {
    const from: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const page = await json<CostPage>(`/v1/units/${unit}/explanation/${indicator}/items?period=2026-10&limit=7${from}`);
    entries.push(...page.entries);
    if (page.next === null) return entries;
    after = page.next;
  }
}

async function allItems(unit: string, indicator: string): Promise<{ readonly count: number; readonly entries: number }> {
  const { count } = await json<CostPage>(`/v1/units/${unit}/explanation/${indicator}/items?period=2026-10&limit=1`);
  return { count, entries: new Set((await itemsOf(unit, indicator)).map(({ key }) => key)).size };
}

type Record = ReturnType<typeof encodeRecord>;

const sequences = new Map<string, number>();

function fact(topic: TopicContract, contract: FactContract, key: string, occurredAt: Instant, data: object): Record {
  const place = `${topic.name} ${key}`;
  const sequence = (sequences.get(place) ?? 0) + 1;
  sequences.set(place, sequence);
  const envelope = envelopeOf(topic, { type: contract.type, occurredAt, recordedAt: occurredAt, subject: key, sequence });
  return encodeRecord(envelope, data, contract);
}

const given = {
  units(): readonly Record[] {
    const units = [['VN', 'COUNTRY', null], ['H44', 'PROVINCE', 'VN'], ...COMMUNES.map((code) => [code, 'COMMUNE', 'H44'] as const)] as const;
    return units.map(([code, level, parent]) => fact(unitTopic, unitVersionedV1, code, instantOf(0), {
      code, name: code, level, parent, version: 1, validFrom: '2024-01-01',
    }));
  },
  procedures(): readonly Record[] {
    const of = (unit: string, code: string, flags: object) => fact(procedureTopic, procedureVersionedV1, `${code}@${unit}`, instantOf(0), {
      code, unit, name: code, pauseOnFinancialObligation: false, version: 1, validFrom: '2026-01-01', ...flags,
    });
    const own = { onlineLevel: 'partial', fee: true, citizen: true };
    return [
      ...PROCEDURES.map((code, index) => of('H44', code, {
        announcement: { dueOn: '2026-10-10', on: `2026-10-1${index}` }, publication: { dueOn: '2026-10-12', on: `2026-10-1${index + 1}` },
      })),
      ...COMMUNES.flatMap((unit, index) => PROCEDURES.slice(index).map((code) => of(unit, code, { ...own, certifiedCopies: index > 0 }))),
    ];
  },
  /** More than there are dossiers, so that the difference is no list of them. */
  reported(): readonly Record[] {
    return [fact(reportedFigureTopic, figureReportedV1, 'H44.1@national-report@2026-10', instantOf(0), {
      unit: 'H44.1', measure: 'national-report', period: '2026-10', value: 2 * DOSSIERS, reporter: 'desk', source: { document: '1/BC', day: '2026-11-05' }, version: 1,
    })];
  },
  facts(): ReadonlyMap<string, readonly Record[]> {
    const random = seededNumbers(766);
    const chance = (probability: number): boolean => random() < probability;
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const start = parseInstant('2026-10-01T02:00:00Z') as Instant;
    const records = new Map<string, Record[]>();
    const tell = (topic: TopicContract, contract: FactContract, key: string, at: Instant, data: object): void => {
      records.set(topic.name, [...records.get(topic.name) ?? [], fact(topic, contract, key, at, data)]);
    };
    for (let number = 1; number <= DOSSIERS; number += 1) {
      const unit = pick(COMMUNES);
      const id = `${unit}-${number}`;
      const at = instantOf(start + Math.floor(random() * 25) * DAY_MS);
      const later = instantOf(at + DAY_MS);
      tell(dossierTopic, dossierFactContracts['dossier-received'], id, at, {
        unit, procedure: pick(PROCEDURES), channel: pick(['online', 'in-person', 'postal']), source: 'specs', pushed: chance(0.8),
      });
      const dueAt = new Date(at + Math.floor(random() * 6) * DAY_MS).toISOString();
      tell(dossierTopic, dossierFactContracts['due-date-set'], id, at, { dueAt, basis: 'stated', cause: 'received', calendarVersion: 'vn@1' });
      if (chance(0.6)) tell(dossierTopic, dossierFactContracts['dossier-finished'], id, instantOf(at + 2 * DAY_MS), {});
      if (chance(0.5)) {
        tell(paymentTopic, paymentFactContracts['fee-assessed'], id, at, { fee: 'LP01', amount: 8_000 });
        if (chance(0.5)) tell(paymentTopic, paymentFactContracts['payment-succeeded'], id, at, { provider: 'bank-a', reference: id, channel: 'national-portal', amount: 8_000 });
        if (chance(0.2)) tell(paymentTopic, paymentFactContracts['payment-refunded'], id, later, { provider: 'bank-a', reference: id, refund: 'r' });
      }
      for (const kind of ['component-digitised', 'component-reused', 'component-taken-from-personal-store'] as const) {
        if (chance(0.5)) tell(documentTopic, documentFactContracts[kind], id, at, { component: 'TP-01' });
      }
      if (chance(0.5)) tell(documentTopic, documentFactContracts['electronic-result-issued'], id, later, { result: 'KQ-1' });
      if (chance(0.5)) tell(documentTopic, documentFactContracts['population-data-used'], id, at, { by: 'verified-account' });
      if (chance(0.4)) tell(dossierFeedbackTopic, dossierFeedbackContracts['dossier-rated'], id, later, { rating: '1', verdict: pick([1, 2, 3, 4, 5]) });
    }
    for (let number = 1; number <= PETITIONS; number += 1) {
      const id = `PAKN.${number}`;
      const at = instantOf(start + Math.floor(random() * 8) * DAY_MS);
      tell(petitionTopic, petitionFactContracts['petition-received'], id, at, { unit: pick(COMMUNES), class: pick(['rules', 'conduct', 'other']) });
      if (!chance(0.7)) continue;
      tell(petitionTopic, petitionFactContracts['petition-answered'], id, instantOf(at + 3 * DAY_MS), {});
      if (chance(0.5)) tell(petitionTopic, petitionFactContracts['answer-rated'], id, instantOf(at + 4 * DAY_MS), { satisfied: chance(0.5) });
    }
    return records;
  },
};
