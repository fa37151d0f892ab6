import { MILLISECONDS_PER_DAY, type Instant, type UnitCode } from '@index766/kernel';
import { ARBITRARY_OFFICERS, ARBITRARY_SPAN, arbitraryArrival, arbitraryInstant, arbitraryLife, arbitraryLives } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';
import fc from 'fast-check';

import { decideFacts, type ProposedFact } from './decide';
import type { DossierFact } from './facts';
import { flowsOf, type Flows } from './flows';
import { foldDossier } from './fold';
import { compareFacts } from './fold-order';
import { holderIn } from './holder';
import { judgeAt } from './judge';
import { lateOfficers, type LateOfficerList } from './late-officers';
import { contextAt } from './test/decided';
import type { DossierView } from './view';
import { wakeAt } from './wake';

const RUNS = { seed: 766, numRuns: 200 };
const calendar = calendarFor(VIETNAM_CALENDAR, []);
/** Whole days of the span, any length. */
const period = fc
  .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 90 }))
  .map(([first, days]) => {
    const start = (ARBITRARY_SPAN.start + first * MILLISECONDS_PER_DAY) as Instant;
    return { start, end: (start + days * MILLISECONDS_PER_DAY) as Instant };
  });
const foldAll = (lives: readonly (readonly DossierFact[])[]) => lives.map((facts) => foldDossier(facts));

describe('the fold', () => {
  it('gives one view for every order and repetition of the same facts', () => {
    fc.assert(
      fc.property(arbitraryLife().chain((facts) => fc.tuple(fc.constant(facts), arbitraryArrival<DossierFact>(facts))), ([facts, arrived]) => {
        expect(foldDossier(arrived)).toEqual(foldDossier(facts));
      }),
      RUNS,
    );
  });

  it('gives the same view at K whenever the facts known by K have arrived', () => {
    fc.assert(
      fc.property(arbitraryLife(), arbitraryInstant(), (facts, known) => {
        const knownBy = (fact: DossierFact) => fact.recordedAt <= known;
        const byThen = facts.filter(knownBy);
        fc.pre(byThen.length > 0);
        expect(foldDossier(facts, { knownBy })).toEqual(foldDossier(byThen));
      }),
      RUNS,
    );
  });

  it('is plain data: writing and reading it changes nothing', () => {
    fc.assert(
      fc.property(arbitraryLife(), (facts) => {
        const view = foldDossier(facts);
        expect(JSON.parse(JSON.stringify(view))).toEqual(view);
      }),
      RUNS,
    );
  });

  it('marks only facts that it was given, and never the ones that a figure is made of', () => {
    fc.assert(
      fc.property(arbitraryLife(), (facts) => {
        const { uncounted, receivedAt, holders, waits } = foldDossier(facts);
        expect(uncounted.every(({ sequence }) => facts.some((fact) => fact.sequence === sequence))).toBe(true);
        expect(receivedAt === null || holders[0]?.from === receivedAt).toBe(true);
        expect(waits.every(({ from, to }) => to === null || to >= from)).toBe(true);
      }),
      RUNS,
    );
  });

  it('has an order that is total', () => {
    fc.assert(
      fc.property(arbitraryLife().chain((facts) => fc.tuple(fc.constant(facts), arbitraryArrival<DossierFact>(facts))), ([facts, arrived]) => {
        const sorted = [...facts].sort(compareFacts);
        const places = new Set<number>();
        const distinct = arrived.sort(compareFacts).filter(({ sequence }) => !places.has(sequence) && places.add(sequence).size > 0);
        expect(distinct).toEqual(sorted);
      }),
      RUNS,
    );
  });
});

