import { documentStanding, foldDocuments, statementsOf, thingOf, type DocumentFact } from '@index766/document-life';
import { holesOf } from '@index766/intake';
import type { Instant } from '@index766/kernel';
import * as fc from 'fast-check';
import { DOSSIER, intakeOf, knownDossier } from '../test/arrivals';
import { END, RECEIPT, october } from '../test/dossier-records';
import { decideCommand, type DocumentCommand } from './document-command';
import { emptyDocuments, unchanged, type DocumentsChange, type DocumentsState } from './documents-state';
import type { StatedComponent, StatedPapers } from './stated-papers';
import { takeIntake, type IntakeRecord } from './take-intake';

const start = (): DocumentsChange => unchanged(emptyDocuments(DOSSIER));
const after = (records: readonly IntakeRecord[], change = start()): DocumentsChange => records.reduce((known, record) => takeIntake(known, record).change, change);
const told = ({ facts }: DocumentsChange) => facts.map(({ kind, body }) => [kind, ...Object.values(body)].join(' '));
const papersOf = (...components: readonly StatedComponent[]): Partial<StatedPapers> => ({ components });
const standingOf = ({ state }: DocumentsChange) => documentStanding(foldDocuments(state.facts), october('31 00:00'));
const digitised = { code: 'TP-01', attachment: '1', digitised: true };

describe('a record of the intake topic', () => {
  it('that is known is a duplicate, with another content a conflict, and neither changes anything', () => {
    const known = after([intakeOf({ papers: papersOf(digitised) })]);
    expect(takeIntake(known, intakeOf({ papers: papersOf(digitised) }))).toEqual({ change: known, outcome: 'duplicate' });
    expect(takeIntake(known, intakeOf({ papers: papersOf() }))).toEqual({ change: known, outcome: 'conflict' });
  });

  it('above a gap counts at once, and the gap is known', () => {
    const known = after([intakeOf({ sequence: 3, papers: papersOf(digitised) })]);
    expect([told(known), holesOf(known.state)]).toEqual([['component-digitised TP-01 1'], [1, 2]]);
    expect(holesOf(after([intakeOf({ sequence: 1 }), intakeOf({ sequence: 2 })], known).state)).toEqual([]);
  });

  it('takes its instants from the receipt, or from the end, and from its own recording, and says so', () => {
    expect(after([intakeOf({ papers: papersOf(digitised), results: [{ code: 'KQ-1', hasFile: true }], backfill: true })]).facts).toMatchObject([
      { kind: 'component-digitised', occurredAt: RECEIPT, recordedAt: october('05 09:00'), timeBasis: 'inferred', backfill: true, sequence: 1 },
      { kind: 'electronic-result-issued', occurredAt: END, timeBasis: 'inferred', sequence: 2 },
    ]);
  });
});

