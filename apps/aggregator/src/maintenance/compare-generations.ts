import type { Instant, Period } from '@index766/kernel';
import type { Fenced } from '@index766/platform-mongo';

import type { LedgerContent } from '../ledger/adapters/ledger.document';
import type { MeasureSource, PartialMeasures } from '../measures';
import { settledDifferences, type Difference, type Subject, type Suspect, type Suspects } from './difference';
import { FiguresAt } from './figures-at';
import { firstDifference } from './first-difference';
import type { GenerationStores } from './generation-stores';
import { mergeById } from './merge-by-id';
import type { SourceStores } from './source-stores';

export interface ComparisonOptions {
  readonly live: GenerationStores;
  readonly next: GenerationStores;
  readonly partitions: readonly number[];
  readonly periods: readonly Period[];
  /** The common instant: both generations' figures are evaluated at it. */
  readonly now: Instant;
  /** Resolves when both generations have worked through all that is in the topics. */
  readonly passed: () => Promise<void>;
}

export interface Comparison {
  /** Dossiers and petitions. */
  readonly entries: number;
  readonly facts: number;
  readonly differences: readonly Difference[];
}

interface Figures {
  readonly live: FiguresAt;
  readonly next: FiguresAt;
}

/** More entries in doubt than this are not looked at again one by one: the generations are simply not the same. */
const MOST_SUSPECTS = 10_000;

/**
 * Compares what two generations have made of the same topics: the catalog's records, the facts of each
 * dossier and petition with their `knownAt` and its view, and from these the figures of every unit and period that is kept up to date, at one instant. One
 * that is being written while it is looked at is left out of the figures and looked at again. One partition is
 * in memory at a time. Stores what it measures as the new generation's partials on the way.
 */
export class GenerationComparison {
  private entries = 0;
  private facts = 0;

  constructor(private readonly options: ComparisonOptions) {}

  async run(): Promise<Comparison> {
    const { live, next, periods, now, passed } = this.options;
    const references = await settledDifferences((ids) => this.suspectReferences(ids), passed);
    const figures = {
      live: new FiguresAt(await live.readReference(), periods, now),
      next: new FiguresAt(await next.readReference(), periods, now),
    };
    const differences = [
      ...references,
      ...await this.differencesOf(live.cases, next.cases, figures),
      ...await this.differencesOf(live.petitions, next.petitions, figures),
    ];
    return { entries: this.entries, facts: this.facts, differences: [...differences, ...scoreDifferences(figures)] };
  }

  private async differencesOf<View>(live: SourceStores<View>, next: SourceStores<View>, figures: Figures): Promise<readonly Difference[]> {
    const suspects = new Map<string, Suspect>();
    for (const partition of this.options.partitions) {
      for (const [id, suspect] of await this.walk(live, next, partition, figures)) {
        if (suspects.size < MOST_SUSPECTS) suspects.set(id, suspect);
      }
    }
    const lookAgain = async (ids: readonly string[]): Promise<Suspects> => {
      const [a, b] = await Promise.all([live.pages.findMany(ids), next.pages.findMany(ids)]);
      return suspectsAmong(live.entry, ids, a, b);
    };
    return settledDifferences((ids) => (ids === undefined ? Promise.resolve(suspects) : lookAgain(ids)), this.options.passed);
  }

  private async walk<View>(live: SourceStores<View>, next: SourceStores<View>, partition: number, figures: Figures): Promise<Suspects> {
    const agreed: { readonly live: View[]; readonly next: View[] } = { live: [], next: [] };
    const all: View[] = [];
    const suspects = new Map<string, Suspect>();
    for await (const { id, a, b } of mergeById(live.pages.ofPartition(partition), next.pages.ofPartition(partition))) {
      const suspect = suspectOf(live.entry, id, a, b);
      if (b !== undefined) this.count(b, all);
      if (suspect !== undefined) suspects.set(id, suspect);
      else if (a !== undefined && b !== undefined) {
        agreed.live.push(a.content.view);
        agreed.next.push(b.content.view);
      }
    }
    const measured = figures.next.measure(next, partition, all);
    await this.store(next.source, partition, measured);
    figures.next.add(suspects.size === 0 ? measured : figures.next.measure(next, partition, agreed.next));
    figures.live.add(figures.live.measure(live, partition, agreed.live));
    return suspects;
  }

  private count<View>({ content }: Fenced<LedgerContent<View>>, views: View[]): void {
    this.entries += 1;
    this.facts += content.facts.length;
    views.push(content.view);
  }

  /** Members write them anew when they take over; until then this is what the new generation's scores are merged from. */
  private async store(source: MeasureSource, partition: number, measured: readonly PartialMeasures[]): Promise<void> {
    const revisions = await this.options.next.partials.revisionsOf(source, partition);
    await this.options.next.partials.replaceMany(measured.map((partial) => ({ partial, rev: revisions.get(partial.unit) ?? 0 })));
  }

  private async suspectReferences(ids?: readonly string[]): Promise<Suspects> {
    const [a, b] = await Promise.all([this.options.live.referenceDocuments(), this.options.next.referenceDocuments()]);
    return suspectsAmong('reference', ids ?? [...new Set([...a.keys(), ...b.keys()])], a, b);
  }
}

function scoreDifferences(figures: Figures): readonly Difference[] {
  const [live, next] = [figures.live.scores(), figures.next.scores()];
  return [...new Set([...live.keys(), ...next.keys()])].flatMap((id) => {
    const field = firstDifference(live.get(id), next.get(id));
    return field === undefined ? [] : [{ subject: 'score' as const, id, field: field === '' ? 'document' : field }];
  });
}

type Stored = Fenced<object> | undefined;

function suspectsAmong(
  subject: Subject, ids: readonly string[], a: ReadonlyMap<string, Fenced<object>>, b: ReadonlyMap<string, Fenced<object>>,
): Suspects {
  return new Map(ids.flatMap((id) => {
    const suspect = suspectOf(subject, id, a.get(id), b.get(id));
    return suspect === undefined ? [] : [[id, suspect] as const];
  }));
}

function suspectOf(subject: Subject, id: string, a: Stored, b: Stored): Suspect | undefined {
  const field = firstDifference(a?.content, b?.content);
  if (field === undefined) return undefined;
  return { difference: { subject, id, field: field === '' ? 'document' : field }, stamp: `${a?.rev ?? 0} ${b?.rev ?? 0}` };
}
