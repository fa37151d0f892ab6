import { formatLocalDay, parseUnitCode, type LocalDay, type UnitCode } from '@index766/kernel';
import type { VersionSource } from './version-source';

/** What the tree needs of a unit's version. */
export interface PlacedUnit {
  /** Null for the root of a tree. */
  readonly parent: string | null;
  /** Its last day, written yyyy-mm-dd. */
  readonly validTo?: string | undefined;
  /** Answers for its dossiers from the day after that on. */
  readonly successor?: string | undefined;
}

/** Which of a unit's versions holds on a day, or held last; `versionBegun` of contracts-catalog. */
export type VersionBegun<Unit> = (versions: readonly Unit[], day: LocalDay) => Unit | undefined;

/** The tree is a few levels deep; a longer way up is a cycle that somebody recorded. */
const DEEPEST_CHAIN = 16;
const CHAINS_KEPT = 50_000;

/** Which unit stands below which, by the versions of units that are known now. */
export class UnitTree<Unit extends PlacedUnit> {
  private chains = new Map<string, readonly UnitCode[]>();
  private chainsRevision = -1;

  constructor(
    private readonly units: VersionSource<Unit>,
    private readonly versionBegun: VersionBegun<Unit>,
  ) {}

  /**
   * Units above this one on a day, nearest first. A closed unit stands below its successor, an unknown one below its province,
   * the part before the first dot.
   */
  ancestorsOf(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    return this.chainOf(unit, day).slice(1);
  }

  /** The unit itself, then the units above it. */
  chainOf(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    const { revision } = this.units;
    if (revision !== this.chainsRevision || this.chains.size > CHAINS_KEPT) {
      this.chains = new Map();
      this.chainsRevision = revision;
    }
    const key = `${unit} ${day}`;
    let chain = this.chains.get(key);
    if (chain === undefined) {
      chain = this.climb(unit, day);
      this.chains.set(key, chain);
    }
    return chain;
  }

  private climb(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    const chain = [unit];
    for (let above = this.aboveOf(unit, day); above !== undefined; above = this.aboveOf(above, day)) {
      if (chain.includes(above) || chain.length >= DEEPEST_CHAIN) break;
      chain.push(above);
    }
    return chain;
  }

  private aboveOf(unit: UnitCode, day: LocalDay): UnitCode | undefined {
    const version = this.versionBegun(this.units.versionsOf(unit), day);
    const isClosed = version?.validTo !== undefined && version.validTo < formatLocalDay(day);
    if (version !== undefined && !isClosed) return version.parent === null ? undefined : parseUnitCode(version.parent);
    if (version?.successor !== undefined) return parseUnitCode(version.successor);
    const dot = unit.indexOf('.');
    return dot > 0 ? parseUnitCode(unit.slice(0, dot)) : undefined;
  }
}
