import type { DossierId, Instant } from '@index766/kernel';
import { newAggregate } from '@index766/platform-mongo';
import { InMemoryDossiers } from '../test/in-memory-dossiers';
import { hoSo } from '../test/push-elements';
import { october, pushContext, pushedAll, unknownDossier } from '../test/pushes';
import { referenceOf } from '../test/reference';
import { ReviewDueDates, type FencedProgress, type ReviewProgress } from './review-due-dates';

const NOW = october('06 12:00');
const id = (number: number) => `H44.114-${String(number).padStart(4, '0')}` as DossierId;

/** Progress in memory, compared and set like in the database. */
class ProgressInMemory {
  constructor(public current: FencedProgress = { rev: 0, progress: { doneFor: 0 } }) {}

  load(): Promise<FencedProgress> {
    return Promise.resolve(this.current);
  }

  save(rev: number, progress: ReviewProgress): Promise<FencedProgress | undefined> {
    if (rev !== this.current.rev) return Promise.resolve(undefined);
    this.current = { rev: rev + 1, progress };
    return Promise.resolve(this.current);
  }
}

const term = (amount: number) => [['2.000815', [{ code: '2.000815', version: amount, name: 'x', validFrom: '2025-01-01', pauseOnFinancialObligation: false, term: { kind: 'working-days' as const, amount } }]]] as const;

/** Open dossiers with computed due dates. */
async function openDossiers(count: number): Promise<InMemoryDossiers> {
  const dossiers = new InMemoryDossiers();
  await dossiers.saveMany(Array.from({ length: count }, (_, index) => {
    const dossier = pushedAll([hoSo({ MaHoSo: id(index + 1), NgayHenTra: '' })], pushContext({ recordedAt: NOW }), unknownDossier(id(index + 1)));
    return { of: newAggregate(id(index + 1)), ...dossier };
  }));
  return dossiers;
}

const pages = (count: number, onPage: (after: DossierId | undefined) => void = () => undefined) => ({
  pageAfter: (after: DossierId | undefined, size: number) => {
    onPage(after);
    const all = Array.from({ length: count }, (_, index) => id(index + 1));
    return Promise.resolve(all.filter((each) => after === undefined || each > after).slice(0, size));
  },
});

const dueOf = async (dossiers: InMemoryDossiers, dossier: DossierId) =>
  (await dossiers.findMany([dossier])).get(dossier)?.state.facts.filter(({ kind }) => kind === 'due-date-set').length;

describe('the review of due dates', () => {
  it('moves what the reference records ask for, once', async () => {
    const dossiers = await openDossiers(450);
    const progress = new ProgressInMemory();
    const review = new ReviewDueDates(dossiers, pages(450), progress, referenceOf({ procedures: term(7), knownRecords: 3 }), { now: () => NOW }, 'me');

    expect(await review.execute()).toBe(450);
    expect(progress.current.progress).toMatchObject({ doneFor: 3 });
    expect(await review.execute()).toBe(0);
    expect(await dueOf(dossiers, id(450))).toBe(2);
  });

  it('looks once more when every member knows the records, for what was decided without them', async () => {
    const dossiers = await openDossiers(3);
    const progress = new ProgressInMemory();
    let now = NOW;
    const review = new ReviewDueDates(dossiers, pages(4), progress, referenceOf({ procedures: term(7), knownRecords: 3 }), { now: () => now }, 'me');
    expect(await review.execute()).toBe(3);

    // A member that did not know the seven days yet writes the due date that it had decided.
    const late = pushedAll([hoSo({ MaHoSo: id(4), NgayHenTra: '' })], pushContext({ recordedAt: NOW }), unknownDossier(id(4)));
    await dossiers.saveMany([{ of: newAggregate(id(4)), ...late }]);

    now = (NOW + 34_999) as Instant;
    expect(await review.execute()).toBe(0);
    now = (NOW + 35_000) as Instant;
    expect(await review.execute()).toBe(1);
    expect(await dueOf(dossiers, id(4))).toBe(2);
    expect(progress.current.progress).toEqual({ doneFor: 3 });
    expect(await review.execute()).toBe(0);
  });

  it('goes on where it was broken off', async () => {
    const dossiers = await openDossiers(450);
    const asked: (DossierId | undefined)[] = [];
    let broken = true;
    const flaky = pages(450, (after) => {
      asked.push(after);
      if (broken && after === id(200)) throw new Error('the database went away');
    });
    const review = new ReviewDueDates(dossiers, flaky, new ProgressInMemory(), referenceOf({ procedures: term(7), knownRecords: 3 }), { now: () => NOW }, 'me');

    await expect(review.execute()).rejects.toThrow('went away');
    broken = false;
    expect(await review.execute()).toBe(250);
    expect(asked).toEqual([undefined, id(200), id(200), id(400), id(450)]);
  });

  it('leaves a review to the member that is at it, until that one is silent for too long', async () => {
    const dossiers = await openDossiers(3);
    const progress = new ProgressInMemory({ rev: 4, progress: { doneFor: 0, running: { for: 3, member: 'other', until: (NOW + 1) as Instant } } });
    let now = NOW;
    const review = new ReviewDueDates(dossiers, pages(3), progress, referenceOf({ procedures: term(7), knownRecords: 3 }), { now: () => now }, 'me');

    expect(await review.execute()).toBe(0);
    now = (NOW + 1) as Instant;
    expect(await review.execute()).toBe(3);
  });

  it('is not done by a member that knows less than the one before', async () => {
    const dossiers = await openDossiers(3);
    const progress = new ProgressInMemory({ rev: 4, progress: { doneFor: 9 } });
    const review = new ReviewDueDates(dossiers, pages(3), progress, referenceOf({ procedures: term(7), knownRecords: 8 }), { now: () => NOW }, 'me');
    expect(await review.execute()).toBe(0);
    expect(progress.current.rev).toBe(4);
  });

  it('decides a dossier again that was pushed meanwhile', async () => {
    const dossiers = await openDossiers(1);
    const [stale] = (await dossiers.findMany([id(1)])).values();
    let pushedMeanwhile = false;
    const rival: InMemoryDossiers = Object.assign(Object.create(dossiers) as InMemoryDossiers, {
      saveMany: async (changes: Parameters<InMemoryDossiers['saveMany']>[0]) => {
        if (!pushedMeanwhile && stale !== undefined) {
          pushedMeanwhile = true;
          const ended = pushedAll([hoSo({ MaHoSo: id(1), NgayHenTra: '', TrangThaiHoSo: 9, NgayKetThucXuLy: '06/10/2026 10:00:00' })], pushContext({ recordedAt: NOW }), { ...unknownDossier(id(1)), state: stale.state });
          await dossiers.saveMany([{ of: stale.ref, ...ended }]);
        }
        return dossiers.saveMany(changes);
      },
    });
    const review = new ReviewDueDates(rival, pages(1), new ProgressInMemory(), referenceOf({ procedures: term(7), knownRecords: 3 }), { now: () => NOW }, 'me');

    expect(await review.execute()).toBe(0);
    expect(await dueOf(dossiers, id(1))).toBe(1);
  });
});
