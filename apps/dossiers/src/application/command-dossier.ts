import { dossierTopic } from '@index766/contracts-dossiers';
import { DESK_SOURCE, decideFacts, type DossierFact } from '@index766/dossier-life';
import {
  failed, formatInstant, localDayOf, ok, refused, type DossierId, type Instant, type Result, type UnitCode,
} from '@index766/kernel';
import { newAggregate, recall, remember } from '@index766/platform-mongo';
import { factOf, type DossierCommand } from '../domain/dossier-command';
import { checkRoom, emptyDossier, recordingInstant } from '../domain/dossier-state';
import { holderOf, whatIsKnown, type KnownDossier } from '../domain/known-dossier';
import type { SeenOfficer } from '../domain/seen-officer';
import type { Clock, CommandAnswer, CommandedDossier, DossierChange, Dossiers, SeenOfficers } from './ports';
import type { Reference } from './reference';
import { CONTENDED, FULL, ROUNDS } from './write-refusals';

/** One command with the circumstances under which it came. */
export interface GivenCommand {
  readonly dossier: DossierId;
  readonly command: DossierCommand;
  readonly idempotencyKey: string;
  /** Tells two requests under one key apart. */
  readonly requestHash: string;
  readonly covers: (unit: UnitCode) => boolean;
  /** The unit in the dossier's code: stands for it until its unit is known. */
  readonly unitOfCode: UnitCode | undefined;
  readonly officer?: SeenOfficer;
  /** Stated by a replay; absent: now. */
  readonly recordedAt?: Instant;
}

interface DecidedCommand {
  readonly answer: CommandAnswer;
  /** Absent: the command was answered before. */
  readonly change?: DossierChange;
}

/**
 * Takes a command on one dossier: judged against the state at its own instant, recorded with the due instants that follow,
 * its answer remembered under its Idempotency-Key, all in one write (lifecycle.md §1).
 */
export class CommandDossier {
  constructor(
    private readonly dossiers: Dossiers,
    private readonly officers: SeenOfficers,
    private readonly reference: Reference,
    private readonly clock: Clock,
  ) {}

  async execute(given: GivenCommand): Promise<Result<CommandAnswer>> {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const stored = await this.dossiers.findWithCommands(given.dossier);
      await this.reference.fresh();
      const now = this.clock.now();
      if (given.recordedAt !== undefined && given.recordedAt > now) {
        return refused('RECORDED_AT.IN_FUTURE', 'nothing was recorded later than now');
      }
      const decided = this.decide(stored, given, now);
      if (!decided.ok) return decided;
      const { answer, change } = decided.value;
      if (change === undefined) return ok(answer);
      if (given.officer !== undefined) await this.officers.remember([given.officer], now);
      const { lost, full } = await this.dossiers.saveMany([change]);
      if (full.size > 0) return failed(FULL);
      if (lost.size === 0) return ok(answer);
    }
    return failed(CONTENDED);
  }

  private decide(stored: CommandedDossier | undefined, given: GivenCommand, now: Instant): Result<DecidedCommand> {
    const { dossier, command, idempotencyKey: key, requestHash, covers } = given;
    const state = stored?.state ?? emptyDossier(dossier);
    const known = whatIsKnown(state.facts);
    const commands = stored?.commands ?? [];
    const remembered = recall(commands, { key, requestHash }, new Date(now));
    if (!remembered.ok) return remembered;
    if (remembered.value !== undefined) return ok({ answer: remembered.value.answer });

    // Only then: a dossier that the command itself gave away is out of the caller's hands when the command is repeated.
    const unit = unitConcerned(command, known) ?? given.unitOfCode;
    if (unit === undefined || !covers(unit)) {
      return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this dossier');
    }
    const recordedAt = recordingInstant(state, given.recordedAt ?? now);
    const decided = this.factsOf(given, state.facts, known, recordedAt);
    const facts = decided.ok ? checkRoom(state, decided.value) : decided;
    if (!facts.ok) return facts;
    const answer = answerOf(dossier, facts.value);
    return ok({
      answer,
      change: {
        of: stored?.ref ?? newAggregate(dossier),
        state: { ...state, facts: [...state.facts, ...facts.value] },
        facts: facts.value,
        intake: [],
        commands: remember(commands, { key, requestHash, answer, at: new Date(now) }),
      },
    });
  }

  private factsOf(
    { dossier, command }: GivenCommand, facts: readonly DossierFact[], known: KnownDossier, recordedAt: Instant,
  ): Result<readonly DossierFact[]> {
    const received = localDayOf(known.events.received?.at ?? command.occurredAt ?? recordedAt);
    const { procedure, unit } = known;
    const pausesForObligation = procedure !== undefined && unit !== undefined && this.reference.pausesForObligation(procedure, unit, received);
    const fact = factOf(command, { known, source: DESK_SOURCE, recordedAt, pausesForObligation });
    if (!fact.ok) return fact;
    return decideFacts(facts, [fact.value], {
      dossier, topic: dossierTopic.name, recordedAt, reportedBy: 'command', ...this.reference.dueReferenceOn(received),
    });
  }
}

/** Whose consent a command needs: the unit that takes the dossier in, else the one that holds it. */
function unitConcerned(command: DossierCommand, known: KnownDossier): UnitCode | undefined {
  return command.command === 'register' || command.command === 'receive' ? command.unit : holderOf(known);
}

function answerOf(dossier: DossierId, facts: readonly DossierFact[]): CommandAnswer {
  return {
    dossier,
    facts: facts.map(({ kind, sequence, occurredAt, recordedAt }) => ({
      kind, sequence, occurredAt: formatInstant(occurredAt), recordedAt: formatInstant(recordedAt),
    })),
  };
}
