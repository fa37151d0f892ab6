import { ok, refused, type OfficerPseudonym, type Result, type UnitCode } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { checkAuthority } from '../application/authority';
import type { OfficerRepository, Page, ReferenceRepository } from '../application/ports';
import { loadDirectory } from '../application/unit-directory';
import { descriptionOf, type OfficerDescription } from '../domain/officer';
import type { UnitContent } from '../domain/unit';

export interface OfficerEntry {
  readonly pseudonym: OfficerPseudonym;
  readonly unit: UnitCode;
  /** Null: the name was erased. */
  readonly description: OfficerDescription | null;
}

/** Reads officers' names, for callers whose scope holds the officer's unit. */
export class OfficerQueries {
  constructor(
    private readonly officers: Pick<OfficerRepository, 'find' | 'page'>,
    private readonly units: Pick<ReferenceRepository<UnitContent>, 'findMany'>,
  ) {}

  async one(pseudonym: OfficerPseudonym, principal: Principal): Promise<Result<OfficerEntry>> {
    const officer = await this.officers.find(pseudonym);
    if (officer === undefined) return refused('OFFICER.NOT_FOUND', 'no push has named an officer under this pseudonym', 'pseudonym');
    const authority = checkAuthority(principal, officer.unit, await loadDirectory(this.units, [officer.unit]), 'pseudonym');
    return authority.ok ? ok({ pseudonym, unit: officer.unit, description: descriptionOf(officer) }) : authority;
  }

  /** Officers of one unit; of all units for a caller whose scope is all of them. */
  async page(
    query: { readonly unit?: UnitCode | undefined; readonly after?: string | undefined; readonly limit: number }, principal: Principal,
  ): Promise<Result<Page<OfficerEntry>>> {
    const directory = await loadDirectory(this.units, query.unit === undefined ? [] : [query.unit]);
    const authority = checkAuthority(principal, query.unit ?? null, directory, 'unit');
    if (!authority.ok) return authority;
    const { items, next } = await this.officers.page(query);
    return ok({
      items: items.map(([pseudonym, officer]) => ({ pseudonym, unit: officer.unit, description: descriptionOf(officer) })), next,
    });
  }
}
