import { foldPetition, type PetitionAbout, type PetitionClass } from '@index766/petition-life';
import { instantOf, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';
import { isRecorded } from './numbered';
import { recordPetition, type NewPetitionFact, type Petition, type PetitionChange, type PetitionText } from './petition';
import { OBSTACLES, PETITION_TABLE, statusAt, type PetitionCommandName } from './petition-table';

interface At {
  /** Absent: when it is recorded. */
  readonly occurredAt?: Instant;
}

/** What was written stays in this service; absent: the office keeps it elsewhere. */
interface Written {
  readonly text?: string;
}

export type PetitionCommand = At & (
  | (Written & { readonly command: 'receive'; readonly unit: UnitCode; readonly class: PetitionClass; readonly about?: PetitionAbout })
  | { readonly command: 'classify'; readonly class: PetitionClass }
  | { readonly command: 'transfer'; readonly unit: UnitCode }
  | { readonly command: 'refuse'; readonly reasonCode?: string }
  | { readonly command: 'request-supplement' }
  | (Written & { readonly command: 'complete-supplement' })
  | (Written & { readonly command: 'answer' })
  | { readonly command: 'publish' }
  | { readonly command: 'rate-answer'; readonly satisfied: boolean }
  /** All that it is about now; absent: nothing. */
  | { readonly command: 'change-about'; readonly about?: PetitionAbout }
);

export interface PetitionRules {
  readonly isKnownUnit: (unit: UnitCode) => boolean;
  /** How long after the first one the answer's rating may be changed. */
  readonly changeWithinMs: number;
}

/**
 * Decides a command on a petition against the state at its own instant. What says the same again (a class, a unit, what it
 * is about, a rating; whatever it is, if it states the same instant) leads to no fact. Refuses with PETITION.*, RATING.CHANGE_TOO_LATE, FEEDBACK.*, and changes nothing
 * then.
 */
export function decidePetition(state: Petition, command: PetitionCommand, recordedAt: Instant, rules: PetitionRules): Result<PetitionChange> {
  const at = command.occurredAt ?? recordedAt;
  if (at > recordedAt) return refused('FEEDBACK.IN_FUTURE', 'nothing happens to a petition in the future', 'occurredAt');
  if (saysAgain(state, command, at)) return recordPetition(state, [], recordedAt);
  const obstacle = obstacleTo(state, command.command, at);
  if (obstacle !== undefined) return obstacle;
  const refusal = refusalOf(state, command, at, rules);
  if (refusal !== undefined) return refusal;
  const fact = factOf(state, command, at);
  return recordPetition(withText(state, command, at), fact === undefined ? [] : [fact], recordedAt);
}

/** Whether exactly this was taken down, in the same words if any came with it: a source that tells its facts once more (ADR 0152). */
function saysAgain(state: Petition, command: PetitionCommand, at: Instant): boolean {
  if (command.occurredAt === undefined) return false;
  const fact = factOf(state, command, at);
  if (fact === undefined || !isRecorded(state.facts, fact)) return false;
  const text = 'text' in command ? command.text : undefined;
  return text === undefined || state.texts.some((written) => written.at === at && written.text === text);
}

/**
 * What happened later than a command's instant speaks against these too: whoever takes down a second end, or a request
 * before an end that is known, would change what the petition counted as (ADR 0131).
 */
const JUDGED_NOW_TOO: ReadonlySet<PetitionCommandName> = new Set(['transfer', 'refuse', 'request-supplement', 'complete-supplement', 'answer', 'publish']);

/** What the petition's status says against a command at an instant. */
export function obstacleTo({ facts }: Petition, command: PetitionCommandName, at: Instant): Result<never> | undefined {
  // A receipt is there once, whenever it was.
  const isReceivedAgain = command === 'receive' && facts.some(({ kind }) => kind === 'petition-received');
  const atInstant = isReceivedAgain ? 'PETITION.ALREADY_RECEIVED' : PETITION_TABLE[statusAt(facts, at)][command];
  const verdict = atInstant === 'allowed' && JUDGED_NOW_TOO.has(command) ? PETITION_TABLE[statusAt(facts, END)][command] : atInstant;
  return verdict === 'allowed' ? undefined : refused(verdict, OBSTACLES[verdict]);
}

/** After everything that is known. */
const END = instantOf(8_640_000_000_000_000 - 1);

function refusalOf({ petition, facts }: Petition, command: PetitionCommand, at: Instant, rules: PetitionRules): Result<never> | undefined {
  switch (command.command) {
    case 'receive':
    case 'change-about':
      return command.about?.petition === petition ? refused('PETITION.ABOUT_ITSELF', 'a petition is about another one', 'about.petition') : undefined;
    case 'transfer':
      return rules.isKnownUnit(command.unit) ? undefined : refused('PETITION.UNIT_UNKNOWN', 'the catalog knows no such unit today', 'unit');
    case 'rate-answer': {
      const [first] = foldPetition(facts).answerRatings;
      const isLate = first !== undefined && at > first.from + rules.changeWithinMs;
      return isLate ? refused('RATING.CHANGE_TOO_LATE', 'the time in which this rating may be changed is over') : undefined;
    }
    case 'classify':
    case 'refuse':
    case 'request-supplement':
    case 'complete-supplement':
    case 'answer':
    case 'publish':
      return undefined;
  }
}

/** Undefined: it says nothing new. */
function factOf({ facts }: Petition, command: PetitionCommand, occurredAt: Instant): NewPetitionFact | undefined {
  const view = foldPetition(facts);
  switch (command.command) {
    case 'receive': {
      const { unit, class: petitionClass, about } = command;
      return { kind: 'petition-received', occurredAt, body: { unit, class: petitionClass, ...(isNothing(about) ? {} : { about }) } };
    }
    case 'classify':
      return view.class === command.class ? undefined : { kind: 'petition-classified', occurredAt, body: { class: command.class } };
    case 'transfer':
      return holderAt(facts, occurredAt) === command.unit ? undefined : { kind: 'petition-transferred', occurredAt, body: { unit: command.unit } };
    case 'refuse':
      return { kind: 'petition-refused', occurredAt, body: command.reasonCode === undefined ? {} : { reasonCode: command.reasonCode } };
    case 'request-supplement':
      return { kind: 'petition-supplement-requested', occurredAt, body: {} };
    case 'complete-supplement':
      return { kind: 'petition-supplement-completed', occurredAt, body: {} };
    case 'answer':
      return { kind: 'petition-answered', occurredAt, body: {} };
    case 'publish':
      return { kind: 'petition-published', occurredAt, body: {} };
    case 'rate-answer':
      return view.answerRatings.at(-1)?.satisfied === command.satisfied ? undefined : { kind: 'answer-rated', occurredAt, body: { satisfied: command.satisfied } };
    case 'change-about': {
      const { about } = command;
      if (view.about.dossier === about?.dossier && view.about.petition === about?.petition) return undefined;
      return { kind: 'petition-about-changed', occurredAt, body: isNothing(about) ? {} : { about } };
    }
  }
}

function isNothing(about: PetitionAbout | undefined): about is undefined {
  return about === undefined || (about.dossier === undefined && about.petition === undefined);
}

function holderAt(facts: Petition['facts'], at: Instant): UnitCode | undefined {
  return foldPetition(facts).holders.findLast(({ from }) => from <= at)?.unit;
}

const TEXT_OF = { receive: 'petition', 'complete-supplement': 'supplement', answer: 'answer' } as const satisfies Partial<Record<PetitionCommandName, PetitionText['of']>>;

function withText(state: Petition, command: PetitionCommand, at: Instant): Petition {
  if (!('text' in command) || command.text === undefined) return state;
  return { ...state, texts: [...state.texts, { of: TEXT_OF[command.command], at, text: command.text }] };
}
