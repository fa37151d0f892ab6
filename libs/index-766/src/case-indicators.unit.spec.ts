import type { DocumentFactKind } from '@index766/document-life';
import { foldDossier } from '@index766/dossier-life';
import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { lifeStory, local } from '@index766/testing-unit';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { caseMeasures } from './case-measures';
import type { CaseView } from './case-view';
import type { CaseMeasureName, CaseSetName } from './measures';
import { CaseStory, caseStory } from './test/case-story';

const UNIT = 'H44.114' as UnitCode;
const OTHER = 'H44.113' as UnitCode;
const calendar = calendarFor(VIETNAM_CALENDAR, []);
const october = ((): Period => {
  const parsed = parsePeriod('2026-10');
  if (!parsed.ok) throw new Error('no period');
  return parsed.value;
})();
/** Procedures whose code begins with `MAU-KQ` have no result document. */
const measure = (cases: readonly CaseStory[], unit = UNIT, at = october.end) =>
  caseMeasures(cases.map((story) => story.view()), unit, october, at, { calendar, hasResultDocument: (code) => !code.startsWith('MAU-KQ') });
const pair = (name: CaseMeasureName, cases: readonly CaseStory[], at = october.end): string => {
  const { numerator, denominator } = measure(cases, UNIT, at).pairs[name];
  return `${numerator}/${denominator}`;
};
const codes = (name: CaseSetName, cases: readonly CaseStory[], at = october.end) => measure(cases, UNIT, at).sets[name];
const received = (number: number, arrival: Parameters<ReturnType<typeof lifeStory>['received']>[1], at = '2026-10-05 08:00') =>
  new CaseStory(lifeStory(`H44.114-${number}`).received(at, arrival).due(at, '2026-12-01'));
const ENDED_BEFORE = (number: number) => {
  const story = caseStory(number, '2026-09-01', '2026-09-10');
  story.life.finished('2026-09-08 08:00');
  return story;
};

describe('1.4', () => {
  it('is what was received by push, of what was received in the period', () => {
    expect(pair('dossiers-synchronised', [
      received(1, { pushed: true }), received(2, { pushed: false }), received(3, { pushed: true }, '2026-09-30 08:00'), received(4, { pushed: true }),
    ])).toBe('2/3');
  });

  it('stays with the unit that received it', () => {
    const moved = received(1, { pushed: true });
    moved.life.transferred('H44.113', '2026-10-06 08:00');
    expect(measure([moved]).pairs['dossiers-synchronised']).toEqual({ numerator: 1, denominator: 1 });
    expect(measure([moved], OTHER).pairs['dossiers-synchronised']).toEqual({ numerator: 0, denominator: 0 });
  });
});

describe('3.3 and the services of 3.2', () => {
  const cases = [
    received(1, { channel: 'online', procedure: 'B' }), received(2, { channel: 'in-person', procedure: 'A' }), received(3, { channel: 'postal', procedure: 'A' }),
    received(4, { channel: 'online', procedure: 'C' }, '2026-09-05 08:00'),
  ];

  it('count what was received online of what was received in the period', () => expect(pair('received-online', cases)).toBe('1/3'));

  it('know the procedures with an online dossier received in the period', () => expect(codes('received-online', cases)).toEqual(['B']));

  it('take a dossier that moved on for the unit that received it', () => {
    const moved = received(1, { channel: 'online', procedure: 'B' });
    moved.life.transferred('H44.113', '2026-10-06 08:00');
    expect(measure([moved]).sets['received-online']).toEqual(['B']);
    expect(measure([moved], OTHER).sets['received-online']).toEqual([]);
  });
});