describe('what a snapshot says', () => {
  it.each<[string, Parameters<typeof intakeOf>[0], readonly string[]]>([
    ['DuocSoHoa 1: digitised', { papers: papersOf(digitised) }, ['component-digitised TP-01 1']],
    ['DuocSoHoa 0: not so, and nothing to take back', { papers: papersOf({ ...digitised, digitised: false }) }, []],
    ['DuocTaiSuDung 1: reused', { papers: papersOf({ code: 'TP-01', reused: 1 }) }, ['component-reused TP-01']],
    ['DuocTaiSuDung 2: reused', { papers: papersOf({ code: 'TP-01', reused: 2 }) }, ['component-reused TP-01']],
    ['DuocTaiSuDung 0: not reused', { papers: papersOf({ code: 'TP-01', reused: 0 }) }, []],
    ['DuocLayTuKhoDMQG 1: from the personal store', { papers: papersOf({ attachment: '1', fromPersonalStore: true }) }, ['component-taken-from-personal-store 1']],
    ['IsDeleted 1: the file does not count', { papers: papersOf({ ...digitised, reused: 1, fromPersonalStore: true, deleted: true }) }, []],
    ['a deleted file beside one of the same component', { papers: papersOf({ code: 'TP-01', digitised: true }, { code: 'TP-01', digitised: true, deleted: true }) }, ['component-digitised TP-01']],
    ['a component without any code: one that is not named', { papers: papersOf({ digitised: true }) }, ['component-digitised']],
    ['HoSoCoThanhPhanSoHoa 1 without components', { papers: { hasDigitisedComponents: true } }, ['component-digitised']],
    ['HoSoCoThanhPhanSoHoa 1 beside components that were not digitised', { papers: { ...papersOf({ code: 'TP-01', digitised: false }), hasDigitisedComponents: true } }, ['component-digitised']],
    ['HoSoCoThanhPhanSoHoa 0 beside a digitised component', { papers: { ...papersOf(digitised), hasDigitisedComponents: false } }, ['component-digitised TP-01 1']],
    ['TaiKhoanDuocXacThucVoiVNeID 1', { papers: { accountVerified: true } }, ['population-data-used verified-account']],
    ['TaiKhoanDuocXacThucVoiVNeID 0', { papers: { accountVerified: false } }, []],
    ['DSKetNoiCSDL', { papers: { databases: ['A', 'B', 'A'] } }, ['population-data-used population-database A', 'population-data-used population-database B']],
    ['a result with a file', { results: [{ code: 'KQ-1', document: '815', hasFile: true }] }, ['electronic-result-issued KQ-1']],
    ['a result that only GiayToId names', { results: [{ document: '815', hasFile: true }] }, ['electronic-result-issued 815']],
    ['a result that nothing names', { results: [{ hasFile: true }] }, ['electronic-result-issued']],
    ['a result without a file', { results: [{ code: 'KQ-1', hasFile: false }] }, []],
    ['nothing', {}, []],
  ])('%s', (_rule, said, facts) => expect(told(after([intakeOf(said)]))).toEqual(facts));
});

describe('a later snapshot', () => {
  const first = intakeOf({ papers: { ...papersOf({ ...digitised, reused: 1 }), accountVerified: true, databases: ['A'] }, results: [{ code: 'KQ-1', hasFile: true }] });
  const later = (said: Parameters<typeof intakeOf>[0]) => intakeOf({ sequence: 2, latestAt: '09 10:00', ...said });
  const second = (said: Parameters<typeof intakeOf>[0]) => told(after([first, later(said)])).slice(5);

  it('that says the same says nothing new', () => {
    expect(second({ papers: { ...papersOf({ ...digitised, reused: 2 }), accountVerified: true, databases: ['A'] }, results: [{ code: 'KQ-1', hasFile: true }] })).toEqual([]);
  });

  it('that does not mention something retracts nothing', () => {
    expect(second({ papers: {}, results: [{ code: 'KQ-1', hasFile: false }] })).toEqual([]);
  });

  it.each<[string, Partial<StatedPapers>, readonly string[]]>([
    ['0 takes that one word back', papersOf({ ...digitised, digitised: false }), ['component-digitised TP-01 1 true']],
    ['a deleted file takes back all of it', papersOf({ code: 'TP-01', attachment: '1', deleted: true }), ['component-digitised TP-01 1 true', 'component-reused TP-01 1 true']],
    ['an account that is not verified', { accountVerified: false }, ['population-data-used verified-account true']],
  ])('%s', (_rule, papers, facts) => expect(second({ papers })).toEqual(facts));

  it('may say it again', () => {
    const known = after([first, later({ papers: papersOf({ ...digitised, digitised: false }) }), intakeOf({ sequence: 3, latestAt: '10 10:00', papers: papersOf(digitised) })]);
    expect([told(known).slice(5), standingOf(known).digitised]).toEqual([['component-digitised TP-01 1 true', 'component-digitised TP-01 1'], true]);
  });

  it('corrects the instant with the receipt', () => {
    const known = after([first, later({ papers: papersOf(digitised), receivedAt: '06 08:30' })]);
    expect(foldDocuments(known.state.facts).digitisedAt).toBe(october('06 08:30'));
  });

  it('that knows less corrects nothing and adds what is missing', () => {
    const known = after([intakeOf({ latestAt: '09 10:00', papers: papersOf(digitised) }), intakeOf({ sequence: 2, papers: papersOf({ ...digitised, digitised: false, fromPersonalStore: true }) })]);
    expect(told(known)).toEqual(['component-digitised TP-01 1', 'component-taken-from-personal-store TP-01 1']);
  });
});

