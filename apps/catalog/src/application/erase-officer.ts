import { refused, type OfficerPseudonym, type Result } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideErasure } from '../domain/decide-officer';
import type { Officer } from '../domain/officer';
import type { UnitContent } from '../domain/unit';
import { checkAuthority } from './authority';
import type { Clock, OfficerRepository, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface EraseOfficerCommand {
  readonly pseudonym: OfficerPseudonym;
  readonly principal: Principal;
}

/** Takes the name behind a pseudonym out of this service and of every reader. */
export class EraseOfficer {
  constructor(
    private readonly officers: OfficerRepository,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ pseudonym, principal }: EraseOfficerCommand): Promise<Result<Officer>> {
    const officer = await this.officers.find(pseudonym);
    if (officer === undefined) return refused('OFFICER.NOT_FOUND', 'no push has named an officer under this pseudonym', 'pseudonym');
    const directory = await loadDirectory(this.units, [officer.unit]);
    const authority = checkAuthority(principal, officer.unit, directory, 'pseudonym');
    if (!authority.ok) return authority;
    return this.officers.record(pseudonym, (stored) => decideErasure(stored, this.clock.now()));
  }
}
