import { instantOf, type Instant, type PetitionId } from '@index766/kernel';
import { isDissatisfied, type Verdict } from './facts';
import { foldFeedback } from './fold';
import { findRatingAt, hasPetitionAt, isDissatisfiedAt, nextChangeAfter } from './standing';
import { factsOf, october, type Told } from './test/feedback-facts';

const petition = 'PAKN.1' as PetitionId;
const rated = (verdict: Verdict, at: string, rating = '1'): Told => ['dossier-rated', october(at), { rating, verdict }];
const withdrawn = (at: string, rating = '1'): Told => ['rating-withdrawn', october(at), { rating }];
const linked = (at: string): Told => ['petition-linked', october(at), { petition }];
const unlinked = (at: string): Told => ['petition-unlinked', october(at), { petition }];

const viewOf = (...told: readonly Told[]) => foldFeedback(factsOf(...told));
const after = (at: Instant): Instant => instantOf(at + 1);
const END = october('31 00:00');

describe('a rating', () => {
  it.each<[Verdict, boolean]>([[1, true], [2, true], [3, false], [4, false], [5, false], ['like', false], ['dislike', true]])(
    'of %s is dissatisfied: %s', (verdict, dissatisfied) => {
      expect([isDissatisfied(verdict), isDissatisfiedAt(viewOf(rated(verdict, '05 09:00')), END)]).toEqual([dissatisfied, dissatisfied]);
    },
  );

  it('counts from the instant after it was given', () => {
    const view = viewOf(rated(1, '05 09:00'));
    expect([isDissatisfiedAt(view, october('05 09:00')), isDissatisfiedAt(view, after(october('05 09:00')))]).toEqual([false, true]);
  });

  it('that is changed counts in its last verdict, each from its own instant on', () => {
    const view = viewOf(rated(5, '08 09:00'), rated(1, '05 09:00'));
    expect([isDissatisfiedAt(view, october('07 00:00')), isDissatisfiedAt(view, END)]).toEqual([true, false]);
  });

  it('that is withdrawn counts up to then and never again', () => {
    const view = viewOf(rated(1, '05 09:00'), withdrawn('06 09:00'), rated(1, '07 09:00'));
    expect([isDissatisfiedAt(view, october('06 09:00')), isDissatisfiedAt(view, after(october('06 09:00'))), isDissatisfiedAt(view, END)]).toEqual([true, false, false]);
  });

  it('that is withdrawn brings no earlier one back, and makes room for another', () => {
    const both = viewOf(rated(1, '05 09:00'), rated(5, '06 09:00', '2'), withdrawn('07 09:00', '2'));
    expect(findRatingAt(both, END)).toBeUndefined();
    expect(findRatingAt(viewOf(rated(1, '05 09:00'), withdrawn('06 09:00'), rated(4, '07 09:00', '2')), END)).toMatchObject({ rating: '2', verdict: 4 });
  });

  it('that was never given cannot be withdrawn', () => {
    expect(viewOf(withdrawn('05 09:00'))).toEqual({ ratings: [], petitions: [] });
  });

  it('that was withdrawn at its own instant never counted', () => {
    expect(viewOf(rated(1, '05 09:00'), withdrawn('05 09:00')).ratings).toEqual([]);
  });
});

describe('a petition', () => {
  it('counts while it is linked, whatever the rating', () => {
    const view = viewOf(rated(5, '05 09:00'), linked('06 09:00'), unlinked('08 09:00'));
    expect(['06 09:00', '08 09:00', '09 00:00'].map((at) => isDissatisfiedAt(view, october(at)))).toEqual([false, true, false]);
  });

  it('that is linked anew counts anew; linked twice it is one', () => {
    const view = viewOf(linked('05 09:00'), linked('05 10:00'), unlinked('06 09:00'), linked('07 09:00'));
    expect(view.petitions.map(({ from, to }) => [from, to])).toEqual([[october('05 09:00'), october('06 09:00')], [october('07 09:00'), null]]);
    expect([hasPetitionAt(view, october('06 12:00')), hasPetitionAt(view, END)]).toEqual([false, true]);
  });
});

it('the next change is the first instant after which an answer may differ', () => {
  const view = viewOf(rated(1, '05 09:00'), linked('06 09:00'), rated(4, '07 09:00'), unlinked('08 09:00'));
  const changes: Instant[] = [];
  for (let at: Instant | null = instantOf(0); at !== null; at = nextChangeAfter(view, at)) changes.push(at);
  expect(changes.slice(1)).toEqual(['05 09:00', '06 09:00', '07 09:00', '08 09:00'].map(october));
});