const command = (kind: 'digitise-component' | 'reuse-component', at = '07 10:00'): DocumentCommand => ({ command: kind, body: { component: 'TP-01', attachment: '1' }, occurredAt: october(at) });
const commanded = (state: DocumentsState, given: DocumentCommand): DocumentsState => {
  const decided = decideCommand(state, given, october('20 12:00'));
  if (!decided.ok) throw new Error(decided.error.code);
  return decided.value.state;
};

it('what a desk stated stands, whatever pushes say', () => {
  const stated = commanded(knownDossier().state, command('digitise-component'));
  const known = after([intakeOf({ papers: papersOf(digitised) }), intakeOf({ sequence: 2, latestAt: '09 10:00', papers: papersOf({ ...digitised, digitised: false }) })], unchanged(stated));
  expect(foldDocuments(known.state.facts).digitisedAt).toBe(october('07 10:00'));
});

type Arrival = (state: DocumentsState) => DocumentsState;
const byPush = (record: IntakeRecord): Arrival => (state) => takeIntake(unchanged(state), record).change.state;
const byDesk = (given: DocumentCommand): Arrival => (state) => commanded(state, given);

const flag = fc.constantFrom(true, false, undefined);
const component: fc.Arbitrary<StatedComponent> = fc.record({
  code: fc.constantFrom('TP-01', 'TP-02', undefined), attachment: fc.constantFrom('1', undefined), digitised: flag,
  reused: fc.constantFrom(0 as const, 1 as const, 2 as const, undefined), fromPersonalStore: flag, deleted: fc.constantFrom(true, false, undefined, undefined),
});
const record = fc.record({
  day: fc.integer({ min: 6, max: 9 }), status: fc.integer({ min: 0, max: 3 }), receivedAt: fc.constantFrom('05 08:30', '06 08:30'),
  papers: fc.option(fc.record({ components: fc.array(component, { maxLength: 3 }), hasDigitisedComponents: flag, accountVerified: flag, databases: fc.subarray(['A', 'B']) }), { nil: undefined }),
  results: fc.option(fc.array(fc.record({ code: fc.constantFrom('KQ-1', undefined), hasFile: fc.boolean() }), { maxLength: 2 }), { nil: undefined }),
});
const records = fc.array(record, { maxLength: 6 }).map((all) => all.map(({ day, papers, results, ...said }, index) =>
  intakeOf({ ...said, sequence: index + 1, latestAt: `0${day} 10:00`, ...(papers === undefined ? {} : { papers }), ...(results === undefined ? {} : { results }) })));
const commands = fc.array(fc.tuple(fc.constantFrom('digitise-component' as const, 'reuse-component' as const), fc.constantFrom('06 10:00', '07 10:00')), { maxLength: 3 })
  .map((all) => all.map(([kind, at]) => command(kind, at)));
const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });
const ordered = (arrivals: readonly Arrival[], state = emptyDocuments(DOSSIER)) => arrivals.reduce((known, arrive) => arrive(known), state);

/** What a state amounts to: everything that is so, and what pushes say. */
function amountOf({ facts, words }: DocumentsState) {
  return {
    so: statementsOf(facts).filter(({ at }) => at !== null).map(({ kind, about, at }) => [thingOf(kind, about), at]),
    words: Object.fromEntries(Object.entries(words).map(([thing, { at, rank }]) => [thing, { at, rank }])),
  };
}

