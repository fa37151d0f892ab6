import { statementsOf, thingOf, type DocumentFactBodies, type DocumentFactKind } from '@index766/document-life';
import { ok, refused, type Instant, type Result } from '@index766/kernel';
import { unchanged, type DocumentsChange, type DocumentsState } from './documents-state';
import { recordFact, type NewFact } from './record-facts';

/** The fact that each command leads to. */
export const KIND_OF_COMMAND = {
  'digitise-component': 'component-digitised',
  'reuse-component': 'component-reused',
  'take-component-from-personal-store': 'component-taken-from-personal-store',
  'use-population-data': 'population-data-used',
  'issue-result': 'electronic-result-issued',
  'sign-result': 'result-signed',
  'archive-result': 'result-archived',
  'link-result': 'result-linked-to-personal-store',
} as const satisfies Readonly<Record<string, DocumentFactKind>>;

export type CommandName = keyof typeof KIND_OF_COMMAND;

export type DocumentCommand = {
  readonly [Name in CommandName]: {
    readonly command: Name;
    readonly body: Omit<DocumentFactBodies[(typeof KIND_OF_COMMAND)[Name]], 'retracted'>;
    /** Absent: when it is recorded. */
    readonly occurredAt?: Instant;
  };
}[CommandName];

/**
 * Decides a command on a dossier that is known. What was stated before, as early or earlier, leads to no fact. Refuses with
 * DOCUMENT.* and changes nothing then.
 */
export function decideCommand(state: DocumentsState, command: DocumentCommand, recordedAt: Instant): Result<DocumentsChange> {
  const occurredAt = command.occurredAt ?? recordedAt;
  if (occurredAt > recordedAt) return refused('DOCUMENT.IN_FUTURE', 'nothing happens to a paper in the future', 'occurredAt');
  const statements = statementsOf(state.facts);
  const result = resultThatMustBe(command);
  if (result !== undefined && !statements.some(({ kind, about, at }) => kind === 'electronic-result-issued' && about.result === result && at !== null)) {
    return refused('DOCUMENT.RESULT_UNKNOWN', 'no electronic result of this code was issued', 'result');
  }
  const { body } = command;
  const kind = KIND_OF_COMMAND[command.command];
  const thing = thingOf(kind, body);
  const statedAt = statements.find((statement) => thingOf(statement.kind, statement.about) === thing)?.statedAt ?? null;
  if (statedAt !== null && statedAt <= occurredAt) return ok(unchanged(state));
  return recordFact(unchanged(state), { kind, body, occurredAt, timeBasis: 'stated' } as NewFact, recordedAt);
}

/** What is signed, archived or linked was issued; when, its source need not have told yet. */
function resultThatMustBe(command: DocumentCommand): string | undefined {
  switch (command.command) {
    case 'sign-result':
    case 'archive-result':
    case 'link-result':
      return command.body.result;
    case 'digitise-component':
    case 'reuse-component':
    case 'take-component-from-personal-store':
    case 'use-population-data':
    case 'issue-result':
      return undefined;
  }
}
