import { instantOf, type Instant, type PetitionId } from '@index766/kernel';
import * as fc from 'fast-check';
import { foldPetition } from './fold';
import { judgePetitionAt, petitionWakeAt } from './judge';
import { OTHER_UNIT, UNIT, calendarOf, factsOf, october, type Told } from './test/petition-facts';

const RUNS = { seed: 766, numRuns: 400 };
const PERIOD = { start: october('01 00:00'), end: october('31 00:00') };

const instant: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: 50 }).map((halfDays) => instantOf(october('05 00:00') + halfDays * 43_200_000));
const unit = fc.constantFrom(UNIT, OTHER_UNIT);
const petitionClass = fc.constantFrom('rules' as const, 'conduct' as const, 'other' as const);
const by = fc.constantFrom('P-2' as PetitionId, 'P-3' as PetitionId);
const nothing = fc.constant({});

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.tuple(fc.constant('petition-received' as const), instant, fc.record({ unit, class: petitionClass })),
  fc.tuple(fc.constant('petition-classified' as const), instant, fc.record({ class: petitionClass })),
  fc.tuple(fc.constant('petition-transferred' as const), instant, fc.record({ unit })),
  fc.tuple(fc.constant('petition-refused' as const), instant, nothing),
  fc.tuple(fc.constant('petition-supplement-requested' as const), instant, nothing),
  fc.tuple(fc.constant('petition-supplement-completed' as const), instant, nothing),
  fc.tuple(fc.constant('petition-answered' as const), instant, nothing),
  fc.tuple(fc.constant('petition-published' as const), instant, nothing),
  fc.tuple(fc.constant('answer-rated' as const), instant, fc.record({ satisfied: fc.boolean() })),
  fc.tuple(fc.constant('petition-about-changed' as const), instant, nothing),
  fc.tuple(fc.constant('petition-repeated' as const), instant, fc.record({ by })),
  fc.tuple(fc.constant('petition-repeat-withdrawn' as const), instant, fc.record({ by })),
);
const first: Told = ['petition-received', october('05 08:30'), { unit: UNIT, class: 'conduct' }];
const allTold = fc.array(told, { maxLength: 12 }).map((rest): readonly Told[] => [first, ...rest]);
const shuffled = allTold.map((each) => factsOf(...each)).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })));

describe('a petition', () => {
  it('folds to the same bytes in any order of its facts', () => {
    fc.assert(fc.property(shuffled, ([all, other]) => {
      expect(JSON.stringify(foldPetition(other))).toBe(JSON.stringify(foldPetition(all)));
    }), RUNS);
  });

  it('counts at T by what happened up to T', () => {
    fc.assert(fc.property(allTold, instant, (each, at) => {
      // A class is corrected from the receipt on, whenever that was.
      const happened = each.filter(([kind, occurredAt]) => occurredAt <= at || kind === 'petition-classified');
      const judgedBy = (facts: readonly Told[]) => judgePetitionAt(foldPetition(factsOf(...facts)), PERIOD, at, calendarOf);
      const { dueAt: _all, ...all } = judgedBy(each);
      const { dueAt: _some, ...some } = judgedBy(happened);
      expect(all).toEqual(some);
    }), RUNS);
  });

  it('stands still between two instants at which it wakes', () => {
    fc.assert(fc.property(allTold, instant, (each, at) => {
      const view = foldPetition(factsOf(...each));
      const wake = petitionWakeAt(view, at, calendarOf) ?? PERIOD.end;
      const before = instantOf(Math.min(wake, PERIOD.end) - 1);
      if (before <= at) return;
      const { dueAt: _then, ...then } = judgePetitionAt(view, PERIOD, before, calendarOf);
      const { dueAt: _now, ...now } = judgePetitionAt(view, PERIOD, at, calendarOf);
      expect(then).toEqual(now);
    }), RUNS);
  });

  it('is never both on time and late, and late is dissatisfying: 5.3 is never above 5.2', () => {
    fc.assert(fc.property(allTold, instant, (each, at) => {
      const { belongs, onTime, late, dissatisfied } = judgePetitionAt(foldPetition(factsOf(...each)), PERIOD, at, calendarOf);
      expect(onTime !== late).toBe(belongs);
      expect(late && !dissatisfied).toBe(false);
    }), RUNS);
  });

  it('counts otherwise by a word on the answer in 5.3 alone', () => {
    fc.assert(fc.property(allTold, instant, fc.boolean(), (each, at, satisfied) => {
      const judgedBy = (facts: readonly Told[]) => judgePetitionAt(foldPetition(factsOf(...facts)), PERIOD, PERIOD.end, calendarOf);
      const { ratedUnsatisfied: _before, dissatisfied: _wasDissatisfied, ...before } = judgedBy(each);
      const { ratedUnsatisfied: _after, dissatisfied: _isDissatisfied, ...after } = judgedBy([...each, ['answer-rated', at, { satisfied }]]);
      expect(after).toEqual(before);
    }), RUNS);
  });
});
