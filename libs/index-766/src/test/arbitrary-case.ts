import type { DocumentFactKind } from '@index766/document-life';
import type { Verdict } from '@index766/feedback-life';
import { lifeStory } from '@index766/testing-unit';
import fc from 'fast-check';
import { CaseStory, type CaseFacts } from './case-story';

const KINDS: readonly DocumentFactKind[] = [
  'component-digitised', 'component-reused', 'component-taken-from-personal-store', 'population-data-used', 'electronic-result-issued',
  'result-signed', 'result-archived', 'result-linked-to-personal-store',
];
const UNITS = ['H44.113', 'H44.114', 'H44.115'] as const;

/** An instant of August to November 2026, as `LifeStory` reads it. */
const whens = fc.tuple(fc.integer({ min: 8, max: 11 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 23 }))
  .map(([month, day, hour]) => `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} ${String(hour).padStart(2, '0')}:00`);
const maybe = fc.option(whens, { nil: undefined });

const happenings = fc.record({
  receivedAt: whens, unit: fc.constantFrom(...UNITS), procedure: fc.constantFrom('A', 'B', 'C'),
  channel: fc.constantFrom('online', 'in-person', 'postal'), pushed: fc.boolean(),
  due: maybe, finished: maybe, transferred: maybe, asked: maybe, fee: fc.option(fc.constantFrom(0, 8000), { nil: undefined }), waived: maybe,
  paid: maybe, inCash: fc.boolean(), refunded: maybe, papers: fc.array(fc.tuple(fc.constantFrom(...KINDS), whens), { maxLength: 4 }),
  rated: maybe, verdict: fc.constantFrom<Verdict>(1, 2, 3, 5, 'dislike', 'like'), withdrawn: maybe, petition: maybe,
} as const);

/** Cases of a few units around October 2026 in which anything may have happened. */
export const arbitraryCases = fc.array(happenings, { maxLength: 8 }).map((all) => all.map((each, index): CaseFacts => {
  const life = lifeStory(`${each.unit}-${index}`).received(each.receivedAt, each);
  if (each.due !== undefined) life.due(each.receivedAt, each.due);
  if (each.transferred !== undefined) life.transferred('H44.115', each.transferred);
  if (each.asked !== undefined) life.supplementAsked('s1', each.asked);
  if (each.finished !== undefined) life.finished(each.finished);
  const story = new CaseStory(life);
  if (each.fee !== undefined) story.fee(each.receivedAt, each.fee);
  if (each.waived !== undefined) story.waived(each.waived);
  if (each.paid !== undefined) story.paid(each.paid, each.inCash ? 'cash' : 'province-gateway');
  if (each.refunded !== undefined) story.refunded(each.refunded);
  for (const [kind, at] of each.papers) story.paper(kind, at);
  if (each.rated !== undefined) story.rated(each.rated, each.verdict);
  if (each.withdrawn !== undefined) story.ratingWithdrawn(each.withdrawn);
  if (each.petition !== undefined) story.petition(each.petition);
  return story.facts();
}));
