import { instantOf, type Instant } from '@index766/kernel';
import * as fc from 'fast-check';
import type { DocumentFact } from './facts';
import { foldDocuments } from './fold';
import { documentStanding, nextChangeAfter } from './standing';
import { statementsOf } from './statements';
import { factsOf, october, type Told } from './test/document-facts';
import { INSTANT_OF_KIND, NO_DOCUMENTS } from './view';

const RUNS = { seed: 766, numRuns: 400 };

const instant: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: 20 }).map((hours) => instantOf(october('05 00:00') + hours * 3_600_000));
const component = fc.constantFrom({}, { component: 'TP-01' }, { component: 'TP-01', attachment: '1' }, { component: 'TP-02' });
const populationData = fc.constantFrom({ by: 'verified-account' as const }, { by: 'population-database' as const, database: 'CSDL' });
const retracted = fc.constantFrom({}, {}, { retracted: true as const });
const result = fc.constantFrom({ result: 'KQ-1' }, { result: 'KQ-2' });
const by = fc.constantFrom('desk' as const, 'push' as const);

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.tuple(
    fc.constantFrom('component-digitised' as const, 'component-reused' as const, 'component-taken-from-personal-store' as const),
    instant, fc.tuple(component, retracted).map(([of, back]) => ({ ...of, ...back })), by,
  ),
  fc.tuple(fc.constant('population-data-used' as const), instant, fc.tuple(populationData, retracted).map(([of, back]) => ({ ...of, ...back })), by),
  fc.tuple(fc.constant('electronic-result-issued' as const), instant, fc.oneof(result, fc.constant({})), by),
  fc.tuple(fc.constantFrom('result-signed' as const, 'result-archived' as const, 'result-linked-to-personal-store' as const), instant, result),
);
const facts: fc.Arbitrary<readonly DocumentFact[]> = fc.array(told, { maxLength: 14 }).map((each) => factsOf(...each));
const retold = (all: readonly DocumentFact[]): readonly Told[] =>
  all.map(({ kind, occurredAt, body, timeBasis }) => [kind, occurredAt, body, timeBasis === 'stated' ? 'desk' : 'push'] as Told);
const NAMES = Object.keys(NO_DOCUMENTS) as readonly (keyof typeof NO_DOCUMENTS)[];

describe('the papers of a dossier', () => {
  it('fold to the same bytes in any order of their facts, each once or twice', () => {
    const shuffled = facts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })));
    fc.assert(fc.property(shuffled, ([all, other]) => {
      expect(JSON.stringify(foldDocuments(other))).toBe(JSON.stringify(foldDocuments(all)));
      expect(JSON.stringify(statementsOf(other))).toBe(JSON.stringify(statementsOf(all)));
    }), RUNS);
  });

  it('are so from the first of their statements on, and from no other instant', () => {
    fc.assert(fc.property(facts, (all) => {
      const view = foldDocuments(all);
      for (const name of NAMES) {
        const instants = statementsOf(all).flatMap(({ kind, at }) => (INSTANT_OF_KIND[kind] === name && at !== null ? [at] : []));
        expect(view[name]).toBe(instants.length === 0 ? null : Math.min(...instants));
      }
    }), RUNS);
  });

  it('keep what a desk stated, whatever pushes say afterwards', () => {
    fc.assert(fc.property(facts, fc.array(told, { maxLength: 6 }), (all, more) => {
      const pushed = more.filter(([, , , from]) => from === 'push');
      const before = documentStanding(foldDocuments(all.filter(({ timeBasis, body }) => timeBasis === 'stated' && !('retracted' in body))), october('31 00:00'));
      const after = documentStanding(foldDocuments(factsOf(...retold(all), ...pushed)), october('31 00:00'));
      for (const name of Object.keys(before) as readonly (keyof typeof before)[]) expect(after[name] || !before[name]).toBe(true);
    }), RUNS);
  });

  it('stand still between two changes', () => {
    fc.assert(fc.property(facts, instant, (all, at) => {
      const view = foldDocuments(all);
      const next = nextChangeAfter(view, at) ?? october('31 00:00');
      expect(documentStanding(view, next)).toEqual(documentStanding(view, instantOf(at + 1)));
    }), RUNS);
  });
});
