import { localDayOf, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';
import { covers, type Principal } from '@index766/platform-auth';

interface Clock {
  now(): Instant;
}

/** Which units a caller speaks for, by the tree of today. */
export class UnitScope {
  constructor(
    private readonly tree: { ancestorsOf(unit: UnitCode, day: LocalDay): readonly UnitCode[] },
    private readonly clock: Clock,
  ) {}

  now(): Instant {
    return this.clock.now();
  }

  /** For one request: each unit is looked up once. */
  of(principal: Principal): (unit: UnitCode) => boolean {
    const today = localDayOf(this.clock.now());
    const known = new Map<UnitCode, boolean>();
    return (unit) => {
      let covered = known.get(unit);
      if (covered === undefined) {
        covered = covers(principal, unit, (code) => this.tree.ancestorsOf(code, today));
        known.set(unit, covered);
      }
      return covered;
    };
  }
}
