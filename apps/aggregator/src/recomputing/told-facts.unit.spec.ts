import { dossierTopic } from '@index766/contracts-dossiers';
import { compareText, instantOf, parseInstant, type Instant, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';

import { CASES, addFacts, readArrivedFact, type FactsOfEntry } from '../ledger';
import { InMemoryLedger } from '../test/in-memory-ports';
import { InMemoryTopicLog } from '../test/in-memory-topic-log';
import { randomLog } from '../test/random-log';
import { ToldFacts } from './told-facts';

const PARTITIONS = 3;
const BEGIN = parseInstant('2026-10-05T01:00:00Z') as Instant;
const UNITS = ['H44.1', 'H44.2', 'H44.3'] as UnitCode[];

/** A log as producers under faults write it: out of order, above holes, with copies and what nobody can read, and watermarks between. */
function logOf(seed: number): InMemoryTopicLog {
  const log = new InMemoryTopicLog(PARTITIONS);
  for (const record of randomLog({ seed, stretches: 2, partitions: PARTITIONS }).flat()) log.send(record);
  return log;
}

async function byUnit(units: readonly UnitCode[], factsOfUnit: (unit: UnitCode) => AsyncIterable<FactsOfEntry>) {
  const found: Record<string, readonly unknown[]> = {};
  for (const unit of units) {
    const entries: FactsOfEntry[] = [];
    for await (const entry of factsOfUnit(unit)) entries.push(entry);
    found[unit] = entries.sort((a, b) => compareText(a.id, b.id)).map(({ id, facts }) => ({ id, facts }));
  }
  return found;
}

async function told(log: InMemoryTopicLog, until: Instant, isWanted: (unit: UnitCode) => boolean) {
  const facts = new ToldFacts(CASES, until);
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    await log.read([dossierTopic.name], (records) => { facts.take(records); }, partition);
    facts.keep(isWanted);
  }
  return { facts: await byUnit(UNITS, (unit) => facts.factsOfUnit(unit)), units: [...facts.units()].sort(compareText) };
}

/** As the aggregator keeps it, what became known later left out. */
async function kept(log: InMemoryTopicLog, until: Instant) {
  const ledger = new InMemoryLedger(CASES);
  for (const record of log.of(dossierTopic)) {
    const read = readArrivedFact(CASES, record);
    if (read === 'ignored' || !read.ok) continue;
    const { id, known, partition } = read.value;
    const before = ledger.entries.get(id);
    const { entry } = addFacts(before?.entry, id, [known], CASES);
    if (entry !== undefined && entry !== before?.entry) await ledger.saveMany([{ entry, rev: before?.rev ?? 0, partition }]);
  }
  const all = await byUnit(UNITS, (unit) => ledger.factsOfUnit(unit)) as Readonly<Record<string, readonly FactsOfEntry[]>>;
  return Object.fromEntries(Object.entries(all).map(([unit, entries]) => [unit, entries.flatMap(({ id, facts }) => {
    const known = facts.filter(({ knownAt }) => knownAt < until);
    const isNamed = known.some(({ fact: { body } }) => (body as { readonly unit?: string }).unit === unit);
    return isNamed ? [{ id, facts: known }] : [];
  })]));
}

describe('facts as the topics tell them', () => {
  it('are those of the ledger that were known before an instant', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 120 }), async (seed, minutes) => {
      const log = logOf(seed);
      const until = instantOf(BEGIN + minutes * 60_000);
      expect((await told(log, until, () => true)).facts).toEqual(await kept(log, until));
    }), { seed: 766, numRuns: 6 });
  });

  it('are those alone of what wanted units had, with all that others said of it', async () => {
    const [wanted] = UNITS;
    const { facts, units } = await told(logOf(7), instantOf(BEGIN + 86_400_000), (unit) => unit === wanted);
    expect(facts[wanted ?? '']?.length).toBeGreaterThan(0);
    expect(units).toEqual([wanted]);
  });
});