describe('3.6', () => {
  it.each<[string, CaseStory, string]>([
    ['no fee and no payment', caseStory(1), '0/0'],
    ['a fee', caseStory(1).fee('2026-10-05 08:00', 8000), '0/1'],
    ['a fee of 0', caseStory(1).fee('2026-10-05 08:00', 0), '0/0'],
    ['a fee that is wholly waived', caseStory(1).fee('2026-10-05 08:00', 8000).waived('2026-10-06 08:00'), '0/0'],
    ['a fee paid on the national portal', caseStory(1).fee('2026-10-05 08:00', 8000).paid('2026-10-06 08:00'), '1/1'],
    ['a fee paid at the province’s gateway', caseStory(1).fee('2026-10-05 08:00', 8000).paid('2026-10-06 08:00', 'province-gateway'), '1/1'],
    ['a fee paid in cash', caseStory(1).fee('2026-10-05 08:00', 8000).paid('2026-10-06 08:00', 'cash'), '0/1'],
    ['an online payment without a fee', caseStory(1).paid('2026-10-06 08:00'), '1/1'],
    ['a payment that was wholly refunded: the obligation stays', caseStory(1).paid('2026-10-06 08:00').refunded('2026-10-20 08:00'), '0/1'],
    ['a payment that was refunded in part', caseStory(1).paid('2026-10-06 08:00').refunded('2026-10-20 08:00', 400), '1/1'],
    ['a payment made before the period', caseStory(1, '2026-09-28').paid('2026-09-29 08:00'), '1/1'],
    ['a payment after the period', caseStory(1).fee('2026-10-05 08:00', 8000).paid('2026-11-01'), '0/1'],
    ['a dossier that is not of 2.1', ENDED_BEFORE(1).fee('2026-09-05 08:00', 8000).paid('2026-10-06 08:00'), '0/0'],
  ])('of %s', (_, story, expected) => {
    expect(pair('dossiers-paid-online', [story])).toBe(expected);
  });

  it('takes a waiver and a refund from their own instants on', () => {
    const waived = caseStory(1).fee('2026-10-05 08:00', 8000).waived('2026-10-12 08:00');
    const refunded = caseStory(2).paid('2026-10-06 08:00').refunded('2026-10-20 08:00');
    expect(pair('dossiers-paid-online', [waived, refunded], local('2026-10-10 08:00'))).toBe('1/2');
    expect(pair('dossiers-paid-online', [waived, refunded], local('2026-10-13 08:00'))).toBe('1/1');
    expect(pair('dossiers-paid-online', [waived, refunded], local('2026-10-21 08:00'))).toBe('0/1');
  });
});

describe('the procedures of 3.5', () => {
  it('are paid online if a payment succeeded in the period, refunded later or not, also on a dossier that ended before', () => {
    expect(codes('paid-online', [
      caseStory(1, '2026-10-05', '2026-10-09', 'A').paid('2026-10-06 08:00').refunded('2026-10-07 08:00'),
      caseStory(2, '2026-09-05', '2026-10-09', 'B').paid('2026-09-06 08:00'),
      caseStory(3, '2026-10-05', '2026-10-09', 'C').paid('2026-10-06 08:00', 'cash'),
      ENDED_BEFORE(4).paid('2026-10-06 08:00'),
    ])).toEqual(['2.000815', 'A']);
  });

  it('carry a fee if one above 0 was assessed on a dossier of 2.1, waived or not', () => {
    expect(codes('fee-carried', [
      caseStory(1, '2026-10-05', '2026-10-09', 'A').fee('2026-10-05 08:00', 0),
      caseStory(2, '2026-10-05', '2026-10-09', 'B').fee('2026-10-05 08:00', 8000).waived('2026-10-06 08:00'),
      caseStory(3, '2026-10-05', '2026-10-09', 'C').fee('2026-11-02 08:00', 8000),
      ENDED_BEFORE(4).fee('2026-09-05 08:00', 8000),
    ])).toEqual(['B']);
  });

  it('have their payments counted, online of all (II.1b)', () => {
    const paid = caseStory(1, '2026-10-05', '2026-10-09', 'A').paid('2026-10-06 08:00').paid('2026-10-07 08:00', 'cash', 'R2');
    expect(measure([paid, caseStory(2, '2026-10-05', '2026-10-09', 'B')]).paymentsByProcedure).toEqual({ A: { numerator: 1, denominator: 2 } });
  });
});

describe('5.4', () => {
  const late = (number: number) => {
    const story = caseStory(number);
    story.life.finished('2026-10-20 08:00');
    return story;
  };

  it.each<[string, CaseStory, string]>([
    ['nobody complained about', caseStory(1, '2026-10-05', '2026-12-01').rated('2026-10-06 08:00', 3), '1/1'],
    ['was rated with a 2', caseStory(1, '2026-10-05', '2026-12-01').rated('2026-10-06 08:00', 2), '0/1'],
    ['was disliked', caseStory(1, '2026-10-05', '2026-12-01').rated('2026-10-06 08:00', 'dislike'), '0/1'],
    ['has a petition', caseStory(1, '2026-10-05', '2026-12-01').petition('2026-10-06 08:00'), '0/1'],
    ['has a bad rating and a petition', caseStory(1, '2026-10-05', '2026-12-01').rated('2026-10-06 08:00', 1).petition('2026-10-06 08:00'), '0/1'],
    ['is late', late(1), '0/1'],
    ['is late and was rated badly: counts twice', late(1).rated('2026-10-06 08:00', 1), '-1/1'],
  ])('of a dossier that %s', (_, story, expected) => {
    expect(pair('dossiers-satisfied', [story])).toBe(expected);
  });

  it('takes a withdrawn rating and an unlinked petition from their own instants on', () => {
    const story = caseStory(1, '2026-10-05', '2026-12-01').rated('2026-10-06 08:00', 1).ratingWithdrawn('2026-10-10 08:00').petition('2026-10-12 08:00').petitionUnlinked('2026-10-14 08:00');
    const at = (text: string) => pair('dossiers-satisfied', [story], local(text));
    expect([at('2026-10-08 08:00'), at('2026-10-11 08:00'), at('2026-10-13 08:00'), at('2026-10-15 08:00')]).toEqual(['0/1', '1/1', '0/1', '1/1']);
  });
});

