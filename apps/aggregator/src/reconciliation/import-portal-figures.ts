import { portalFiguresKey } from '@index766/contracts-aggregator';
import { definitionFor } from '@index766/index-766';
import { refused, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';
import { checkCovers, type Principal } from '@index766/platform-auth';

import type { DecisionAnswer, TakeDecision } from '../decisions';
import type { Reference } from '../reference';
import { countsIn, unitIn } from '../scores';
import { decideImport, type StatedFigures } from './portal-figures';

export interface ImportPortalFiguresCommand {
  readonly unit: UnitCode;
  readonly period: Period;
  readonly stated: StatedFigures;
  readonly principal: Principal;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly recordedAt?: Instant;
}

/**
 * Imports what the portal published for a unit and period, or corrects what was imported before. Refuses PORTAL_FIGURES.*,
 * UNIT.UNKNOWN, DEFINITION.NONE, AUTH.UNIT_OUT_OF_SCOPE and as `TakeDecision`.
 */
export class ImportPortalFigures {
  constructor(private readonly takeDecision: TakeDecision, private readonly reference: Reference) {}

  async execute({ unit, period, stated, principal, ...given }: ImportPortalFiguresCommand): Promise<Result<DecisionAnswer>> {
    const tree = this.reference.treeOn(period.lastDay);
    const authority = checkCovers(principal, unit, (code) => countsIn(tree, code), 'unit');
    if (!authority.ok) return authority;
    if (unitIn(tree, unit) === undefined) return refused('UNIT.UNKNOWN', 'the catalog has no such unit on the last day of the period', 'unit');
    const definition = definitionFor(period);
    if (!definition.ok) return definition;
    const asked = { unit, period, definition: definition.value, importedBy: principal.subject, stated };
    return this.takeDecision.execute({
      ...given,
      key: portalFiguresKey({ unit, period: period.name }),
      decide: (history, recordedAt) => decideImport(history, asked, recordedAt),
    });
  }
}
