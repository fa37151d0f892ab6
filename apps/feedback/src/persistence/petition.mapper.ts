import { foldPetition, petitionStage, type PetitionFact } from '@index766/petition-life';
import { instantOf, type PetitionId, type UnitCode } from '@index766/kernel';
import type { RememberedCommand } from '@index766/platform-mongo';
import type { CommandAnswer } from '../application/ports';
import type { Petition } from '../domain/petition';
import { reconstituteFacts, storedFacts } from './stored-facts';

/** A petition in the collection `petitions`. */
export interface PetitionFields {
  readonly facts: string;
  /** What of the state no fact holds, as JSON text: `Memory`. */
  readonly memory: string;
  /** What was written, as JSON text: in this database alone. */
  readonly texts: string;
  /** Hashes of tokens, to find the petition by. */
  readonly hashes: readonly string[];
  /** The unit that has something left to do; absent when there is nothing. */
  readonly todoOf?: UnitCode;
  /** While others have to learn of it. */
  readonly linksPending?: true;
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

type Memory = Pick<Petition, 'tokens' | 'pendingLinks'>;

/** After everything that was taken down: no fact is of the future. */
const END = instantOf(8_640_000_000_000_000);

export function reconstitutePetition(petition: PetitionId, { facts, memory, texts }: Pick<PetitionFields, 'facts' | 'memory' | 'texts'>): Petition {
  return {
    petition, facts: reconstituteFacts(facts, { petition }) as readonly PetitionFact[], texts: JSON.parse(texts) as Petition['texts'], ...(JSON.parse(memory) as Memory),
  };
}

/** All fields but the commands, and which optional ones must not be there. */
export function petitionFields({ facts, texts, tokens, pendingLinks }: Petition): {
  readonly set: Omit<PetitionFields, 'commands'>; readonly unset: readonly ('todoOf' | 'linksPending')[];
} {
  const todoOf = unitWithSomethingToDo(facts);
  return {
    set: {
      facts: storedFacts(facts),
      memory: JSON.stringify({ tokens, pendingLinks } satisfies Memory),
      texts: JSON.stringify(texts),
      hashes: tokens.map(({ hash }) => hash),
      ...(todoOf === undefined ? {} : { todoOf }),
      ...(pendingLinks.length === 0 ? {} : { linksPending: true }),
    },
    unset: [...(todoOf === undefined ? ['todoOf' as const] : []), ...(pendingLinks.length === 0 ? ['linksPending' as const] : [])],
  };
}

/** Refused and published ones leave nothing to do; an answer that is not published yet does. */
function unitWithSomethingToDo(facts: readonly PetitionFact[]): UnitCode | undefined {
  const view = foldPetition(facts);
  const stage = petitionStage(view, END);
  return stage === 'refused' || stage === 'published' ? undefined : view.holders.at(-1)?.unit;
}
