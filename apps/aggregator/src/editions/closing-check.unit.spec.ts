import { instantOf, parsePeriod, type Instant } from '@index766/kernel';

import { at } from '../test/edition-world';
import { checkClosing, waivable, type ClosingState, type HeldBy } from './closing-check';
import type { Waiver } from './edition-history';

const heard = (source: string, heardAt: Instant, completeUntil = instantOf(0), saidAt = heardAt) => ({ source, heardAt, completeUntil, saidAt });
const PASSED = at('2026-11-23T08:59:40+07:00');
const NOTHING_OPEN: ClosingState = {
  now: at('2026-11-23T09:00:30+07:00'),
  watermarks: ['catalog', 'dossiers', 'payments'].map((producer) => ({ producer, passed: PASSED })),
  sources: [heard('one-stop', at('2026-11-23T08:00:00+07:00'))],
  holesBefore: () => [], letters: [], mendedAt: null,
};
const HOLE = { subject: 'H44.1-1', topic: 'dossiers.public.dossier.v1', missing: 2 };

function week() {
  const period = parsePeriod('2026-W47');
  if (!period.ok) throw new Error(period.error.code);
  return period.value;
}

function check(changes: Partial<ClosingState>, waivers: readonly Waiver[] = [], waitsForSources = true) {
  return checkClosing(week(), { ...NOTHING_OPEN, ...changes }, waivers, waitsForSources);
}

function waiver(kind: Waiver['waived']['kind'], id: string): Waiver {
  return { waived: { province: 'H44', period: '2026-W47', kind, id, reason: 'lost-for-good', waivedBy: 'publisher-1' }, at: PASSED };
}

function stopped(passed: Instant | null): ClosingState['watermarks'] {
  return NOTHING_OPEN.watermarks.map((each) => (each.producer === 'payments' ? { ...each, passed } : each));
}

describe('a week that nothing holds back', () => {
  it('is closed at the last instant that every watermark has passed', () => {
    expect(check({})).toEqual({
      heldBy: [], knownBefore: at('2026-11-23T08:59:40+07:00'), exclusions: { subjects: [], producers: [], sources: [] },
    });
  });

  it('does not wait for a source that was silent long before its end', () => {
    expect(check({ sources: [heard('old', at('2026-09-01T08:00:00+07:00'))] }).heldBy).toEqual([]);
  });

  it.each<[string, Instant, number]>([
    ['that said its last day is complete', at('2026-11-23T00:00:00+07:00'), 0],
    ['that said so of an earlier day alone', at('2026-11-22T00:00:00+07:00'), 1],
  ])('waits for a source that pushed nothing since its end, but not for one %s', (_, completeUntil, held) => {
    expect(check({ sources: [heard('one-stop', at('2026-11-22T23:59:59+07:00'), completeUntil)] }).heldBy).toHaveLength(held);
  });
});

describe('a week is held back by', () => {
  it.each<[string, Partial<ClosingState>, HeldBy]>([
    ['a producer that stopped before its end', { watermarks: stopped(at('2026-11-22T23:59:59+07:00')) }, { kind: 'producer', producer: 'payments', passed: at('2026-11-22T23:59:59+07:00') }],
    ['a producer without a watermark', { watermarks: stopped(null) }, { kind: 'producer', producer: 'payments', passed: null }],
    ['a source that was not heard since its end', { sources: [heard('one-stop', at('2026-11-22T23:59:59+07:00'))] }, { kind: 'source', source: 'one-stop', heardAt: at('2026-11-22T23:59:59+07:00') }],
    ['a hole', { holesBefore: () => [HOLE] }, { kind: 'hole', ...HOLE }],
    ['a missing record that came behind the watermarks', { mendedAt: PASSED }, { kind: 'settling', mendedAt: PASSED }],
    ['a dead letter', { letters: [{ letter: 'x.dlt 7', subject: 'H44.1-1', knownAfter: null, replayedAt: null }] }, { kind: 'dead-letter', letter: 'x.dlt 7', subject: 'H44.1-1' }],
    ['a dead letter about nothing that can be left out', { letters: [{ letter: 'x.dlt 7', subject: null, knownAfter: null, replayedAt: null }] }, { kind: 'dead-letter', letter: 'x.dlt 7', subject: null }],
  ])('%s, alone', (_, changes, held) => {
    expect(check(changes).heldBy).toEqual([held]);
  });

  it('nothing that became known at the closing instant or later', () => {
    const asked: Instant[] = [];
    const holesBefore = (instant: Instant) => {
      asked.push(instant);
      return [];
    };
    expect(check({ holesBefore, letters: [{ letter: 'x.dlt 7', subject: null, knownAfter: at('2026-11-23T08:59:40+07:00'), replayedAt: null }] }).heldBy).toEqual([]);
    expect(asked).toEqual([at('2026-11-23T08:59:40+07:00')]);
  });

  it('no source when it is amended', () => {
    expect(check({ sources: [heard('one-stop', at('2026-11-20T08:00:00+07:00'))] }, [], false).heldBy).toEqual([]);
  });
});

