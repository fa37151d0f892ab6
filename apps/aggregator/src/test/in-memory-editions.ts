import { compareText, type Instant, type Result, type UnitCode } from '@index766/kernel';

import type { DecidedCommand, DecisionAnswer, DecisionHistory, Decisions, StoredDecisions } from '../decisions/decision';
import { periodsWithEditions } from '../editions/edition-history';
import { claimId, type EditionClaim, type EditionNumber, type EditionStore, type OpenTelling } from '../editions/edition-store';
import type { ProvisionalTellings, ToldSeries } from '../scores';

/** Fakes of the ports of editions, with what the adapters promise: first claim stays, decisions one after another. */
export class InMemoryEditionStore implements EditionStore {
  readonly claims = new Map<string, { readonly claim: EditionClaim; leasedUntil: number; open: boolean }>();
  readonly texts = new Map<string, string>();
  readonly toldOfRetractions = new Set<string>();
  readonly tellings = new Map<string, OpenTelling & { readonly begunAt: Instant; readonly overtaken: boolean }>();
  private readonly checks = new Map<string, Instant>();

  claim(claim: EditionClaim): Promise<EditionClaim> {
    const id = claimId(claim);
    const known = this.claims.get(id) ?? { claim, leasedUntil: 0, open: true };
    this.claims.set(id, known);
    return Promise.resolve(known.claim);
  }

  openClaims(): Promise<readonly EditionClaim[]> {
    return Promise.resolve([...this.claims.values()].filter(({ open }) => open).map(({ claim }) => claim));
  }

  lease(claim: EditionClaim, now: Instant, until: Instant): Promise<boolean> {
    const known = this.claims.get(claimId(claim));
    if (known?.open !== true || known.leasedUntil > now) return Promise.resolve(false);
    known.leasedUntil = until;
    return Promise.resolve(true);
  }

  finish(claim: EditionClaim): Promise<void> {
    const known = this.claims.get(claimId(claim));
    if (known !== undefined) known.open = false;
    return Promise.resolve();
  }

  abandon(claim: EditionClaim): Promise<void> {
    this.claims.delete(claimId(claim));
    return Promise.resolve();
  }

  putDocuments(documents: ReadonlyMap<string, string>): Promise<void> {
    for (const [hash, text] of documents) this.texts.set(hash, text);
    return Promise.resolve();
  }

  missingDocuments(hashes: readonly string[]): Promise<readonly string[]> {
    return Promise.resolve(hashes.filter((hash) => !this.texts.has(hash)));
  }

  findDocuments(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map(hashes.flatMap((hash) => {
      const text = this.texts.get(hash);
      return text === undefined ? [] : [[hash, text] as const];
    })));
  }

  checkedUntil(province: UnitCode, period: string): Promise<Instant | undefined> {
    return Promise.resolve(this.checks.get(`${province}@${period}`));
  }

  setChecked(province: UnitCode, period: string, until: Instant): Promise<void> {
    this.checks.set(`${province}@${period}`, until);
    return Promise.resolve();
  }

  toldRetractions(editions: readonly EditionNumber[]): Promise<readonly EditionNumber[]> {
    return Promise.resolve(editions.filter((each) => this.toldOfRetractions.has(claimId(each))));
  }

  openTellings(begunBy: Instant): Promise<readonly OpenTelling[]> {
    return Promise.resolve([...this.tellings.values()].filter(({ begunAt, overtaken }) => overtaken || begunAt <= begunBy));
  }

  closeTelling({ id }: OpenTelling): Promise<void> {
    this.tellings.delete(id);
    return Promise.resolve();
  }

  setRetractionTold(edition: EditionNumber): Promise<void> {
    this.toldOfRetractions.add(claimId(edition));
    return Promise.resolve();
  }
}

export class InMemoryDecisions implements Decisions {
  readonly stored = new Map<string, StoredDecisions>();

  findMany(keys: readonly string[]): Promise<ReadonlyMap<string, DecisionHistory>> {
    return Promise.resolve(new Map(keys.flatMap((key) => {
      const stored = this.stored.get(key);
      return stored === undefined ? [] : [[key, stored.history] as const];
    })));
  }

  findWith(beginning: string): Promise<ReadonlyMap<string, DecisionHistory>> {
    return this.findMany([...this.stored.keys()].filter((key) => key.startsWith(beginning)).sort(compareText));
  }

  versionsWith(beginning: string): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map([...this.stored].filter(([key]) => key.startsWith(beginning)).map(([key, { history }]) => [key, history.length])));
  }

  update(key: string, decide: (stored: StoredDecisions) => Result<DecidedCommand>): Promise<Result<DecisionAnswer>> {
    const stored = this.stored.get(key) ?? { history: [], commands: [] };
    const decided = decide(stored);
    if (!decided.ok) return Promise.resolve(decided);
    const { answer, change } = decided.value;
    if (change !== undefined) this.stored.set(key, { history: [...stored.history, ...change.added], commands: change.commands });
    return Promise.resolve({ ok: true, value: answer });
  }
}

/** What one member notes of what it tells. */
export class InMemoryTellings implements ProvisionalTellings {
  constructor(
    private readonly store: InMemoryEditionStore,
    private readonly decisions: InMemoryDecisions,
    private readonly now: () => Instant,
  ) {}

  published(asked: readonly ToldSeries[]): Promise<ReadonlySet<string>> {
    return periodsWithEditions(this.decisions, asked);
  }

  begin(series: readonly ToldSeries[]): Promise<void> {
    for (const each of series) this.note(each, false);
    return Promise.resolve();
  }

  async end(series: readonly ToldSeries[]): Promise<void> {
    const published = await this.published(series);
    for (const each of series) {
      const id = `${each.province}@${each.period}`;
      if (published.has(id)) this.note(each, true);
      else this.store.tellings.delete(id);
    }
  }

  private note(series: ToldSeries, overtaken: boolean): void {
    const id = `${series.province}@${series.period}`;
    this.store.tellings.set(id, { ...series, id, begunAt: this.now(), overtaken });
  }
}

/** Counts the calls of every method of every port, and fails one of them: before it does anything, or after. */
export class FailingAt {
  calls = 0;

  constructor(private readonly at: number, private readonly when: 'before' | 'after') {}

  wrap<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return async (...args: readonly unknown[]): Promise<unknown> => {
          this.calls += 1;
          const fails = this.calls === this.at;
          if (fails && this.when === 'before') throw new Error('CRASHED');
          const result: unknown = await (member.apply(target, args) as unknown);
          if (fails) throw new Error('CRASHED');
          return result;
        };
      },
    });
  }
}
