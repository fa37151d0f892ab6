import { unknownDossier } from '@index766/dossier-life';
import { NO_MEASURES, type CaseView, type Measures } from '@index766/index-766';
import { parseInstant, type DossierId, type Instant, type UnitCode } from '@index766/kernel';

import { InMemoryLedger, InMemoryPartials, RecordedMarks } from '../test/in-memory-ports';
import { CASES } from '../ledger';
import { MEASURED_CASES } from './case-measures';
import { MeasureKeeper } from './measure-keeper';
import type { MeasureViews } from './measure-unit';

const at = (text: string) => parseInstant(text) as Instant;
const COMMUNE = 'H44.114' as UnitCode;
const OTHER = 'H44.103' as UnitCode;

const EMPTY = CASES.fold('H44.114-1', []);
const view = (dossier: string, units: readonly UnitCode[], dueAt: Instant | null = null): CaseView => ({
  ...EMPTY,
  dossier: {
    ...unknownDossier(dossier as DossierId),
    receivedAt: at('2026-11-02T08:00:00+07:00'),
    holders: units.map((unit) => ({ unit, from: at('2026-11-02T08:00:00+07:00') })),
    dues: dueAt === null ? [] : [{ from: at('2026-11-02T08:00:00+07:00'), dueAt, basis: 'stated', cause: 'received' }],
  },
});

/** As a batch tells of it. */
const after = (told: CaseView, rev = 2) => ({ view: told, rev });

/** Counts dossiers, and those whose due instant has passed: enough to see what was measured and when. */
const counting: MeasureViews<CaseView, readonly CaseView[], readonly CaseView[]> = {
  ready: (views) => [...views],
  join: (pieces) => pieces.flat(),
  measures: (all, _unit, _period, evaluatedAt): Measures => {
    const overdue = all.filter(({ dossier: { dues } }) => dues.some(({ dueAt }) => evaluatedAt > dueAt)).length;
    return { ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'on-time': { numerator: all.length - overdue, denominator: all.length } } };
  },
};

function given(now: string) {
  const clock = { now: at(now) };
  const [ledger, partials, marks] = [new InMemoryLedger(CASES), new InMemoryPartials(), new RecordedMarks()];
  const keeper = (confirmOwnership = () => Promise.resolve()) => new MeasureKeeper({
    source: 'cases', subject: MEASURED_CASES, ledger, partials, marks, measuring: counting, confirmOwnership, now: () => clock.now, endedDays: 0,
  });
  const onTime = (unit: UnitCode, period = '2026-11', partition = 0) => {
    const pair = partials.documents.get(`${unit}|cases|${partition}`)?.partial.periods[period]?.measures.pairs['on-time'];
    return pair && `${pair.numerator}/${pair.denominator}`;
  };
  const stored = (...views: readonly CaseView[]) => {
    for (const each of views) {
      const id = CASES.idOf(each);
      ledger.entries.set(id, { entry: { id, facts: [], holes: [], view: each }, rev: (ledger.entries.get(id)?.rev ?? 0) + 1, partition: 0 });
    }
  };
  return { clock, ledger, partials, marks, keeper, onTime, stored };
}

