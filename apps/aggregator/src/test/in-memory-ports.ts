import { compareText, type Instant, type UnitCode } from '@index766/kernel';

import type { FactsOfEntry, FencedEntry, Ledger, LedgerEntry, LedgerSubject, ViewsPage } from '../ledger';
import { partialId, type FencedPartial, type MarkSender, type MeasureSource, type PartialMeasures, type PartialMeasuresStore } from '../measures';
import { scoreId, type CountedScore, type FencedScore, type ScoreKey, type ScoreReader, type ScoreRecord, type ScoreStore } from '../scores/score-record';

/** Fakes of the aggregator's ports, with the same fences as the adapters: a revision that moved makes a write lose. */
export class InMemoryLedger<View> implements Ledger<View> {
  readonly entries = new Map<string, FencedEntry<View>>();

  constructor(private readonly subject: Pick<LedgerSubject<View>, 'unitsOf' | 'fold'>) {}

  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, FencedEntry<View>>> {
    return Promise.resolve(new Map(ids.flatMap((id) => {
      const entry = this.entries.get(id);
      return entry === undefined ? [] : [[id, entry] as const];
    })));
  }

  saveMany(entries: readonly FencedEntry<View>[]): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    for (const each of entries) {
      const { id } = each.entry;
      if ((this.entries.get(id)?.rev ?? 0) === each.rev) this.entries.set(id, { ...each, rev: each.rev + 1 });
      else lost.add(id);
    }
    return Promise.resolve(lost);
  }

  async *viewsOfPartition(partition: number, isKnown: (id: string, rev: number) => boolean = () => false): AsyncIterable<ViewsPage<View>> {
    const all = this.all().filter((each) => each.partition === partition);
    const known = (each: FencedEntry<View>) => isKnown(each.entry.id, each.rev);
    const stored = all.filter((each) => !known(each)).map(({ entry: { view }, rev }) => ({ view, rev }));
    yield await Promise.resolve({ known: all.filter(known).map(({ entry: { id } }) => id), stored });
  }

  holesOfPartition(partition: number): ReturnType<Ledger<View>['holesOfPartition']> {
    return Promise.resolve(this.all()
      .filter((each) => each.partition === partition && each.entry.holes.length > 0)
      .map(({ entry }) => [entry.id, entry.holes] as const));
  }

  viewsOfUnits(units: readonly UnitCode[], except: readonly number[]): Promise<readonly View[]> {
    return Promise.resolve(this.all()
      .filter(({ partition, entry }) => !except.includes(partition) && units.some((unit) => this.subject.unitsOf(entry.view).has(unit)))
      .map(({ entry }) => entry.view));
  }

  async *factsOfUnit(unit: UnitCode): AsyncIterable<FactsOfEntry> {
    yield* await Promise.resolve(this.all().map(({ entry }) => this.factsOf(entry)).filter(({ units }) => units.includes(unit)));
  }

  unitsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return Promise.resolve(new Map(this.all().filter(({ entry }) => ids.includes(entry.id)).map(({ entry }) => [entry.id, this.factsOf(entry).units])));
  }

  factsWithHoles(): Promise<readonly FactsOfEntry[]> {
    return Promise.resolve(this.all().filter(({ entry }) => entry.holes.length > 0).map(({ entry }) => this.factsOf(entry)));
  }

  viewsKnownBy(unit: UnitCode, knownBy: Instant): Promise<readonly View[]> {
    const known = (each: FencedEntry<View>) => each.entry.facts.filter(({ knownAt }) => knownAt <= knownBy).map(({ fact }) => fact);
    const views = this.all().filter((each) => known(each).length > 0).map((each) => this.subject.fold(each.entry.id, known(each)));
    return Promise.resolve(views.filter((view) => this.subject.unitsOf(view).has(unit)));
  }

  private factsOf({ id, facts, view }: LedgerEntry<View>): FactsOfEntry {
    return { id, facts, units: [...this.subject.unitsOf(view)] };
  }

  private all(): readonly FencedEntry<View>[] {
    return [...this.entries.values()];
  }
}

export class InMemoryPartials implements PartialMeasuresStore {
  readonly documents = new Map<string, { readonly partial: PartialMeasures; readonly rev: number }>();

  revisionsOf(source: MeasureSource, partition: number): Promise<Map<UnitCode, number>> {
    return Promise.resolve(new Map([...this.documents.values()]
      .filter(({ partial }) => partial.source === source && partial.partition === partition)
      .map(({ partial, rev }) => [partial.unit, rev])));
  }

  replaceMany(partials: readonly FencedPartial[]): Promise<ReadonlySet<UnitCode>> {
    const lost = new Set<UnitCode>();
    for (const { partial, rev } of partials) {
      const id = partialId(partial);
      if ((this.documents.get(id)?.rev ?? 0) === rev) this.documents.set(id, { partial, rev: rev + 1 });
      else lost.add(partial.unit);
    }
    return Promise.resolve(lost);
  }

  units(): Promise<readonly UnitCode[]> {
    return Promise.resolve([...new Set([...this.documents.values()].map(({ partial }) => partial.unit))].sort(compareText));
  }

  ofUnits(units: readonly UnitCode[]): Promise<readonly PartialMeasures[]> {
    return Promise.resolve([...this.documents.values()].map(({ partial }) => partial).filter(({ unit }) => units.includes(unit)));
  }
}

export class InMemoryScores implements ScoreStore, ScoreReader {
  readonly documents = new Map<string, FencedScore>();

  removeMany(keys: readonly ScoreKey[]): Promise<void> {
    for (const key of keys) this.documents.delete(scoreId(key));
    return Promise.resolve();
  }

  revisionsOf(keys: readonly ScoreKey[]): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map(keys.map((key) => [scoreId(key), this.documents.get(scoreId(key))?.rev ?? 0])));
  }

  replaceMany(scores: readonly FencedScore[]): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    for (const { score, rev } of scores) {
      const id = scoreId(score);
      if ((this.documents.get(id)?.rev ?? 0) === rev) this.documents.set(id, { score, rev: rev + 1 });
      else lost.add(id);
    }
    return Promise.resolve(lost);
  }

  wholeOf(units: readonly UnitCode[], period: string): Promise<readonly ScoreRecord[]> {
    return Promise.resolve(units.flatMap((unit) => this.documents.get(scoreId({ unit, period }))?.score ?? []));
  }

  countedOf(units: readonly UnitCode[], period: string): Promise<readonly CountedScore[]> {
    return this.wholeOf(units, period);
  }

  async present(units: readonly UnitCode[], period: string): Promise<ReadonlySet<UnitCode>> {
    return new Set((await this.wholeOf(units, period)).map(({ unit }) => unit));
  }
}

export class RecordedMarks implements MarkSender {
  readonly sent: UnitCode[][] = [];

  mark(units: readonly UnitCode[]): Promise<void> {
    this.sent.push([...units].sort(compareText));
    return Promise.resolve();
  }
}
