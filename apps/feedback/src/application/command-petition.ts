import { refused, type Instant, type PetitionId, type Result, type UnitCode } from '@index766/kernel';
import { emptyPetition, holderOf, type Petition, type PetitionChange } from '../domain/petition';
import { decideOnce, type Decided, type GivenCommand } from './given-command';
import type { Clock, CommandAnswer, Petitions } from './ports';
import type { SettleLinks } from './settle-links';

/**
 * Takes a command on one petition: judged by the unit that has it, recorded, its answer remembered, in one write; then
 * tells the dossier and the earlier petition that it is about. Refuses with AUTH.UNIT_OUT_OF_SCOPE, PETITION.*, RATING.*,
 * FEEDBACK.*, RECORDED_AT.IN_FUTURE, IDEMPOTENCY.KEY_REUSED, AGGREGATE.CONTENDED, OUTBOX.FULL.
 */
export class CommandPetition {
  constructor(private readonly petitions: Petitions, private readonly settleLinks: Pick<SettleLinks, 'execute'>, private readonly clock: Clock) {}

  /** @param receivingUnit of a receipt: whose it will be. */
  async execute(
    petition: PetitionId, given: GivenCommand, receivingUnit: UnitCode | undefined,
    decide: (state: Petition, recordedAt: Instant) => Result<Decided<PetitionChange>>,
  ): Promise<Result<CommandAnswer>> {
    const answer = await this.petitions.update(petition, (stored) => {
      const state = stored?.state ?? emptyPetition(petition);
      const holder = holderOf(state);
      if (holder !== undefined && !given.covers(holder)) return outOfScope();
      if (receivingUnit !== undefined && !given.covers(receivingUnit)) return outOfScope();
      return decideOnce(petition, stored, given, holder ?? receivingUnit, this.clock.now(), (recordedAt) => decide(state, recordedAt));
    });
    // What is left of it, because a database or a member went away, is settled by the next round.
    if (answer.ok) await this.settleLinks.execute(petition).catch(() => undefined);
    return answer;
  }
}

function outOfScope(): Result<never> {
  return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this petition');
}