describe('the digitisation group', () => {
  const MARK = '2026-10-06 08:00';
  const withPapers = (...kinds: readonly DocumentFactKind[]) => kinds.reduce((story, kind) => story.paper(kind, MARK), caseStory(1));

  it.each<[CaseMeasureName, readonly DocumentFactKind[], string]>([
    ['electronic-results', [], '0/1'],
    ['electronic-results', ['electronic-result-issued'], '1/1'],
    ['dossiers-digitised', ['component-digitised'], '0/1'],
    ['dossiers-digitised', ['electronic-result-issued'], '0/1'],
    ['dossiers-digitised', ['component-digitised', 'electronic-result-issued'], '1/1'],
    ['components-reused', ['component-digitised'], '0/1'],
    ['components-reused', ['component-reused'], '1/1'],
    ['personal-store-used', ['component-taken-from-personal-store'], '1/1'],
    ['personal-store-used', ['result-linked-to-personal-store'], '1/1'],
    ['personal-store-used', ['electronic-result-issued'], '0/1'],
    ['population-data-used', ['population-data-used'], '1/1'],
    ['population-data-used', [], '0/1'],
  ])('%s of a dossier with %j is %s', (name, kinds, expected) => {
    expect(pair(name, [withPapers(...kinds)])).toBe(expected);
  });

  it('counts a procedure without a result document as having one', () => {
    const story = caseStory(1, '2026-10-05', '2026-10-09', 'MAU-KQ1');
    expect([pair('electronic-results', [story]), pair('dossiers-digitised', [story])]).toEqual(['1/1', '0/1']);
    expect(pair('dossiers-digitised', [story.paper('component-digitised', MARK)])).toBe('1/1');
  });

  it('counts a flag that is true at T whenever it became so, and no flag of the future', () => {
    expect(pair('components-reused', [caseStory(1, '2026-09-28', '2026-12-01').paper('component-reused', '2026-09-29 08:00')])).toBe('1/1');
    expect(pair('components-reused', [caseStory(1).paper('component-reused', '2026-11-01')])).toBe('0/1');
  });

  it('knows the procedures with population data (4.5a)', () => {
    expect(codes('population-data-used', [
      caseStory(1, '2026-10-05', '2026-10-09', 'A').paper('population-data-used', MARK), caseStory(2, '2026-10-05', '2026-10-09', 'B'),
    ])).toEqual(['A']);
  });

  it('belongs to the unit that holds the dossier at T', () => {
    const moved = withPapers('component-reused');
    moved.life.transferred('H44.113', '2026-10-31 08:00');
    expect(measure([moved]).pairs['components-reused']).toEqual({ numerator: 0, denominator: 0 });
    expect(measure([moved], OTHER).pairs['components-reused']).toEqual({ numerator: 1, denominator: 1 });
  });
});

describe('plan target II.8', () => {
  it('is what was digitised, signed and archived, of what was resolved in the period', () => {
    const resolved = (number: number, ...kinds: readonly DocumentFactKind[]) => {
      const story = kinds.reduce((told, kind) => told.paper(kind, '2026-10-06 08:00'), caseStory(number));
      story.life.finished('2026-10-08 08:00');
      return story;
    };
    const withdrawn = caseStory(9);
    withdrawn.life.withdrawn('2026-10-08 08:00');
    expect(pair('resolved-in-full', [
      resolved(1, 'component-digitised', 'result-signed', 'result-archived'), resolved(2, 'component-digitised', 'result-signed'), resolved(3),
      caseStory(4), withdrawn, ENDED_BEFORE(5),
    ])).toBe('1/3');
  });
});

describe('a case of which the dossier is not known yet', () => {
  it('counts nowhere, and counts when its dossier comes', () => {
    const told = caseStory(1).fee('2026-10-05 08:00', 8000).paid('2026-10-06 08:00').paper('component-reused', '2026-10-06 08:00');
    const early: CaseView = { ...told.view(), dossier: foldDossier(told.life.facts(), { knownBy: () => false }) };
    expect(caseMeasures([early], UNIT, october, october.end, { calendar, hasResultDocument: () => true })).toEqual(measure([]));
    expect([pair('dossiers-paid-online', [told]), pair('components-reused', [told])]).toEqual(['1/1', '1/1']);
  });
});

describe('a voided dossier', () => {
  it('counts nowhere, whatever was paid for it', () => {
    const voided = caseStory(1).fee('2026-10-05 08:00', 8000).paid('2026-10-06 08:00');
    voided.life.voided('2026-10-07 08:00');
    expect(measure([voided])).toEqual(measure([]));
  });
});
