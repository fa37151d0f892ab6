import type { DossierView } from '@index766/dossier-life';
import type { Instant, Period } from '@index766/kernel';
import type { Fenced } from '@index766/platform-mongo';

import type { LedgerContent } from '../ledger/adapters/ledger.document';
import { settledDifferences, type Difference, type Subject, type Suspect, type Suspects } from './difference';
import { FiguresAt } from './figures-at';
import { firstDifference } from './first-difference';
import type { GenerationStores } from './generation-stores';
import { mergeById } from './merge-by-id';

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
  readonly dossiers: number;
  readonly facts: number;
  readonly differences: readonly Difference[];
}

/** More dossiers in doubt than this are not looked at again one by one: the generations are simply not the same. */
const MOST_SUSPECTS = 10_000;

/**
 * Compares what two generations have made of the same topics: the catalog's records, each dossier's facts with their
 * `knownAt` and its view, and from these the figures of every unit and period that is kept up to date, at one instant. A
 * dossier that is being written while it is looked at is left out of the figures and looked at again. One partition is
 * in memory at a time. Stores what it measures as the new generation's partials on the way.
 */
export class GenerationComparison {
  private dossiers = 0;
  private facts = 0;

  constructor(private readonly options: ComparisonOptions) {}

  async run(): Promise<Comparison> {
    const { live, next, periods, now, partitions, passed } = this.options;
    const references = await settledDifferences((ids) => this.suspectReferences(ids), passed);
    const figures = {
      live: new FiguresAt(await live.readReference(), periods, now),
      next: new FiguresAt(await next.readReference(), periods, now),
    };
    const suspects = new Map<string, Suspect>();
    for (const partition of partitions) {
      for (const [id, suspect] of await this.walk(partition, figures)) if (suspects.size < MOST_SUSPECTS) suspects.set(id, suspect);
    }
    const dossiers = await settledDifferences((ids) => (ids === undefined ? Promise.resolve(suspects) : this.suspectDossiers(ids)), passed);
    return { dossiers: this.dossiers, facts: this.facts, differences: [...references, ...dossiers, ...scoreDifferences(figures)] };
  }

  private async walk(partition: number, figures: { readonly live: FiguresAt; readonly next: FiguresAt }): Promise<Suspects> {
    const { live, next } = this.options;
    const agreed: { readonly live: DossierView[]; readonly next: DossierView[] } = { live: [], next: [] };
    const all: DossierView[] = [];
    const suspects = new Map<string, Suspect>();
    for await (const { id, a, b } of mergeById(live.pages.ofPartition(partition), next.pages.ofPartition(partition))) {
      const suspect = suspectOf('dossier', id, a, b);
      if (b !== undefined) this.count(b, all);
      if (suspect !== undefined) suspects.set(id, suspect);
      else if (a !== undefined && b !== undefined) {
        agreed.live.push(a.content.view);
        agreed.next.push(b.content.view);
      }
    }
    const measured = figures.next.measure(partition, all);
    await this.store(partition, measured);
    figures.next.add(suspects.size === 0 ? measured : figures.next.measure(partition, agreed.next));
    figures.live.add(figures.live.measure(partition, agreed.live));
    return suspects;
  }

  private count({ content }: Fenced<LedgerContent>, views: DossierView[]): void {
    this.dossiers += 1;
    this.facts += content.facts.length;
    views.push(content.view);
  }

  /** Members write them anew when they take over; until then this is what the new generation's scores are merged from. */
  private async store(partition: number, measured: ReturnType<FiguresAt['measure']>): Promise<void> {
    const revisions = await this.options.next.partials.revisionsOf(partition);
    await this.options.next.partials.replaceMany(measured.map((partial) => ({ partial, rev: revisions.get(partial.unit) ?? 0 })));
  }

  private async suspectDossiers(ids: readonly string[]): Promise<Suspects> {
    const [a, b] = await Promise.all([this.options.live.pages.findMany(ids), this.options.next.pages.findMany(ids)]);
    return suspectsAmong('dossier', ids, a, b);
  }

  private async suspectReferences(ids?: readonly string[]): Promise<Suspects> {
    const [a, b] = await Promise.all([this.options.live.referenceDocuments(), this.options.next.referenceDocuments()]);
    return suspectsAmong('reference', ids ?? [...new Set([...a.keys(), ...b.keys()])], a, b);
  }
}

function scoreDifferences(figures: { readonly live: FiguresAt; readonly next: FiguresAt }): readonly Difference[] {
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