describe('the keeper of partial measures', () => {
  it('measures what the ledger holds when it takes a partition over, and marks its units', async () => {
    const { keeper, stored, onTime, marks } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]), view('B', [COMMUNE]), view('C', [OTHER]));

    await keeper().assigned([0]);

    expect([onTime(COMMUNE), onTime(OTHER)]).toEqual(['2/2', '1/1']);
    expect(marks.sent).toEqual([[OTHER, COMMUNE]]);
  });

  it('replaces the partials of the units that a batch touched, before and after', async () => {
    const { keeper, stored, onTime, marks } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const owner = keeper();
    await owner.assigned([0]);

    await owner.saved(0, [after(view('A', [OTHER]))], 0);

    expect([onTime(COMMUNE), onTime(OTHER)]).toEqual(['0/0', '1/1']);
    expect(marks.sent.at(-1)).toEqual([OTHER, COMMUNE]);
  });

  it('marks the units of a repeated batch again: the mark of the first time may be lost', async () => {
    const { keeper, stored, marks } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const owner = keeper();
    await owner.assigned([0]);

    await owner.saved(0, [after(view('A', [COMMUNE]))], 0);

    expect(marks.sent).toHaveLength(2);
  });

  it('makes up for a batch whose marks could not be sent', async () => {
    const { keeper, stored, marks } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const owner = keeper();
    await owner.assigned([0]);
    const send = marks.mark.bind(marks);
    marks.mark = () => Promise.reject(new Error('broker away'));
    await expect(owner.saved(0, [after(view('A', [OTHER]))], 0)).rejects.toThrow('broker away');
    marks.mark = send;

    await owner.saved(0, [after(view('A', [OTHER]))], 0);

    expect(marks.sent.at(-1)).toEqual([OTHER, COMMUNE]);
  });

  it('wakes a dossier when its due instant has passed, and touches nothing before', async () => {
    const { clock, keeper, stored, onTime, marks } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE], at('2026-11-24T10:30:00+07:00')));
    const owner = keeper();
    await owner.assigned([0]);

    clock.now = at('2026-11-24T10:30:00+07:00');
    await owner.tick();
    expect([onTime(COMMUNE), marks.sent.length]).toEqual(['1/1', 1]);

    clock.now = at('2026-11-24T10:30:30+07:00');
    await owner.tick();
    expect([onTime(COMMUNE), marks.sent.length]).toEqual(['0/1', 2]);
  });

  it.each([
    '10:29:59.999', '10:30:00.000', '10:30:00.001', '10:30:30.000', '10:30:59.999', '10:31:00.000', '10:31:00.001',
  ])('misses nothing that becomes due in the minute in which a partition is handed over (%s)', async (handOver) => {
    const { clock, keeper, stored, onTime } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE], at('2026-11-24T10:30:00+07:00')), view('B', [COMMUNE], at('2026-11-24T10:30:30+07:00')));
    const [former, owner] = [keeper(), keeper()];
    await former.assigned([0]);
    for (const tick of ['10:29:00.001', '10:30:00.001', '10:31:00.001'].filter((each) => each < handOver)) {
      clock.now = at(`2026-11-24T${tick}+07:00`);
      await former.tick();
    }

    clock.now = at(`2026-11-24T${handOver}+07:00`);
    former.revoked([0]);
    await owner.assigned([0]);
    clock.now = at('2026-11-24T10:32:00.001+07:00');
    await owner.tick();

    expect(onTime(COMMUNE)).toBe('0/2');
  });

  it('wakes once more what a new owner with a slower clock takes over', async () => {
    const { clock, keeper, stored, onTime } = given('2026-11-24T10:29:00+07:00');
    stored(view('A', [COMMUNE], at('2026-11-24T10:30:00+07:00')));
    const [former, owner] = [keeper(), keeper()];
    await former.assigned([0]);
    clock.now = at('2026-11-24T10:31:00+07:00');
    await former.tick();
    expect(onTime(COMMUNE)).toBe('0/1');

    clock.now = at('2026-11-24T10:26:00+07:00'); // the database's clock after a fail-over
    await owner.assigned([0]);
    expect(onTime(COMMUNE)).toBe('1/1');
    clock.now = at('2026-11-24T10:31:00+07:00');
    await owner.tick();
    expect(onTime(COMMUNE)).toBe('0/1');
  });

  it('catches up in one tick on all that became due while the process was stopped', async () => {
    const { clock, keeper, stored, onTime } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE], at('2026-11-24T10:10:00+07:00')), view('B', [COMMUNE], at('2026-11-24T11:50:00+07:00')));
    const owner = keeper();
    await owner.assigned([0]);

    clock.now = at('2026-11-24T12:00:00+07:00');
    await owner.tick();

    expect(onTime(COMMUNE)).toBe('0/2');
  });

  it('begins the new periods at midnight', async () => {
    const { clock, keeper, stored, onTime } = given('2026-11-30T23:59:00+07:00');
    stored(view('A', [COMMUNE]));
    const owner = keeper();
    await owner.assigned([0]);
    clock.now = at('2026-12-01T00:00:00+07:00');
    await owner.tick();

    expect([onTime(COMMUNE, '2026-12'), onTime(COMMUNE, '2026-11')]).toEqual(['1/1', undefined]);
  });

  it('begins them for every unit with the batch that comes after midnight and before the minute', async () => {
    const { clock, keeper, stored, onTime } = given('2026-11-30T23:59:00+07:00');
    stored(view('A', [COMMUNE]));
    const owner = keeper();
    await owner.assigned([0]);
    clock.now = at('2026-12-01T00:00:00+07:00');

    await owner.saved(0, [after(view('B', [OTHER]))], 0);
    await owner.tick();

    expect([onTime(COMMUNE, '2026-12'), onTime(OTHER, '2026-12')]).toEqual(['1/1', '1/1']);
  });

  const refusing = () => Promise.reject(new Error('the group is rebalancing'));

  it('lets a former owner that does not know it yet overwrite nothing', async () => {
    const { keeper, stored, onTime } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const [former, owner] = [keeper(refusing), keeper()];
    await former.assigned([0]);
    await owner.assigned([0]);
    await owner.saved(0, [after(view('B', [COMMUNE]))], 0);

    await expect(former.saved(0, [after(view('A', [COMMUNE]))], 0)).rejects.toThrow('MEASURES.NOT_OWNER');

    expect(onTime(COMMUNE)).toBe('2/2');
  });

  it('lets a former owner overwrite nothing that the new one writes between the word of the group and the write', async () => {
    const { keeper, stored, onTime } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const [between, owner] = [keeper(), keeper()];
    let asked = 0;
    // Stopped twice: the group was asked before the new owner was there, and the answer is read after it has written.
    const former = keeper(async () => {
      asked += 1;
      if (asked > 1) return refusing();
      await owner.assigned([0]);
      await owner.saved(0, [after(view('B', [COMMUNE]))], 0);
    });
    await former.assigned([0]);
    await between.assigned([0]);

    await expect(former.saved(0, [after(view('A', [COMMUNE]))], 0)).rejects.toThrow('MEASURES.NOT_OWNER');

    expect([onTime(COMMUNE), asked]).toEqual(['2/2', 2]);
  });

  it('writes nothing of a partition that went away while its figures were measured, although it came back and is confirmed', async () => {
    const { keeper, stored, onTime } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const next = keeper();
    const former: MeasureKeeper<CaseView> = keeper(async () => {
      former.revoked([0]);
      await next.assigned([0]);
      await next.saved(0, [after(view('B', [COMMUNE]), 1)], 0);
    });
    await former.assigned([0]);
    await keeper().assigned([0]);

    await expect(former.remeasure()).rejects.toThrow('MEASURES.NOT_OWNER');

    expect(onTime(COMMUNE)).toBe('2/2');
  });

  it('takes no view of an earlier revision from work that was given up long ago', async () => {
    const { keeper, stored, onTime } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const owner = keeper();
    await owner.assigned([0]);
    await owner.saved(0, [after(view('A', [OTHER]), 6)], 0);

    await owner.saved(0, [after(view('A', [COMMUNE]), 5)], 0);

    expect([onTime(COMMUNE), onTime(OTHER)]).toEqual(['0/0', '1/1']);
  });

  it('writes again over what a former owner wrote before it was taken over', async () => {
    const { keeper, stored, onTime } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const [former, owner] = [keeper(), keeper()];
    await owner.assigned([0]);
    await former.assigned([0]);

    await owner.saved(0, [after(view('B', [COMMUNE]))], 0);

    expect(onTime(COMMUNE)).toBe('2/2');
  });

  describe('while a backlog is worked off', () => {
    const begun = async () => {
      const parts = given('2026-11-24T10:00:00+07:00');
      const owner = parts.keeper();
      await owner.assigned([0]);
      return { ...parts, owner };
    };

    it('measures at the end of the log what the batches before it touched', async () => {
      const { owner, onTime, marks } = await begun();

      await owner.saved(0, [after(view('A', [COMMUNE]))], 2);
      await owner.saved(0, [after(view('B', [OTHER]))], 1);
      expect([onTime(COMMUNE), onTime(OTHER), marks.sent]).toEqual([undefined, undefined, []]);

      await owner.saved(0, [after(view('C', [OTHER]))], 0);
      expect([onTime(COMMUNE), onTime(OTHER), marks.sent]).toEqual(['1/1', '2/2', [[OTHER, COMMUNE]]]);
    });

    it('shows how far it is every few seconds', async () => {
      const { clock, owner, onTime } = await begun();

      clock.now = at('2026-11-24T10:00:01+07:00');
      await owner.saved(0, [after(view('A', [COMMUNE]))], 500);
      expect(onTime(COMMUNE)).toBeUndefined();

      clock.now = at('2026-11-24T10:00:03+07:00');
      await owner.saved(0, [after(view('B', [COMMUNE]))], 100);
      expect(onTime(COMMUNE)).toBe('2/2');
    });

    it('shows it at once where few facts wait, as they do all day', async () => {
      const { clock, owner, onTime } = await begun();

      clock.now = at('2026-11-24T10:00:01+07:00');
      await owner.saved(0, [after(view('A', [COMMUNE]))], 10);
      expect(onTime(COMMUNE)).toBe('1/1');
    });

    it('shows it less often the more facts wait, and twice a minute at least', async () => {
      const { clock, owner, onTime } = await begun();
      const savedAt = async (instant: string, dossier: string, behind: number) => {
        clock.now = at(`2026-11-24T10:${instant}+07:00`);
        await owner.saved(0, [after(view(dossier, [COMMUNE]))], behind);
        return onTime(COMMUNE);
      };

      expect(await savedAt('00:05', 'A', 1_000)).toBeUndefined();
      expect(await savedAt('00:10', 'B', 400)).toBe('2/2');
      expect(await savedAt('00:39', 'C', 1_000_000)).toBe('2/2');
      expect(await savedAt('00:40', 'D', 1_000_000)).toBe('4/4');
    });

    it('measures anew with a later batch or the minute what a change of the catalog is about', async () => {
      const { clock, owner, onTime } = await begun();
      await owner.saved(0, [after(view('A', [COMMUNE]))], 7);

      await owner.remeasure();
      expect(onTime(COMMUNE)).toBeUndefined();

      clock.now = at('2026-11-24T10:00:01+07:00');
      await owner.tick();
      expect(onTime(COMMUNE)).toBe('1/1');
    });

    it('leaves nothing to a new owner that the ledger does not tell', async () => {
      const { keeper, owner, stored, onTime } = await begun();
      stored(view('A', [COMMUNE]));
      await owner.saved(0, [after(view('A', [COMMUNE]))], 7);

      await keeper().assigned([0]);

      expect(onTime(COMMUNE)).toBe('1/1');
    });
  });

  it('reads repaired views again, and marks the units of both what it held and what is stored', async () => {
    const { keeper, stored, onTime, marks } = given('2026-11-24T10:00:00+07:00');
    stored(view('A', [COMMUNE]));
    const owner = keeper();
    await owner.assigned([0]);
    stored(view('A', [OTHER]));

    await Promise.all([owner.takeAgain(), owner.saved(0, [after(view('B', [OTHER]))], 0)]);

    expect([onTime(COMMUNE), onTime(OTHER)]).toEqual(['0/0', '2/2']);
    expect(marks.sent).toContainEqual([OTHER, COMMUNE]);
  });

  describe('when the group shares its partitions out anew', () => {
    /** Also says which views the ledger was asked for. */
    const watching = () => {
      const parts = given('2026-11-24T10:00:00+07:00');
      const read: string[][] = [];
      const pages = parts.ledger.viewsOfPartition.bind(parts.ledger);
      parts.ledger.viewsOfPartition = async function* (partition, isKnown) {
        for await (const page of pages(partition, isKnown)) {
          read.push(page.stored.map(({ view: each }) => CASES.idOf(each)));
          yield page;
        }
      };
      return { ...parts, read };
    };

    it('reads again what changed meanwhile, and nothing else', async () => {
      const { keeper, stored, onTime, read } = watching();
      stored(view('A', [COMMUNE]), view('B', [COMMUNE]));
      const owner = keeper();
      await owner.assigned([0]);

      owner.revoked([0]);
      stored(view('B', [OTHER]), view('C', [COMMUNE]));
      await owner.assigned([0]);

      expect(read).toEqual([['A', 'B'], ['B', 'C']]);
      expect([onTime(COMMUNE), onTime(OTHER)]).toEqual(['2/2', '1/1']);
    });

    it('holds for known what the batches told since it was read', async () => {
      const { keeper, stored, onTime, read } = watching();
      stored(view('A', [COMMUNE]));
      const owner = keeper();
      await owner.assigned([0]);
      stored(view('A', [OTHER]));
      await owner.saved(0, [after(view('A', [OTHER]), 2)], 0);

      owner.revoked([0]);
      await owner.assigned([0]);

      expect(read).toEqual([['A'], []]);
      expect([onTime(COMMUNE), onTime(OTHER)]).toEqual(['0/0', '1/1']);
    });

    it('has nothing of what another member owned in between, however late it comes back', async () => {
      const { keeper, stored, read } = watching();
      stored(view('A', [COMMUNE]));
      const owner = keeper();
      await owner.assigned([0]);

      owner.revoked([0]);
      await owner.assigned([1]);
      owner.revoked([1]);
      await owner.assigned([0]);

      expect(read).toEqual([['A'], [], ['A']]);
    });

    it('forgets what the ledger does not hold any more', async () => {
      const { keeper, stored, ledger, onTime } = watching();
      stored(view('A', [COMMUNE]), view('B', [COMMUNE, OTHER]));
      const owner = keeper();
      await owner.assigned([0]);

      owner.revoked([0]);
      ledger.entries.delete('B');
      await owner.assigned([0]);

      expect([onTime(COMMUNE), onTime(OTHER), owner.ownedCount()]).toEqual(['1/1', '0/0', 1]);
    });

    it('begins where it was when the ledger was away half-way', async () => {
      const { keeper, stored, ledger, onTime } = watching();
      stored(view('A', [COMMUNE]));
      const owner = keeper();
      await owner.assigned([0]);
      owner.revoked([0]);
      stored(view('A', [OTHER]));
      const pages = ledger.viewsOfPartition.bind(ledger);
      ledger.viewsOfPartition = () => {
        throw new Error('database away');
      };
      await expect(owner.assigned([0])).rejects.toThrow('database away');

      ledger.viewsOfPartition = pages;
      await owner.assigned([0]);

      expect([onTime(COMMUNE), onTime(OTHER)]).toEqual(['0/0', '1/1']);
    });

    it('wakes what became due meanwhile, though it did not change', async () => {
      const { clock, keeper, stored, onTime } = watching();
      stored(view('A', [COMMUNE], at('2026-11-24T10:30:00+07:00')), view('B', [COMMUNE], at('2026-11-24T10:40:00+07:00')));
      const owner = keeper();
      await owner.assigned([0]);

      owner.revoked([0]);
      clock.now = at('2026-11-24T10:35:00+07:00');
      await owner.assigned([0]);
      expect(onTime(COMMUNE)).toBe('1/2');
      clock.now = at('2026-11-24T10:45:00+07:00');
      await owner.tick();

      expect(onTime(COMMUNE)).toBe('0/2');
    });
  });

  it('refuses a batch of a partition that was taken away', async () => {
    const { keeper } = given('2026-11-24T10:00:00+07:00');
    const owner = keeper();
    await owner.assigned([0]);
    owner.revoked([0]);

    await expect(owner.saved(0, [after(view('A', [COMMUNE]))], 0)).rejects.toThrow('MEASURES.NOT_OWNER');
  });
});
