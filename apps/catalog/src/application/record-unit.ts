import { ok, type Instant, type Refusal, type Result, type UnitCode } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideUnit } from '../domain/decide-unit';
import type { UnitContent, UnitDirectory } from '../domain/unit';
import type { Recorded } from '../domain/versions';
import { checkAuthority, recordingInstant } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { linksOf, loadDirectory } from './unit-directory';

export interface RecordUnitCommand {
  readonly code: UnitCode;
  readonly content: UnitContent;
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records a version of a unit. Undefined: it says nothing new. */
export class RecordUnit {
  constructor(
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ code, content, principal, recordedAt }: RecordUnitCommand): Promise<Result<Recorded<UnitContent> | undefined>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const directory = await loadDirectory(this.units, [code, ...linksOf(content)]);
    const authority = checkUnitAuthority(principal, code, content, directory);
    if (!authority.ok) return authority;
    return this.units.record<Refusal>(code, (history) =>
      decideUnit(code, content, { find: (each) => (each === code && history.length > 0 ? history : directory.find(each)) }, instant.value));
  }
}

/** A unit is changed by who may act for it, and put below a parent by who may act for that parent. */
export function checkUnitAuthority(
  principal: Principal, code: UnitCode, { parent }: UnitContent, directory: UnitDirectory,
): Result<undefined> {
  const below = checkAuthority(principal, parent, directory, 'parent');
  if (!below.ok || directory.find(code) === undefined) return below;
  const itself = checkAuthority(principal, code, directory, 'code');
  return itself.ok ? ok(undefined) : itself;
}
