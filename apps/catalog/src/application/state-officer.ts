import { refused, type OfficerPseudonym, type Result } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideStatement } from '../domain/decide-officer';
import type { Officer, OfficerStatement } from '../domain/officer';
import type { UnitContent } from '../domain/unit';
import { checkAuthority } from './authority';
import type { Clock, OfficerRepository, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface StateOfficerCommand {
  readonly pseudonym: OfficerPseudonym;
  readonly statement: OfficerStatement;
  readonly principal: Principal;
}

/** Records what an administrator says of an officer: names, absences, merges. */
export class StateOfficer {
  constructor(
    private readonly officers: OfficerRepository,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ pseudonym, statement, principal }: StateOfficerCommand): Promise<Result<Officer>> {
    const officer = await this.officers.find(pseudonym);
    if (officer === undefined) return refused('OFFICER.NOT_FOUND', 'no push has named an officer under this pseudonym', 'pseudonym');
    const target = statement.mergedInto === undefined ? undefined : await this.officers.find(statement.mergedInto);
    const directory = await loadDirectory(this.units, [officer.unit, ...(target === undefined ? [] : [target.unit])]);
    for (const { unit } of [officer, ...(target === undefined ? [] : [target])]) {
      const authority = checkAuthority(principal, unit, directory, 'pseudonym');
      if (!authority.ok) return authority;
    }
    const hasMerged = statement.mergedInto !== undefined && (await this.officers.hasMerged(pseudonym));
    return this.officers.record(pseudonym, (stored) =>
      decideStatement(pseudonym, stored, statement, { target, hasMerged }, this.clock.now()));
  }
}