describe('judging', () => {
  const always = { start: ARBITRARY_SPAN.start, end: (ARBITRARY_SPAN.end + 1_000 * MILLISECONDS_PER_DAY) as Instant };

  it('stays as it is until the view wakes', () => {
    fc.assert(
      fc.property(arbitraryLife(), arbitraryInstant(), arbitraryInstant(), (facts, at, later) => {
        const view = foldDossier(facts);
        const wake = wakeAt(view, at);
        fc.pre(later > at && (wake === null || later < wake));
        expect(judgeAt(view, always, later)).toEqual(judgeAt(view, always, at));
        fc.pre(judgeAt(view, always, at).belongs);
        expect(holderIn(view, always, later)).toBe(holderIn(view, always, at));
      }),
      RUNS,
    );
  });

  /** Without corrections and voids, which take effect from what they are about, and without what does not count. */
  const counted = (facts: readonly DossierFact[]): readonly DossierFact[] => {
    const plain = facts.filter(({ kind }) => kind !== 'dossier-corrected' && kind !== 'dossier-voided');
    const marked = new Set(plain.length === 0 ? [] : foldDossier(plain).uncounted.map(({ sequence }) => sequence));
    return marked.size === 0 ? plain : counted(plain.filter(({ sequence }) => !marked.has(sequence)));
  };

  it('at T sees nothing of what happened later', () => {
    fc.assert(
      fc.property(arbitraryLife(), arbitraryInstant(), (facts, at) => {
        const all = counted(facts);
        const byThen = all.filter(({ occurredAt }) => occurredAt <= at);
        fc.pre(byThen.length > 0);
        expect(judgeAt(foldDossier(byThen), always, at)).toEqual(judgeAt(foldDossier(all), always, at));
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it('puts a dossier that belongs into one of on time, late and undetermined', () => {
    fc.assert(
      fc.property(arbitraryLife(), period, arbitraryInstant(), (facts, span, at) => {
        const { belongs, onTime, late, undetermined, state } = judgeAt(foldDossier(facts), span, at);
        expect(belongs ? [onTime, late, undetermined && state === 'ended'].filter(Boolean) : []).toHaveLength(belongs ? 1 : 0);
      }),
      RUNS,
    );
  });

  it('is never worse with a later due instant', () => {
    fc.assert(
      fc.property(arbitraryLife(), period, fc.integer({ min: 1, max: 30 }), (facts, span, days) => {
        const generous = facts.map((fact): DossierFact =>
          fact.kind === 'due-date-set' && fact.body.cause === 'received'
            ? { ...fact, body: { ...fact.body, dueAt: (fact.body.dueAt + days * MILLISECONDS_PER_DAY) as Instant } }
            : fact,
        );
        const onlyFirstDue = (all: readonly DossierFact[]) => all.filter((fact) => fact.kind !== 'due-date-set' || fact.body.cause === 'received');
        const before = judgeAt(foldDossier(onlyFirstDue(facts)), span, span.end);
        const after = judgeAt(foldDossier(onlyFirstDue(generous)), span, span.end);
        fc.pre(before.belongs && after.belongs);
        expect(before.onTime && !after.onTime).toBe(false);
      }),
      RUNS,
    );
  });
});

describe('the share of dossiers on time', () => {
  const count = (views: readonly DossierView[], span: { start: Instant; end: Instant }) => {
    const judged = views.map((view) => judgeAt(view, span, span.end)).filter(({ belongs }) => belongs);
    return { numerator: judged.filter(({ onTime }) => onTime).length, denominator: judged.length };
  };

  it('is never lower with more dossiers on time', () => {
    fc.assert(
      fc.property(arbitraryLives(6), arbitraryLives(3), period, (lives, more, span) => {
        const views = foldAll(lives);
        const punctual = foldAll(more).filter((view) => judgeAt(view, span, span.end).onTime);
        const before = count(views, span);
        const after = count([...views, ...punctual], span);
        expect(after.numerator * before.denominator).toBeGreaterThanOrEqual(before.numerator * after.denominator);
      }),
      RUNS,
    );
  });
});

describe('the flows of any units in any period', () => {
  const balance = (flows: Flows) => flows.inHandAtStart + flows.received + flows.transferredIn - flows.ended - flows.transferredOut - flows.inHandAtEnd;
  const channels = ({ received, receivedBy }: Flows) => received - receivedBy.online - receivedBy.postal - receivedBy['in-person'];
  const province = (unit: UnitCode) => unit.slice(0, 3) as UnitCode;

  it('keep the identity, for each unit, province and the country', () => {
    fc.assert(
      fc.property(arbitraryLives(8), period, arbitraryInstant(), (lives, span, at) => {
        const views = foldAll(lives);
        for (const groupOf of [(unit: UnitCode) => unit, province, () => 'VN' as UnitCode]) {
          for (const flows of flowsOf(views, span, at, groupOf).values()) expect([balance(flows), channels(flows)]).toEqual([0, 0]);
        }
      }),
      RUNS,
    );
  });

  it('keep it day by day: what is in hand at an end of day is in hand at the start of the next', () => {
    fc.assert(
      fc.property(arbitraryLives(5), (lives) => {
        const views = foldAll(lives);
        let inHand = new Map<UnitCode, number>();
        for (let { start } = ARBITRARY_SPAN; start < ARBITRARY_SPAN.end; start = (start + MILLISECONDS_PER_DAY) as Instant) {
          const end = (start + MILLISECONDS_PER_DAY) as Instant;
          const flows = flowsOf(views, { start, end }, end);
          for (const [unit, day] of flows) expect([unit, balance(day), day.inHandAtStart]).toEqual([unit, 0, inHand.get(unit) ?? 0]);
          for (const [unit, stock] of inHand) expect([unit, flows.get(unit)?.inHandAtStart ?? 0]).toEqual([unit, stock]);
          inHand = new Map([...flows].map(([unit, day]) => [unit, day.inHandAtEnd]));
        }
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it('of a province are those of its units without the transfers among them', () => {
    fc.assert(
      fc.property(arbitraryLives(8), period, (lives, span) => {
        const views = foldAll(lives);
        const sum = (flows: readonly Flows[], field: keyof Omit<Flows, 'receivedBy'>) => flows.reduce((total, each) => total + each[field], 0);
        const units = [...flowsOf(views, span, span.end).values()];
        const whole = [...flowsOf(views, span, span.end, () => 'VN' as UnitCode).values()];
        for (const field of ['inHandAtStart', 'received', 'ended', 'inHandAtEnd'] as const) expect(sum(units, field)).toBe(sum(whole, field));
        expect([sum(whole, 'transferredIn'), sum(whole, 'transferredOut'), sum(units, 'transferredIn') - sum(units, 'transferredOut')]).toEqual([0, 0, 0]);
      }),
      RUNS,
    );
  });
});

describe('the list of late officers', () => {
  const listOf = (views: readonly DossierView[], span: { start: Instant; end: Instant }) => lateOfficers(views, span, span.end, { calendarOf: () => calendar });
  const totals = (lists: readonly LateOfficerList[]) => {
    const sums = new Map<string, number[]>();
    for (const row of lists.flatMap(({ officers }) => officers)) {
      const own = [row.endedLate, row.overdueOpen, row.lateMilliseconds];
      sums.set(row.officer, (sums.get(row.officer) ?? [0, 0, 0]).map((sum, index) => sum + (own[index] ?? 0)));
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  };

  it('does not depend on the order of the dossiers', () => {
    fc.assert(
      fc.property(arbitraryLives(8).chain((lives) => fc.tuple(fc.constant(lives), fc.shuffledSubarray([...lives], { minLength: lives.length }))), period, ([lives, shuffled], span) => {
        expect(listOf(foldAll(shuffled), span)).toEqual(listOf(foldAll(lives), span));
      }),
      RUNS,
    );
  });

  it('drops no late dossier when objections are lifted, and lays none of them to the officer', () => {
    const lifts = fc.array(fc.tuple(fc.constantFrom(...ARBITRARY_OFFICERS), fc.nat(7)), { maxLength: 6 });
    fc.assert(
      fc.property(arbitraryLives(8), period, lifts, (lives, span, lifted) => {
        const views = foldAll(lives);
        const isLifted = (officer: string, dossier: string) => lifted.some(([whose, index]) => whose === officer && views[index]?.dossier === dossier);
        const { officers, unassigned } = lateOfficers(views, span, span.end, { calendarOf: () => calendar, isLifted });
        const before = listOf(views, span);
        const named = (list: Pick<LateOfficerList, 'officers' | 'unassigned'>) =>
          [...new Set([...list.officers, ...list.unassigned].flatMap(({ dossiers }) => dossiers.map(({ dossier }) => dossier)))].sort();
        expect(named({ officers, unassigned })).toEqual(named(before));
        expect(officers.flatMap(({ officer, dossiers }) => dossiers.filter(({ dossier }) => isLifted(officer, dossier)))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('adds up to the same however the dossiers are grouped', () => {
    fc.assert(
      fc.property(arbitraryLives(8), period, fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 }), (lives, span, groups) => {
        const views = foldAll(lives);
        const parts = [0, 1, 2].map((group) => listOf(views.filter((_, index) => groups[index] === group), span));
        expect(totals(parts)).toEqual(totals([listOf(views, span)]));
      }),
      RUNS,
    );
  });

  it('names every late dossier, at an officer or among the unassigned', () => {
    fc.assert(
      fc.property(arbitraryLives(8), period, (lives, span) => {
        const views = foldAll(lives);
        const { officers, unassigned } = listOf(views, span);
        const named = new Set([...officers, ...unassigned].flatMap(({ dossiers }) => dossiers.map(({ dossier }) => dossier)));
        expect([...named].sort()).toEqual(views.filter((view) => judgeAt(view, span, span.end).late).map(({ dossier }) => dossier).sort());
      }),
      RUNS,
    );
  });
});

describe('what was decided', () => {
  /** Every told fact that is accepted, with the due instants that follow, each told when it is recorded. */
  const live = (facts: readonly DossierFact[]) => {
    let known: readonly DossierFact[] = [];
    for (const { kind, occurredAt, timeBasis, body, recordedAt } of facts) {
      if (kind === 'due-date-set') continue;
      const result = decideFacts(known, [{ kind, occurredAt, timeBasis, body } as ProposedFact], contextAt(recordedAt, { reportedBy: 'snapshot' }));
      if (result.ok) known = [...known, ...result.value];
    }
    return known;
  };

  it('adds nothing when it is reported again', () => {
    fc.assert(
      fc.property(arbitraryLife(), (facts) => {
        const known = live(facts);
        const corrected = known.some(({ kind }) => kind === 'dossier-corrected');
        fc.pre(known.length > 0 && !corrected);
        const again = known.flatMap(({ kind, occurredAt, timeBasis, body }) => (kind === 'due-date-set' ? [] : [{ kind, occurredAt, timeBasis, body } as ProposedFact]));
        expect(decideFacts(known, again, contextAt((ARBITRARY_SPAN.end + 1) as Instant, { reportedBy: 'snapshot' }))).toEqual({ ok: true, value: [] });
      }),
      RUNS,
    );
  });

  it('is numbered without gaps in the order of recording', () => {
    fc.assert(
      fc.property(arbitraryLife(), (facts) => {
        const known = live(facts);
        expect(known.map(({ sequence }) => sequence)).toEqual(known.map((_, index) => index + 1));
        expect(known.every((fact, index) => index === 0 || fact.recordedAt >= (known[index - 1]?.recordedAt ?? 0))).toBe(true);
      }),
      RUNS,
    );
  });

  it('gives every received dossier with a term a due instant', () => {
    fc.assert(
      fc.property(arbitraryLife(), (facts) => {
        const known = live(facts);
        fc.pre(known.length > 0);
        const view = foldDossier(known);
        expect(view.receivedAt === null || view.dues.length > 0).toBe(true);
      }),
      RUNS,
    );
  });
});
