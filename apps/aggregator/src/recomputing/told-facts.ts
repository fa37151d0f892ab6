import { isWatermark } from '@index766/contracts-envelope';
import type { Instant, UnitCode } from '@index766/kernel';
import type { IncomingRecord } from '@index766/platform-kafka';

import {
  MOST_FACTS_PER_ENTRY, addFacts, readArrivedFact, unitsNamedIn, type FactsOfEntry, type Ledger, type LedgerEntry, type LedgerSubject,
} from '../ledger';
import { storedFacts, textOfFacts } from '../ledger/adapters/ledger.document';

interface KeptEntry {
  readonly id: string;
  readonly units: readonly UnitCode[];
  /** As the ledger stores them: a text takes a small part of the memory of the facts. */
  readonly facts: string;
}

/** Of facts that come one after another nothing is folded before all are there. */
const NO_VIEW = { fold: () => null };

/**
 * The facts of dossiers or petitions as their topics tell them, by the rules of the ledger. A partition at a time: what no
 * wanted unit ever had is forgotten when the partition was read.
 */
export class ToldFacts<View> implements Pick<Ledger<View>, 'factsOfUnit'> {
  private reading = new Map<string, LedgerEntry<null>>();
  private readonly byUnit = new Map<UnitCode, KeptEntry[]>();

  /** @param until what became known then or later is left out */
  constructor(private readonly subject: LedgerSubject<View>, private readonly until: Instant) {}

  /** Records of its topics, and of others, which it passes over. */
  take(records: readonly IncomingRecord[]): void {
    for (const record of records) {
      if (isWatermark(record) || !this.subject.topics.some(({ name }) => name === record.topic)) continue;
      const arrived = readArrivedFact(this.subject, record);
      // What nobody can read was set aside at the aggregator: it counts for nothing there either.
      if (arrived === 'ignored' || !arrived.ok) continue;
      const { id, known } = arrived.value;
      const before = this.reading.get(id);
      if (known.knownAt >= this.until || (before?.facts.length ?? 0) >= MOST_FACTS_PER_ENTRY) continue;
      const { entry } = addFacts(before, id, [known], NO_VIEW);
      if (entry !== undefined) this.reading.set(id, entry);
    }
  }

  /** A partition was read to its end. */
  keep(isWanted: (unit: UnitCode) => boolean): void {
    for (const { id, facts } of this.reading.values()) {
      const units = [...new Set(unitsNamedIn(facts))] as UnitCode[];
      if (!units.some(isWanted)) continue;
      const kept: KeptEntry = { id, units, facts: textOfFacts(facts) };
      for (const unit of units) this.keptOf(unit).push(kept);
    }
    this.reading = new Map();
  }

  /** Of which anything is known. */
  units(): readonly UnitCode[] {
    return [...this.byUnit.keys()];
  }

  async *factsOfUnit(unit: UnitCode): AsyncIterable<FactsOfEntry> {
    for (const { id, units, facts } of await Promise.resolve(this.byUnit.get(unit) ?? [])) yield { id, units, facts: storedFacts({ facts }) };
  }

  private keptOf(unit: UnitCode): KeptEntry[] {
    const kept = this.byUnit.get(unit) ?? [];
    this.byUnit.set(unit, kept);
    return kept;
  }
}
