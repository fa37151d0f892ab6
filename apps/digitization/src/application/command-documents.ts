import { holderOf } from '@index766/intake';
import { formatInstant, ok, refused, type DossierId, type Instant, type Result, type UnitCode } from '@index766/kernel';
import { recall, remember } from '@index766/platform-mongo';
import { decideCommand, type DocumentCommand } from '../domain/document-command';
import { emptyDocuments, isKnown, type DocumentsChange } from '../domain/documents-state';
import type { Clock, CommandAnswer, CommandedDocuments, Documents, DocumentsDecision } from './ports';

/** One command with the circumstances under which it came. */
export interface GivenCommand {
  readonly dossier: DossierId;
  readonly command: DocumentCommand;
  readonly idempotencyKey: string;
  /** Tells two requests under one key apart. */
  readonly requestHash: string;
  readonly covers: (unit: UnitCode) => boolean;
  /** Stated by a replay; absent: now. */
  readonly recordedAt?: Instant;
}

/**
 * Takes a command on the papers of one dossier: judged by its unit, recorded, its answer remembered under its
 * Idempotency-Key, all in one write. Refuses with AUTH.UNIT_OUT_OF_SCOPE, DOCUMENT.*, RECORDED_AT.IN_FUTURE,
 * IDEMPOTENCY.KEY_REUSED, AGGREGATE.CONTENDED, OUTBOX.FULL.
 */
export class CommandDocuments {
  constructor(private readonly documents: Documents, private readonly clock: Clock) {}

  execute(given: GivenCommand): Promise<Result<CommandAnswer>> {
    return this.documents.update(given.dossier, (stored) => this.decide(stored, given));
  }

  private decide(stored: CommandedDocuments | undefined, given: GivenCommand): Result<DocumentsDecision<CommandAnswer>> {
    const { dossier, idempotencyKey: key, requestHash, covers } = given;
    const now = this.clock.now();
    if (given.recordedAt !== undefined && given.recordedAt > now) {
      return refused('RECORDED_AT.IN_FUTURE', 'nothing was recorded later than now');
    }
    const state = stored?.state ?? emptyDocuments(dossier);
    const commands = stored?.commands ?? [];
    const unit = holderOf(state);
    if (unit === undefined || !covers(unit)) {
      return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this dossier');
    }
    const remembered = recall(commands, { key, requestHash }, new Date(now));
    if (!remembered.ok) return remembered;
    if (remembered.value !== undefined) return ok({ answer: remembered.value.answer });
    if (!isKnown(state)) return refused('DOCUMENT.DOSSIER_UNKNOWN', 'no push and no fact of this dossier has come yet', 'dossier');

    const change = decideCommand(state, given.command, given.recordedAt ?? now);
    if (!change.ok) return change;
    const answer = answerOf(dossier, change.value);
    return ok({ answer, change: { ...change.value, commands: remember(commands, { key, requestHash, answer, at: new Date(now) }) } });
  }
}

function answerOf(dossier: DossierId, { facts }: DocumentsChange): CommandAnswer {
  return {
    dossier,
    facts: facts.map(({ kind, sequence, occurredAt, recordedAt }) => ({
      kind, sequence, occurredAt: formatInstant(occurredAt), recordedAt: formatInstant(recordedAt),
    })),
  };
}
