import { documentTopic } from '@index766/contracts-digitization';
import { decodeRecord } from '@index766/contracts-envelope';
import type { DocumentFact } from '@index766/document-life';
import * as fc from 'fast-check';
import { decideCommand, type DocumentCommand } from '../domain/document-command';
import { unchanged, type DocumentsState } from '../domain/documents-state';
import { takeIntake } from '../domain/take-intake';
import { documentFactRecord } from '../publishing/document-fact.record';
import { DOSSIER, intakeOf, knownDossier } from '../test/arrivals';
import { october } from '../test/dossier-records';
import { foldBackFacts } from './documents-fold-back';
import { documentsFields, reconstituteDocuments, type DocumentsFields } from './documents.mapper';

const NOW = october('20 12:00');
const COMMANDS: readonly DocumentCommand[] = [
  { command: 'digitise-component', body: { component: 'TP-09', attachment: '1' } }, { command: 'use-population-data', body: { by: 'population-database', database: 'B' } },
  { command: 'issue-result', body: { result: 'KQ-1' } }, { command: 'sign-result', body: { result: 'KQ-1' } }, { command: 'archive-result', body: { result: 'KQ-1' } },
  { command: 'link-result', body: { result: 'KQ-1' } }, { command: 'reuse-component', body: { component: 'TP-09' } },
  { command: 'take-component-from-personal-store', body: { component: 'TP-09' } },
];

/** A dossier with facts of every kind, of pushes and of the desk, some of them taken back. */
function fullLife(): DocumentsState {
  const pushes = [
    intakeOf({ papers: { components: [{ code: 'TP-01', digitised: true, reused: 2, fromPersonalStore: true }], accountVerified: true, databases: ['A'] }, backfill: true }),
    intakeOf({ sequence: 2, latestAt: '09 10:00', papers: { components: [{ code: 'TP-01', deleted: true }], hasDigitisedComponents: true }, results: [{ hasFile: true }] }),
  ];
  const pushed = pushes.reduce((change, record) => takeIntake(change, record).change, knownDossier()).state;
  return COMMANDS.reduce((state, command) => {
    const decided = decideCommand(state, command, NOW);
    if (!decided.ok) throw new Error(decided.error.code);
    return decided.value.state;
  }, pushed);
}

function recordOf(fact: DocumentFact) {
  const { key, headers, value } = documentFactRecord(fact, {});
  const decoded = decodeRecord(documentTopic, { key: Buffer.from(key), headers: { ...headers }, value: Buffer.from(value ?? '') });
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

const stored = (state: DocumentsState): DocumentsFields => ({ ...documentsFields(state), commands: [] });

/** The facts that a copy comes to, or the code of the refusal. */
function foldedBack(copy: DocumentsFields | undefined, facts: readonly DocumentFact[]) {
  const folded = foldBackFacts(DOSSIER, copy, facts.map(recordOf));
  if (!folded.ok) return folded.error.code;
  return folded.value === undefined ? 'lacks nothing' : reconstituteDocuments(DOSSIER, folded.value.set as DocumentsFields).facts;
}

describe('facts that a topic has and a copy of the database lacks', () => {
  const state = fullLife();

  it('come back whole, from any copy and over any overlap', () => {
    fc.assert(fc.property(fc.nat(state.facts.length), fc.nat(), (known, overlap) => {
      const copy = known === 0 ? undefined : stored({ ...state, facts: state.facts.slice(0, known) });
      const records = state.facts.slice(known === 0 ? 0 : overlap % (known + 1));
      expect(foldedBack(copy, records)).toEqual(known === state.facts.length ? 'lacks nothing' : state.facts);
    }), { seed: 766, numRuns: 100 });
  });

  it('leave what else the copy has', () => {
    const folded = foldBackFacts(DOSSIER, stored({ ...state, facts: [] }), state.facts.map(recordOf));
    expect(folded.ok && folded.value?.set).toEqual(documentsFields(state));
  });

  it('are refused with a gap before them, or with another content than the copy has', () => {
    const [first, ...others] = state.facts;
    if (first === undefined) throw new Error('a fact expected');
    expect(foldedBack(undefined, others)).toBe('RESTORE.RECORDS_MISSING');
    expect(foldedBack(stored(state), [{ ...first, recordedAt: NOW }])).toBe('RESTORE.OTHER_CONTENT');
  });

  it('stand for a state that nothing new is sent from when its pushes come again', () => {
    const restored = foldedBack(undefined, state.facts);
    if (typeof restored === 'string') throw new Error(restored);
    const again = takeIntake(unchanged({ ...knownDossier().state, facts: restored }), intakeOf({
      papers: { components: [{ code: 'TP-01', digitised: true, reused: 2, fromPersonalStore: true }], accountVerified: true, databases: ['A'] }, backfill: true,
    }));
    expect(again.change.facts).toEqual([]);
  });
});
