import { endOfDay, type Instant, type OfficerPseudonym, type Period, type UnitCode } from '@index766/kernel';
import { covers, hasRole, type Principal } from '@index766/platform-auth';

import type { Officer, Reference } from '../reference';
import { countsIn } from '../scores';

/** Who an officer is, for those who may see it; otherwise there is the pseudonym alone. */
export type OfficerNames = (pseudonym: OfficerPseudonym) => Pick<Officer, 'name' | 'title' | 'division'> | undefined;

export const NO_NAMES: OfficerNames = () => undefined;

export interface OfficerNamingOptions {
  readonly now: () => Instant;
  /** Working days after a period's end within which its list is objected to before it carries names. */
  readonly objectionDays: number;
}

/** Decides who sees the names of officers, and joins them (lifecycle.md §5): a name is stored and hashed nowhere. */
export class OfficerNaming {
  constructor(
    private readonly reference: Pick<Reference, 'treeOn' | 'calendarOf' | 'officer'>,
    private readonly options: OfficerNamingOptions,
  ) {}

  /** The end of the objection window of a unit's list: from then on the published list carries names. */
  windowEndsAt(unit: UnitCode, period: Period): Instant {
    const calendar = this.reference.calendarOf(unit, period.lastDay);
    return endOfDay(calendar.termDayAfter(period.lastDay, this.options.objectionDays));
  }

  /** On a list that is not published, and on work in hand: with the role `officer-list` and the unit in scope. */
  forReader(principal: Principal | undefined, unit: UnitCode, period: Pick<Period, 'lastDay'>): OfficerNames {
    const tree = this.reference.treeOn(period.lastDay);
    const allowed = principal !== undefined && hasRole(principal, 'officer-list') && covers(principal, unit, (code) => countsIn(tree, code));
    return allowed ? this.names() : NO_NAMES;
  }

  /** On a published list: for everybody once the objection window is over, before it as on any other list. */
  onPublished(principal: Principal | undefined, unit: UnitCode, period: Period): OfficerNames {
    return this.options.now() >= this.windowEndsAt(unit, period) ? this.names() : this.forReader(principal, unit, period);
  }

  private names(): OfficerNames {
    return (pseudonym) => this.reference.officer(pseudonym);
  }
}
