import { documentStanding, foldDocuments, type DocumentFactKind } from '@index766/document-life';
import { DOSSIER, intakeOf, knownDossier } from '../test/arrivals';
import { october } from '../test/dossier-records';
import { KIND_OF_COMMAND, decideCommand, type CommandName, type DocumentCommand } from './document-command';
import { unchanged, type DocumentsState } from './documents-state';
import { MAX_FACTS } from './record-facts';
import { takeIntake } from './take-intake';

const NOW = october('20 12:00');
const AT = october('07 10:00');
const component = { component: 'TP-01' };
const result = { result: 'KQ-1' };

const BODIES: { readonly [Name in CommandName]: Extract<DocumentCommand, { readonly command: Name }>['body'] } = {
  'digitise-component': component, 'reuse-component': component, 'take-component-from-personal-store': component,
  'use-population-data': { by: 'verified-account' },
  'issue-result': result, 'sign-result': result, 'archive-result': result, 'link-result': result,
};
const COMMANDS = Object.keys(BODIES) as readonly CommandName[];
const commandOf = (name: CommandName, occurredAt = AT): DocumentCommand => ({ command: name, body: BODIES[name], occurredAt }) as DocumentCommand;

const decided = (state: DocumentsState, command: DocumentCommand, recordedAt = NOW) => {
  const change = decideCommand(state, command, recordedAt);
  return change.ok ? change.value : change.error.code;
};
const after = (...commands: readonly DocumentCommand[]): DocumentsState => commands.reduce((state, command) => {
  const change = decided(state, command);
  if (typeof change === 'string') throw new Error(change);
  return change.state;
}, knownDossier().state);
const issued = () => after(commandOf('issue-result'));
const told = (change: ReturnType<typeof decided>): readonly DocumentFactKind[] | string => (typeof change === 'string' ? change : change.facts.map(({ kind }) => kind));

describe.each(COMMANDS)('the command %s', (name) => {
  const before = () => (name === 'issue-result' ? knownDossier().state : issued());

  it('leads to its fact, at the instant that it states', () => {
    expect(decided(before(), commandOf(name))).toMatchObject({ facts: [{ kind: KIND_OF_COMMAND[name], body: BODIES[name], occurredAt: AT, recordedAt: NOW, timeBasis: 'stated', dossier: DOSSIER }] });
  });

  it('says nothing new when it was stated before, and something when it was so earlier', () => {
    const once = decided(before(), commandOf(name));
    if (typeof once === 'string') throw new Error(once);
    expect([told(decided(once.state, commandOf(name))), told(decided(once.state, commandOf(name, october('08 10:00'))))]).toEqual([[], []]);
    expect(told(decided(once.state, commandOf(name, october('06 10:00'))))).toEqual([KIND_OF_COMMAND[name]]);
  });

  it('states no instant in the future; without one it happened when it is recorded', () => {
    expect(told(decided(before(), commandOf(name, october('20 12:01'))))).toBe('DOCUMENT.IN_FUTURE');
    expect(decided(before(), { command: name, body: BODIES[name] } as DocumentCommand)).toMatchObject({ facts: [{ occurredAt: NOW }] });
  });
});

describe('a result', () => {
  const FOLLOWING: readonly CommandName[] = ['sign-result', 'archive-result', 'link-result'];

  it.each(FOLLOWING)('that was not issued takes no %s', (name) => {
    expect(told(decided(knownDossier().state, commandOf(name)))).toBe('DOCUMENT.RESULT_UNKNOWN');
    expect(told(decided(after({ command: 'issue-result', body: { result: 'KQ-2' }, occurredAt: AT }), commandOf(name)))).toBe('DOCUMENT.RESULT_UNKNOWN');
  });

  it.each(FOLLOWING)('that a push states takes %s, before the end of the dossier too', (name) => {
    const pushed = takeIntake(knownDossier(), intakeOf({ results: [{ code: 'KQ-1', hasFile: true }] })).change.state;
    expect(told(decided(pushed, commandOf(name)))).toEqual([KIND_OF_COMMAND[name]]);
  });
});

it('what a push stated before is stated by the desk all the same: its word is not taken back', () => {
  const pushed = takeIntake(knownDossier(), intakeOf({ papers: { components: [{ code: 'TP-01', digitised: true }] } })).change.state;
  const stated = decided(pushed, commandOf('digitise-component'));
  if (typeof stated === 'string') throw new Error(stated);
  expect(told(stated)).toEqual(['component-digitised']);
  const denied = takeIntake(unchanged(stated.state), intakeOf({ sequence: 2, latestAt: '09 10:00', papers: { components: [{ code: 'TP-01', digitised: false }] } })).change.state;
  expect(documentStanding(foldDocuments(denied.facts), NOW).digitised).toBe(true);
});

it('a dossier that is full of facts takes no more of them', () => {
  const many = Array.from({ length: MAX_FACTS }, (_, index): DocumentCommand => ({ command: 'digitise-component', body: { component: `TP-${index}` }, occurredAt: AT }));
  const full = after(...many);
  expect(told(decided(full, commandOf('reuse-component')))).toBe('DOCUMENT.TOO_MANY_FACTS');
  expect(takeIntake(unchanged(full), intakeOf({ papers: { hasDigitisedComponents: true } })).change.facts).toEqual([]);
});
