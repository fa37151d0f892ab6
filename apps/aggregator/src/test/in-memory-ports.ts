import { foldDossier, type DossierView } from '@index766/dossier-life';
import { compareText, type DossierId, type UnitCode } from '@index766/kernel';

import type { FencedEntry, Ledger } from '../ledger';
import type { FencedPartial, MarkSender, PartialMeasures, PartialMeasuresStore } from '../measures';
import { scoreId, type FencedScore, type ScoreKey, type ScoreRecord, type ScoreStore } from '../scores/score-record';

/** Fakes of the aggregator's ports, with the same fences as the adapters: a revision that moved makes a write lose. */
export class InMemoryLedger implements Ledger {
  readonly entries = new Map<string, FencedEntry>();

  findMany(dossiers: readonly DossierId[]): Promise<ReadonlyMap<string, FencedEntry>> {
    return Promise.resolve(new Map(dossiers.flatMap((id) => {
      const entry = this.entries.get(id);
      return entry === undefined ? [] : [[id, entry] as const];
    })));
  }

  saveMany(entries: readonly FencedEntry[]): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    for (const each of entries) {
      const id = each.entry.dossier;
      if ((this.entries.get(id)?.rev ?? 0) === each.rev) this.entries.set(id, { ...each, rev: each.rev + 1 });
      else lost.add(id);
    }
    return Promise.resolve(lost);
  }

  async *viewsOfPartition(partition: number): AsyncIterable<readonly DossierView[]> {
    yield await Promise.resolve(this.views().filter((each) => each.partition === partition).map(({ entry }) => entry.view));
  }

  holesOfPartition(partition: number): ReturnType<Ledger['holesOfPartition']> {
    return Promise.resolve(this.views()
      .filter((each) => each.partition === partition && each.entry.holes.length > 0)
      .map(({ entry }) => [entry.dossier, entry.holes] as const));
  }

  viewsOfUnits(units: readonly UnitCode[], except: readonly number[]): Promise<readonly DossierView[]> {
    return Promise.resolve(this.views()
      .filter(({ partition, entry }) => !except.includes(partition) && entry.view.holders.some(({ unit }) => units.includes(unit)))
      .map(({ entry }) => foldDossier(entry.facts.map(({ fact }) => fact))));
  }

  private views(): readonly FencedEntry[] {
    return [...this.entries.values()];
  }
}

export class InMemoryPartials implements PartialMeasuresStore {
  readonly documents = new Map<string, { readonly partial: PartialMeasures; readonly rev: number }>();

  revisionsOf(partition: number): Promise<Map<UnitCode, number>> {
    return Promise.resolve(new Map([...this.documents.values()]
      .filter(({ partial }) => partial.partition === partition)
      .map(({ partial, rev }) => [partial.unit, rev])));
  }

  replaceMany(partials: readonly FencedPartial[]): Promise<ReadonlySet<UnitCode>> {
    const lost = new Set<UnitCode>();
    for (const { partial, rev } of partials) {
      const id = `${partial.unit}|${partial.partition}`;
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

export class InMemoryScores implements ScoreStore {
  readonly documents = new Map<string, FencedScore>();

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

  findMany(units: readonly UnitCode[], period: string): Promise<readonly ScoreRecord[]> {
    return Promise.resolve(units.flatMap((unit) => this.documents.get(scoreId({ unit, period }))?.score ?? []));
  }
}

export class RecordedMarks implements MarkSender {
  readonly sent: UnitCode[][] = [];

  mark(units: readonly UnitCode[]): Promise<void> {
    this.sent.push([...units].sort(compareText));
    return Promise.resolve();
  }
}
