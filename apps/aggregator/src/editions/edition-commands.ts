import { editionsKey, type EditionRetracted, type ExclusionWaived } from '@index766/contracts-aggregator';
import { isCode, parsePeriod, refused, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';
import { checkCovers, type Principal } from '@index766/platform-auth';

import type { DecisionAnswer, TakeDecision } from '../decisions';
import { waivable } from './closing-check';
import { decideRetraction, decideWaiver } from './edition-history';
import type { EditionKeeper } from './edition-keeper';
import type { EditionClaim } from './edition-store';

/** Who commands, about which editions. */
export interface EditionsMeant {
  readonly province: UnitCode;
  readonly period: Period;
  readonly principal: Principal;
}

/** What is decided, and so remembered under a key. */
export interface EditionCommand extends EditionsMeant {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly recordedAt?: Instant;
}

/** Why somebody publishes what is not whole, or takes back what was published. */
export interface StatedReason<Reason> {
  readonly reason: Reason;
  readonly document?: string | undefined;
}

export type Retraction = StatedReason<EditionRetracted['reason']> & Pick<EditionRetracted, 'number'>;
export type WaivedExclusion = StatedReason<ExclusionWaived['reason']> & Pick<ExclusionWaived, 'kind' | 'id'>;

/** What publishers and administrators command about editions (lifecycle.md §8). */
export class EditionCommands {
  constructor(
    private readonly keeper: Pick<EditionKeeper, 'open' | 'standingOf'>,
    private readonly takeDecision: Pick<TakeDecision, 'execute'>,
  ) {}

  /**
   * Opens the next edition of a period; whoever looks next finishes it. Refuses EDITION.HELD_BACK, EDITION.PUBLISHED_ALREADY,
   * EDITION.NO_PROVINCE, EDITION.NO_PERIOD, EDITION.NO_AUTHOR, AUTH.UNIT_OUT_OF_SCOPE.
   */
  async publish(command: EditionsMeant): Promise<Result<EditionClaim>> {
    const checked = checkAuthority(command);
    return checked.ok ? this.keeper.open(command.province, command.period, command.principal.subject) : checked;
  }

  /**
   * Waives what holds back the period now: while it runs nothing does yet, and nobody can know what will. Refuses
   * EDITION.NOTHING_TO_WAIVE and as `publish`, and as `TakeDecision`.
   */
  async waive(command: EditionCommand, { kind, id, reason, document }: WaivedExclusion): Promise<Result<DecisionAnswer>> {
    const checked = checkAuthority(command);
    if (!checked.ok) return checked;
    const standing = await this.keeper.standingOf(command.province, command.period);
    if (!standing.ok) return standing;
    const { heldBy, series } = standing.value;
    const isWaived = series.waivers.some(({ waived }) => waived.kind === kind && waived.id === id);
    const runs = heldBy.some((held) => held.kind === 'period-runs');
    if (!isWaived && (runs || !heldBy.map(waivable).some((about) => about?.kind === kind && about.id === id))) {
      return refused('EDITION.NOTHING_TO_WAIVE', 'nothing of this kind and id holds back the period', 'id');
    }
    const word: ExclusionWaived = { ...about(command), kind, id, reason, ...(document === undefined ? {} : { document }), waivedBy: command.principal.subject };
    return this.take(command, (history) => decideWaiver(history, word));
  }

  /** Refuses EDITION.NONE and as `publish`, and as `TakeDecision`. */
  async retract(command: EditionCommand, { number, reason, document }: Retraction): Promise<Result<DecisionAnswer>> {
    const checked = checkAuthority(command);
    if (!checked.ok) return checked;
    const word: EditionRetracted = { ...about(command), number, reason, ...(document === undefined ? {} : { document }), retractedBy: command.principal.subject };
    return this.take(command, (history) => decideRetraction(history, word));
  }

  private take({ province, period, idempotencyKey, requestHash, recordedAt }: EditionCommand, decide: Parameters<TakeDecision['execute']>[0]['decide']) {
    return this.takeDecision.execute({
      key: editionsKey({ province, period: period.name }), decide, idempotencyKey, requestHash, ...(recordedAt === undefined ? {} : { recordedAt }),
    });
  }
}

function about({ province, period }: EditionsMeant) {
  return { province, period: period.name };
}

function checkAuthority({ province, period, principal }: EditionsMeant): Result<UnitCode> {
  if (!parsePeriod(period.name).ok || period.kind === 'days') return refused('EDITION.NO_PERIOD', 'editions are of weeks, months, quarters, half years, 6, 9 and 12 months', 'period');
  if (!isCode(principal.subject)) return refused('EDITION.NO_AUTHOR', 'the subject of the token is no code of letters, digits and . _ / -, so it cannot stand on a public topic');
  return checkCovers(principal, province, () => [], 'province');
}
