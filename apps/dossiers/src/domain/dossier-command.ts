import type { Channel, CorrectableField, DossierFactBodies, ProposedFact, ReportedFactKind } from '@index766/dossier-life';
import {
  ok, refused, type Instant, type OfficerPseudonym, type ProcedureCode, type Result, type StepId, type SupplementId,
  type UnitCode,
} from '@index766/kernel';
import { EVENT_OF_FIELD, type KnownDossier } from './known-dossier';
import { stated } from './stated';

interface Origin {
  readonly unit: UnitCode;
  readonly procedure: ProcedureCode;
  readonly channel: Channel;
}

/** What an officer reports about one dossier. `occurredAt` absent: when it is taken down. */
export type DossierCommand = { readonly occurredAt?: Instant } & (
  | ({ readonly command: 'register' } & Origin)
  | ({ readonly command: 'receive'; readonly statedDueAt?: Instant } & Origin)
  | { readonly command: 'refuse'; readonly reasonCode?: string }
  | { readonly command: 'assign-step'; readonly step: StepId; readonly officer?: OfficerPseudonym; readonly department?: string; readonly deadline?: Instant }
  | { readonly command: 'complete-step'; readonly step: StepId }
  | { readonly command: 'request-supplement'; readonly supplement: SupplementId }
  | { readonly command: 'complete-supplement'; readonly supplement: SupplementId; readonly newDueAt?: Instant }
  | { readonly command: 'extend-due-date'; readonly newDueAt: Instant; readonly reasonCode?: string; readonly apologyIssued: boolean }
  | { readonly command: 'transfer'; readonly unit: UnitCode }
  | { readonly command: 'withdraw' }
  | { readonly command: 'stop'; readonly reasonCode?: string }
  | { readonly command: 'finish' }
  | { readonly command: 'return-result'; readonly channel: Channel }
  | { readonly command: 'reopen'; readonly reasonCode?: string }
  | { readonly command: 'request-financial-obligation' }
  | { readonly command: 'fulfil-financial-obligation' }
  | { readonly command: 'correct'; readonly field: CorrectableField; readonly part?: string; readonly after: string | number; readonly reasonCode: string }
  | { readonly command: 'void'; readonly reason: 'deleted' | 're-created' }
);

export type CommandName = DossierCommand['command'];

export interface CommandContext {
  readonly known: KnownDossier;
  /** Who registers or receives it, for the public: the desk, never a person. */
  readonly source: string;
  readonly recordedAt: Instant;
  readonly pausesForObligation: boolean;
}

/** The fact that a command reports. Refuses a correction of something that is not known. */
export function factOf(command: DossierCommand, context: CommandContext): Result<ProposedFact> {
  const occurredAt = command.occurredAt ?? context.recordedAt;
  const timeBasis = command.occurredAt === undefined ? 'inferred' : 'stated';
  const fact = <Kind extends ReportedFactKind>(kind: Kind, body: DossierFactBodies[Kind]): Result<ProposedFact> =>
    ok({ kind, occurredAt, timeBasis, body } as ProposedFact);

  switch (command.command) {
    case 'register':
      return fact('dossier-registered', originOf(command, context));
    case 'receive':
      return fact('dossier-received', { ...originOf(command, context), ...stated('statedDueAt', command.statedDueAt), pushed: false });
    case 'refuse':
      return fact('dossier-refused', stated('reasonCode', command.reasonCode));
    case 'assign-step':
      return fact('step-assigned', {
        step: command.step, ...stated('officer', command.officer), ...stated('department', command.department), ...stated('deadline', command.deadline),
      });
    case 'complete-step':
      return fact('step-completed', { step: command.step });
    case 'request-supplement':
      return fact('supplement-requested', { supplement: command.supplement });
    case 'complete-supplement':
      return fact('supplement-completed', { supplement: command.supplement, ...stated('newDueAt', command.newDueAt) });
    case 'extend-due-date':
      return fact('due-date-extended', { newDueAt: command.newDueAt, ...stated('reasonCode', command.reasonCode), apologyIssued: command.apologyIssued });
    case 'transfer':
      return fact('dossier-transferred', { unit: command.unit });
    case 'withdraw':
      return fact('dossier-withdrawn', {});
    case 'stop':
      return fact('dossier-stopped', stated('reasonCode', command.reasonCode));
    case 'finish':
      return fact('dossier-finished', {});
    case 'return-result':
      return fact('result-returned', { channel: command.channel });
    case 'reopen':
      return fact('dossier-reopened', stated('reasonCode', command.reasonCode));
    case 'request-financial-obligation':
      return fact('financial-obligation-requested', { pausesClock: context.pausesForObligation });
    case 'fulfil-financial-obligation':
      return fact('financial-obligation-fulfilled', {});
    case 'correct':
      return correctionOf(command, context);
    case 'void':
      return fact('dossier-voided', { reason: command.reason });
  }
}

function originOf({ unit, procedure, channel }: Origin, { source }: CommandContext): DossierFactBodies['dossier-registered'] {
  return { unit, procedure, channel, source };
}

function correctionOf(
  { field, part, after, reasonCode, occurredAt }: Extract<DossierCommand, { command: 'correct' }>, { known, recordedAt }: CommandContext,
): Result<ProposedFact> {
  if (isOfPart(field) && part === undefined) {
    return refused('DOSSIER.PART_MISSING', 'say which step or supplement is meant', 'part');
  }
  return ok({
    kind: 'dossier-corrected', occurredAt: occurredAt ?? recordedAt, timeBasis: occurredAt === undefined ? 'inferred' : 'stated',
    body: { field, ...stated('part', part), ...stated('before', knownValue(known, field, part)), after, reasonCode },
  });
}

function isOfPart(field: CorrectableField): boolean {
  return field.startsWith('step-') || field.startsWith('supplement-');
}

/** What a field holds now; undefined: nothing is known of it. */
function knownValue(known: KnownDossier, field: CorrectableField, part: string | undefined): string | number | undefined {
  const event = EVENT_OF_FIELD[field];
  if (event !== undefined) return known.events[event]?.at;
  switch (field) {
    case 'unit':
    case 'procedure':
    case 'channel':
      return known[field];
    case 'stated-due-at':
      return part === undefined ? known.statedDueAt : known.supplements.get(part as SupplementId)?.newDueAt;
    case 'step-deadline':
      return known.steps.get(part as StepId)?.deadline;
    case 'step-ended-at':
      return known.steps.get(part as StepId)?.endedAt;
    case 'supplement-requested-at':
      return known.supplements.get(part as SupplementId)?.requested?.at;
    case 'supplement-completed-at':
      return known.supplements.get(part as SupplementId)?.completed?.at;
    default:
      return undefined;
  }
}
