import { localDayOf, ok, refused, type Instant, type LocalDay, type RefusalCode, type Result } from '@index766/kernel';

import type { Clock, Page, PageQuery, ReferenceRepository } from '../application/ports';
import type { ProcedureContent } from '../domain/procedure';
import type { UnitContent } from '../domain/unit';
import { contentOn, knownBy, type History, type Recorded, type Validity } from '../domain/versions';

/** As of which day, and as far as was known when; absent: today, and now. */
export interface AsOf {
  readonly day?: LocalDay | undefined;
  readonly knownBy?: Instant | undefined;
}

export interface Entry<Content> {
  readonly key: string;
  readonly day: LocalDay;
  /** What holds on the day; null: nothing. */
  readonly inForce: Recorded<Content> | null;
  readonly versions: History<Content>;
}

/** Reads units and procedures as of a day and as of what was known. */
export class ReferenceQueries<Content extends Validity> {
  constructor(
    private readonly repository: Pick<ReferenceRepository<Content>, 'find' | 'page'>,
    private readonly clock: Clock,
    private readonly notFound: RefusalCode,
  ) {}

  /** Refused with the code given at construction if nothing was known under the key. */
  async one(key: string, asOf: AsOf): Promise<Result<Entry<Content>>> {
    const entry = this.entryOf(key, (await this.repository.find(key)) ?? [], asOf);
    return entry.versions.length === 0 ? refused(this.notFound, 'nothing is recorded under this code') : ok(entry);
  }

  /**
   * A page of what holds on the day, in the order of keys. A page may be shorter than its limit, and empty, before the
   * end: what does not hold on the day is left out after the database has counted it.
   */
  async page(query: PageQuery & AsOf & { readonly matches: (content: Content) => boolean }): Promise<Page<Entry<Content>>> {
    const { items, next } = await this.repository.page(query);
    const entries = items.map(([key, history]) => this.entryOf(key, history, query));
    return { items: entries.filter(({ inForce }) => inForce !== null && query.matches(inForce.content)), next };
  }

  private entryOf(key: string, history: History<Content>, asOf: AsOf): Entry<Content> {
    const day = asOf.day ?? localDayOf(this.clock.now());
    const versions = asOf.knownBy === undefined ? history : knownBy(history, asOf.knownBy);
    return { key, day, inForce: contentOn(versions, day) ?? null, versions };
  }
}

export class UnitQueries extends ReferenceQueries<UnitContent> {}

export class ProcedureQueries extends ReferenceQueries<ProcedureContent> {}
