import type { FencedEntry, Ledger } from './ledger';

/** About 1 KB each. */
const MOST_FACTS = 20_000;

/**
 * The entries that were written last, in memory: services tell of one dossier in topics of their own, one after another within a second,
 * and each would have it read again. The fence decides whether one is still right, as if it had been read before somebody else wrote.
 */
export class RecentEntries<View> {
  /** The one that was written last stands last. */
  private readonly entries = new Map<string, FencedEntry<View>>();
  private facts = 0;

  constructor(private readonly ledger: Pick<Ledger<View>, 'findMany' | 'saveMany'>, private readonly mostFacts = MOST_FACTS) {}

  /** As the ledger's: those that are not in memory are read by one query. */
  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, FencedEntry<View>>> {
    const recent = ids.flatMap((id) => this.entries.get(id) ?? []);
    if (recent.length === ids.length) return byId(recent);
    const others = await this.ledger.findMany(ids.filter((id) => !this.entries.has(id)));
    return new Map([...byId(recent), ...others]);
  }

  /** As the ledger's. What was lost, or may be, is read again. */
  async saveMany(entries: readonly FencedEntry<View>[]): Promise<ReadonlySet<string>> {
    for (const { entry } of entries) this.forget(entry.id);
    const lost = await this.ledger.saveMany(entries);
    for (const each of entries) if (!lost.has(each.entry.id)) this.remember({ ...each, rev: each.rev + 1 });
    return lost;
  }

  /** Others may have written them since. */
  forgetAll(): void {
    this.entries.clear();
    this.facts = 0;
  }

  /** The answer to an earlier write may come after that to a later one. */
  private remember(saved: FencedEntry<View>): void {
    if ((this.entries.get(saved.entry.id)?.rev ?? 0) > saved.rev) return;
    this.forget(saved.entry.id);
    this.entries.set(saved.entry.id, saved);
    this.facts += saved.entry.facts.length;
    for (const id of this.entries.keys()) {
      if (this.facts <= this.mostFacts) return;
      this.forget(id);
    }
  }

  private forget(id: string): void {
    this.facts -= this.entries.get(id)?.entry.facts.length ?? 0;
    this.entries.delete(id);
  }
}

function byId<View>(entries: readonly FencedEntry<View>[]): ReadonlyMap<string, FencedEntry<View>> {
  return new Map(entries.map((each) => [each.entry.id, each]));
}
