import { foldDossier } from '@index766/dossier-life';
import fc from 'fast-check';
import { sourcePushes } from '../test/dossier-lives';
import { DOSSIER, contentsOf, pushedAll, type PushElement } from '../test/pushes';

const RUNS = { seed: 766, numRuns: 400 };

/** Pushes of one dossier, and the same ones in another order. */
const shuffledPushes = sourcePushes(DOSSIER).chain((elements) =>
  fc.tuple(fc.constant(elements), fc.shuffledSubarray([...elements], { minLength: elements.length })),
);

const wholeOf = (elements: readonly PushElement[]) => pushedAll(elements).state;

describe('pushes that do not contradict each other', () => {
  it('amount to the same facts in every order', () => {
    fc.assert(
      fc.property(shuffledPushes, ([elements, shuffled]) => {
        expect(contentsOf(wholeOf(shuffled).facts)).toEqual(contentsOf(wholeOf(elements).facts));
      }),
      RUNS,
    );
  });

  it('amount to the same view in every order', () => {
    fc.assert(
      fc.property(shuffledPushes, ([elements, shuffled]) => {
        // Facts are numbered as they come: what names one by its sequence names the same one otherwise.
        const view = (pushes: readonly PushElement[]) => {
          const { flags, ...rest } = foldDossier(wholeOf(pushes).facts);
          return { ...rest, uncounted: [], flags: flags.map((flag) => ({ ...flag, sequence: 0 })) };
        };
        expect(view(shuffled)).toEqual(view(elements));
      }),
      RUNS,
    );
  });

  it('say nothing new when they come again, in whatever order', () => {
    fc.assert(
      fc.property(shuffledPushes, ([elements, shuffled]) => {
        const first = pushedAll(elements);
        const again = pushedAll(shuffled, undefined, { ...first, facts: [], intake: [] });
        expect(again.facts).toEqual([]);
        expect(again.state).toBe(first.state);
      }),
      RUNS,
    );
  });

  it('amount to what the last of them says alone', () => {
    fc.assert(
      fc.property(sourcePushes(DOSSIER), (elements) => {
        const last = elements.findLastIndex((element) => !('NgayBatDau' in element));
        const steps = elements.filter((element) => 'NgayBatDau' in element);
        expect(contentsOf(wholeOf([...elements.slice(last, last + 1), ...steps]).facts)).toEqual(contentsOf(wholeOf(elements).facts));
      }),
      RUNS,
    );
  });
});