describe('what came at last', () => {
  const before = instantOf(PASSED - 1);
  const settling = (mendedAt: Instant): readonly HeldBy[] => [{ kind: 'settling', mendedAt }];

  it.each<[string, Instant, readonly HeldBy[]]>([
    ['that no watermark has passed yet settles', PASSED, settling(PASSED)],
    ['that every watermark has passed holds back no more', before, []],
  ])('a replay %s', (_, replayedAt, held) => {
    expect(check({ letters: [{ letter: 'x.dlt 7', subject: 'H44.1-1', knownAfter: null, replayedAt }] }).heldBy).toEqual(held);
  });

  it('is no replay of what was known at the closing instant or later', () => {
    expect(check({ letters: [{ letter: 'x.dlt 7', subject: null, knownAfter: PASSED, replayedAt: PASSED }] }).heldBy).toEqual([]);
  });

  it.each<[string, ClosingState['sources'][number], readonly HeldBy[]]>([
    ['a push of a silent source, told of behind the watermarks', heard('one-stop', PASSED), settling(PASSED)],
    ['a push of it, told of before them', heard('one-stop', before), []],
    ['facts of it that are not told of yet, behind the watermarks', heard('one-stop', PASSED, instantOf(0), at('2026-11-20T08:00:00+07:00')), settling(PASSED)],
    ['facts behind the watermarks, of one that was told of before', heard('one-stop', PASSED, instantOf(0), before), []],
    ['its word that the week is complete, behind the watermarks', heard('one-stop', at('2026-11-20T08:00:00+07:00'), at('2026-11-23T00:00:00+07:00'), PASSED), settling(PASSED)],
    ['its word, before them', heard('one-stop', at('2026-11-20T08:00:00+07:00'), at('2026-11-23T00:00:00+07:00'), before), []],
  ])('is %s', (_, source, held) => {
    expect(check({ sources: [source] }).heldBy).toEqual(held);
    expect(check({ sources: [source] }, [], false).heldBy).toEqual([]);
  });

  it('is told as one, of the last that came', () => {
    const later = instantOf(PASSED + 5);
    expect(check({ mendedAt: PASSED, sources: [heard('one-stop', later)] }).heldBy).toEqual(settling(later));
  });
});

describe('what was waived', () => {
  it('holds back no more and is left out: subjects as a whole, a producer from its last watermark on', () => {
    const passed = at('2026-11-20T10:00:00+07:00');
    const changes = {
      watermarks: stopped(passed), holesBefore: () => [HOLE], sources: [heard('one-stop', at('2026-11-20T08:00:00+07:00'))],
      letters: [{ letter: 'x.dlt 7', subject: 'H44.1-1', knownAfter: null, replayedAt: null }],
    };
    const open = check(changes).heldBy;
    const waivers = open.flatMap((held) => {
      const about = waivable(held);
      return about === null ? [] : [waiver(about.kind, about.id)];
    });

    const waived = { reason: 'lost-for-good', document: null };
    expect(check(changes, waivers)).toEqual({
      heldBy: [], knownBefore: at('2026-11-23T08:59:40+07:00'),
      exclusions: {
        subjects: [{ id: 'H44.1-1', ...waived }], producers: [{ id: 'payments', before: passed, ...waived }], sources: [{ id: 'one-stop', ...waived }],
      },
    });
  });

  it('and is mended since leaves nothing out', () => {
    expect(check({}, [waiver('subject', 'H44.1-1'), waiver('producer', 'payments')]).exclusions).toEqual({ subjects: [], producers: [], sources: [] });
  });

  it('is never a letter about nothing that can be left out', () => {
    expect(check({ letters: [{ letter: 'x.dlt 7', subject: null, knownAfter: null, replayedAt: null }] }, [waiver('subject', 'x.dlt 7')]).heldBy).toHaveLength(1);
  });
});