describe('whatever the order in which everything comes', () => {
  it('pushes and commands amount to the same', () => {
    const both = fc.tuple(records, commands).map(([pushed, given]) => [...pushed.map(byPush), ...given.map(byDesk)]);
    fc.assert(fc.property(both.chain((all) => fc.tuple(fc.constant(all), shuffled(all))), ([all, other]) => {
      expect(amountOf(ordered(other))).toEqual(amountOf(ordered(all)));
    }), { seed: 766, numRuns: 300 });
  });

  it('everything twice leads to nothing more', () => {
    fc.assert(fc.property(records, commands, (pushed, given) => {
      const all = [...pushed.map(byPush), ...given.map(byDesk)];
      const once = ordered(all);
      expect(ordered(all, once)).toEqual(once);
    }), { seed: 766, numRuns: 200 });
  });

  it('the facts of pushes say what their words say', () => {
    fc.assert(fc.property(records, (pushed) => {
      const { facts, words } = ordered(pushed.map(byPush));
      const pushedAt = new Map(statementsOf(facts).map((statement) => [thingOf(statement.kind, statement.about), statement.pushedAt]));
      for (const [thing, { at }] of Object.entries(words)) expect([thing, pushedAt.get(thing) ?? null]).toEqual([thing, at]);
    }), { seed: 766, numRuns: 200 });
  });

  it('facts are numbered without gaps, and never recorded before the one before', () => {
    fc.assert(fc.property(records, commands, (pushed, given) => {
      const { facts } = ordered([...given.map(byDesk), ...pushed.map(byPush)]);
      expect(facts.map(({ sequence }) => sequence)).toEqual(facts.map((_, index) => index + 1));
      facts.slice(1).forEach((fact, index) => expect(fact.recordedAt).toBeGreaterThanOrEqual(facts[index]?.recordedAt ?? 0));
    }), { seed: 766, numRuns: 100 });
  });
});

describe('after a restore of facts that a copy of the state lacks', () => {
  const instants = ({ facts }: { readonly facts: readonly DocumentFact[] }): readonly Instant[] => facts.map(({ recordedAt }) => recordedAt);

  it('the same records, read again from the first on, lead to no further facts', () => {
    fc.assert(fc.property(records, commands, fc.nat(), (pushed, given, cut) => {
      const arrivals = [...pushed.map(byPush), ...given.map(byDesk)];
      const { facts, words } = ordered(arrivals);
      const copy = ordered(arrivals.slice(0, cut % (pushed.length + 1)));
      const again = ordered(pushed.map(byPush), { ...copy, facts });
      expect([again.facts, instants(again)]).toEqual([facts, instants({ facts })]);
      expect(again.words).toEqual(words);
    }), { seed: 766, numRuns: 300 });
  });

  it('pushes that left no fact in the topic lead to theirs', () => {
    fc.assert(fc.property(records, fc.nat(), (pushed, cut) => {
      const all = ordered(pushed.map(byPush));
      const some = all.facts.slice(0, cut % (all.facts.length + 1));
      const again = ordered(pushed.map(byPush), { ...emptyDocuments(DOSSIER), facts: some });
      expect(again).toEqual(all);
    }), { seed: 766, numRuns: 300 });
  });

  it('words that come in another order than they did first are recorded where the facts end with another one', () => {
    const [first, second] = [intakeOf({ papers: papersOf(digitised) }), intakeOf({ sequence: 2, latestAt: '09 10:00', papers: papersOf(digitised), receivedAt: '06 08:30' })];
    const lacking = unchanged({ ...emptyDocuments(DOSSIER), facts: after([first]).facts });
    expect(foldDocuments(after([second, first], lacking).state.facts).digitisedAt).toBe(october('06 08:30'));
  });

  it('an order that is not the first one still ends with what the words say', () => {
    fc.assert(fc.property(records.chain((all) => fc.tuple(fc.constant(all), shuffled(all))), ([pushed, other]) => {
      const { facts } = ordered(pushed.map(byPush));
      const again = ordered(other.map(byPush), { ...emptyDocuments(DOSSIER), facts });
      expect(amountOf(again)).toEqual(amountOf(ordered(pushed.map(byPush))));
    }), { seed: 766, numRuns: 300 });
  });
});
