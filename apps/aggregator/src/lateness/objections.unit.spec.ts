import { parseInstant, parsePeriod, type DossierId, type Instant, type OfficerPseudonym, type Period, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';

import type { Decision, DecisionHistory, RecordedDecision } from '../decisions';
import { decideObjection, decideOnObjection, isLiftedBy, objectionsKnown, type StatedDecision, type StatedObjection } from './objections';

const at = (text: string) => parseInstant(text) as Instant;
const periodNamed = (name: string): Period => {
  const period = parsePeriod(name);
  if (!period.ok) throw new Error(name);
  return period.value;
};
const OFFICER = '0123456789abcdef0123456789abcdef' as OfficerPseudonym;
const UNIT = 'H44.114' as UnitCode;
const WEEK = periodNamed('2026-W43');
const [FIRST, SECOND] = ['H44.114-1', 'H44.114-2'] as DossierId[] as [DossierId, DossierId];
const STATED: StatedObjection = { officer: OFFICER, unit: UNIT, period: WEEK, reason: 'absence', evidence: ['QD-118/2026'] };
const DECISION: StatedDecision = { officer: OFFICER, unit: UNIT, period: WEEK, number: 1, outcome: 'lifted', reason: 'evidence-shows-it' };

/** History after these decisions, a minute apart. */
function historyOf(...decisions: readonly Decision[]): DecisionHistory {
  return decisions.map((decision, index): RecordedDecision =>
    ({ ...decision, sequence: index + 1, recordedAt: (at('2026-10-27T08:00:00+07:00') + index * 60_000) as Instant }));
}

function valueOf(result: ReturnType<typeof decideObjection>): Decision {
  const decision = result.ok ? result.value[0] : undefined;
  if (decision === undefined) throw new Error('nothing was decided');
  return decision;
}

const objected = (changes: Partial<StatedObjection> = {}, listed = [FIRST, SECOND]) => valueOf(decideObjection([], { ...STATED, ...changes }, listed, 'desk-114'));
const decided = (history: DecisionHistory, changes: Partial<StatedDecision> = {}) => valueOf(decideOnObjection(history, { ...DECISION, ...changes }, 'reviewer'));
const codeOf = (result: ReturnType<typeof decideObjection>) => (result.ok ? result.value.length : result.error.code);

describe('an objection', () => {
  it('names all late dossiers of the officer if it names none, each once', () => {
    expect(objected().data).toMatchObject({ officer: OFFICER, unit: 'H44.114', period: '2026-W43', dossiers: [FIRST, SECOND], objectedBy: 'desk-114' });
    expect(objected({ dossiers: [SECOND, SECOND] }).data).toMatchObject({ dossiers: [SECOND] });
  });

  it('is about what the list has of the officer, by somebody who can be named', () => {
    expect(codeOf(decideObjection([], STATED, [], 'desk'))).toBe('OBJECTION.NOT_LISTED');
    expect(codeOf(decideObjection([], { ...STATED, dossiers: [SECOND] }, [FIRST], 'desk'))).toBe('OBJECTION.DOSSIER_NOT_LISTED');
    expect(codeOf(decideObjection([], STATED, [FIRST], 'Nguyễn Văn A'))).toBe('OBJECTION.NO_SUBJECT');
  });

  it('waits for its decision before another one about the same list, and stands in the way of no other list', () => {
    const history = historyOf(objected());
    expect(codeOf(decideObjection(history, STATED, [FIRST], 'desk'))).toBe('OBJECTION.WAITING');
    expect(codeOf(decideObjection(history, { ...STATED, period: periodNamed('2026-10') }, [FIRST], 'desk'))).toBe(1);
    const upheld = historyOf(objected(), decided(history, { outcome: 'upheld', reason: 'evidence-missing' }));
    expect(codeOf(decideObjection(upheld, STATED, [FIRST], 'desk'))).toBe(1);
  });

  it('is decided once; the same again says nothing new', () => {
    const history = historyOf(objected());
    const after = historyOf(objected(), decided(history));
    expect(codeOf(decideOnObjection(after, DECISION, 'reviewer'))).toBe(0);
    expect(codeOf(decideOnObjection(after, { ...DECISION, outcome: 'upheld' }, 'reviewer'))).toBe('OBJECTION.DECIDED');
    expect(codeOf(decideOnObjection(history, { ...DECISION, number: 2 }, 'reviewer'))).toBe('OBJECTION.NOT_FOUND');
    expect(codeOf(decideOnObjection(history, { ...DECISION, unit: 'H44' as UnitCode }, 'reviewer'))).toBe('OBJECTION.NOT_FOUND');
  });
});

describe('a lift', () => {
  const history = historyOf(objected({ dossiers: [FIRST] }), decided(historyOf(objected())));
  const lifted = objectionsKnown(history, null);

  it('covers what was late up to the end of the period that was objected to, in whatever list, and nothing after it', () => {
    expect(isLiftedBy(lifted, FIRST, WEEK.end)).toBe(true);
    expect(isLiftedBy(lifted, FIRST, (WEEK.end + 1) as Instant)).toBe(false);
  });

  it('covers the dossiers that it names alone, and an objection that was upheld or waits covers none', () => {
    expect(isLiftedBy(lifted, SECOND, WEEK.start)).toBe(false);
    expect(isLiftedBy(objectionsKnown(historyOf(objected()), null), FIRST, WEEK.start)).toBe(false);
    const upheld = historyOf(objected(), decided(historyOf(objected()), { outcome: 'upheld', reason: 'not-relevant' }));
    expect(isLiftedBy(objectionsKnown(upheld, null), FIRST, WEEK.start)).toBe(false);
  });

  it('is not known before it was decided', () => {
    const known = (text: string) => objectionsKnown(history, at(text)).map(({ number, decision }) => [number, decision?.said.outcome ?? null]);
    expect(known('2026-10-27T07:59:00+07:00')).toEqual([]);
    expect(known('2026-10-27T08:00:00+07:00')).toEqual([[1, null]]);
    expect(known('2026-10-27T08:01:00+07:00')).toEqual([[1, 'lifted']]);
  });

  it('is the same at K whatever was recorded after K', () => {
    const told = fc.array(fc.record({ period: fc.constantFrom('2026-W42', '2026-W43', '2026-10'), lift: fc.option(fc.boolean(), { nil: null }) }), { maxLength: 6 });
    fc.assert(fc.property(told, fc.nat(12), (stories, cut) => {
      let written: DecisionHistory = [];
      for (const { period, lift } of stories) {
        const said = decideObjection(written, { ...STATED, period: periodNamed(period) }, [FIRST, SECOND], 'desk');
        if (!said.ok) continue;
        written = historyOf(...written, ...said.value);
        if (lift === null) continue;
        const outcome = lift ? 'lifted' as const : 'upheld' as const;
        written = historyOf(...written, decided(written, { number: written.length, period: periodNamed(period), outcome }));
      }
      const byThen = written.slice(0, cut);
      const knownBy = byThen.at(-1)?.recordedAt ?? (0 as Instant);
      expect(objectionsKnown(written, knownBy)).toEqual(objectionsKnown(byThen, null));
    }), { seed: 766, numRuns: 200 });
  });
});
