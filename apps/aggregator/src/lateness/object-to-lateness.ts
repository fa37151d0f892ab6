import { objectionKey } from '@index766/contracts-aggregator';
import type { Result } from '@index766/kernel';
import { checkCovers, type Principal } from '@index766/platform-auth';

import type { DecisionAnswer, TakeDecision } from '../decisions';
import type { Reference } from '../reference';
import { countsIn } from '../scores';
import { EVERY_OFFICER } from './late-lists';
import type { LateOfficerQueries } from './late-officer-queries';
import { decideObjection, type StatedObjection } from './objections';

export interface ObjectToLatenessCommand {
  readonly stated: StatedObjection;
  readonly principal: Principal;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** Objects to what a list says of an officer. Refuses OBJECTION.*, UNIT.UNKNOWN, AUTH.UNIT_OUT_OF_SCOPE and as `TakeDecision`. */
export class ObjectToLateness {
  constructor(
    private readonly takeDecision: TakeDecision,
    private readonly lists: LateOfficerQueries,
    private readonly reference: Reference,
  ) {}

  async execute({ stated, principal, ...given }: ObjectToLatenessCommand): Promise<Result<DecisionAnswer>> {
    const { officer, unit, period } = stated;
    const tree = this.reference.treeOn(period.lastDay);
    const authority = checkCovers(principal, unit, (code) => countsIn(tree, code), 'unit');
    if (!authority.ok) return authority;
    const found = await this.lists.ofUnit(unit, period, { threshold: EVERY_OFFICER });
    if (!found.ok) return found;
    const line = found.value.list.officers.find((each) => each.officer === officer);
    const listed = line?.dossiers.map(({ dossier }) => dossier) ?? [];
    return this.takeDecision.execute({
      ...given,
      key: objectionKey(officer),
      decide: (history) => decideObjection(history, stated, listed, principal.subject),
    });
  }
}
