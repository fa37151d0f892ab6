import { objectionKey } from '@index766/contracts-aggregator';
import type { Result } from '@index766/kernel';
import { checkCovers, type Principal } from '@index766/platform-auth';

import type { DecisionAnswer, TakeDecision } from '../decisions';
import type { Reference } from '../reference';
import { countsIn } from '../scores';
import { decideOnObjection, type StatedDecision } from './objections';

export interface DecideObjectionCommand {
  readonly stated: StatedDecision;
  readonly principal: Principal;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** Decides an objection. Refuses OBJECTION.*, AUTH.UNIT_OUT_OF_SCOPE and as `TakeDecision`. */
export class DecideObjection {
  constructor(private readonly takeDecision: TakeDecision, private readonly reference: Reference) {}

  async execute({ stated, principal, ...given }: DecideObjectionCommand): Promise<Result<DecisionAnswer>> {
    const tree = this.reference.treeOn(stated.period.lastDay);
    const authority = checkCovers(principal, stated.unit, (code) => countsIn(tree, code), 'unit');
    if (!authority.ok) return authority;
    return this.takeDecision.execute({
      ...given,
      key: objectionKey(stated.officer),
      decide: (history) => decideOnObjection(history, stated, principal.subject),
    });
  }
}
