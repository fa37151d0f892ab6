import { aSighting, aStatement, anOfficer, october, pseudonym } from '../test/catalog.fixture';
import { decideErasure, decideStatement, outcomesOf, takeSightings, type MergeNeighbours } from './decide-officer';
import { descriptionOf, NOTHING_STATED, type Officer, type OfficerStatement } from './officer';

const ALONE: MergeNeighbours = { target: undefined, hasMerged: false };
const state = (officer: Officer | undefined, statement: OfficerStatement, neighbours = ALONE) =>
  decideStatement(pseudonym('a'), officer, statement, neighbours, october(2));

describe('what pushes say of an officer', () => {
  it('makes the officer known', () => {
    const decided = takeSightings(undefined, [aSighting()]);
    expect(decided).toMatchObject({ tells: true, officer: { lastSeen: 1, records: 1, recordedAt: october(1), erased: false } });
    expect(decided && descriptionOf(decided.officer)).toMatchObject({ name: 'Trần Thị Ví Dụ', title: 'Công chức', unit: 'H44.1' });
  });

  it('is taken in once, in the order of its sequence', () => {
    const late = [aSighting({ sequence: 3, title: 'third' }), aSighting({ sequence: 2, title: 'second' })];
    const first = takeSightings(anOfficer(), late);
    expect(first).toMatchObject({ tells: true, officer: { lastSeen: 3, records: 2, sighting: { title: 'third' } } });
    expect(takeSightings(first?.officer, late)).toBeUndefined();
  });

  it.each([
    ['newer ones are applied, a repeated one is a duplicate', anOfficer(), [aSighting({ sequence: 2 }), aSighting({ sequence: 3, title: 'third' }), aSighting({ sequence: 3, title: 'third' })], ['applied', 'applied', 'duplicate']],
    ['one that is superseded changes nothing', anOfficer({ lastSeen: 5 }), [aSighting({ sequence: 4, title: 'fourth' })], ['duplicate']],
    ['the newest sequence with other content is a conflict', undefined, [aSighting(), aSighting({ title: 'other' })], ['applied', 'conflict']],
    ['the same after a restart', takeSightings(undefined, [aSighting()])?.officer, [aSighting(), aSighting({ name: 'Ai Khác' })], ['duplicate', 'conflict']],
    ['nobody knows what an erased one said', anOfficer({ sighting: null, erased: true }), [aSighting({ name: 'Ai Khác' })], ['duplicate']],
  ] as const)('ends for each record by its sequence: %s', (_, officer, sightings, outcomes) => {
    expect(outcomesOf(officer, sightings)).toEqual(outcomes);
  });

  it('is told to nobody if it is nothing new', () => {
    const before = takeSightings(undefined, [aSighting()])?.officer;
    expect(takeSightings(before, [aSighting({ sequence: 2 })])).toMatchObject({ tells: false, officer: { lastSeen: 2, records: 1 } });
  });

  it('stands behind what an administrator says', () => {
    const before = anOfficer({ statement: aStatement({ name: 'Trần Thị Ví Dụ (đã sửa)', title: 'Phó phòng' }) });
    const after = takeSightings(before, [aSighting({ sequence: 2 })]);
    expect(after && descriptionOf(after.officer)).toMatchObject({
      name: 'Trần Thị Ví Dụ (đã sửa)', title: 'Phó phòng', department: 'Phòng Văn hóa - Xã hội',
    });
  });

  it('is never recorded before what was told last', () => {
    const before = anOfficer({ recordedAt: october(9) });
    expect(takeSightings(before, [aSighting({ sequence: 2, title: 'new' })])?.officer.recordedAt).toBe(october(9));
  });
});

describe('what an administrator says of an officer', () => {
  it('is recorded as a whole, absences in order', () => {
    const absences = [{ firstDay: '2026-10-12', lastDay: '2026-10-13' }, { firstDay: '2026-10-05', lastDay: '2026-10-05' }];
    expect(state(anOfficer(), aStatement({ ambiguous: true, absences }))).toMatchObject({
      ok: true, value: { tells: true, officer: { records: 2, recordedAt: october(2), statement: { ambiguous: true, absences: [absences[1], absences[0]] } } },
    });
  });

  it('is not recorded again if it says nothing new', () => {
    expect(state(anOfficer(), NOTHING_STATED)).toEqual({ ok: true, value: undefined });
  });

  it('may merge the officer into another one', () => {
    const merged = state(anOfficer(), aStatement({ mergedInto: pseudonym('b') }), { target: anOfficer(), hasMerged: false });
    expect(merged).toMatchObject({ ok: true, value: { officer: { statement: { mergedInto: pseudonym('b') } } } });
  });

  it.each([
    ['of nobody that a push named', undefined, aStatement(), ALONE, 'OFFICER.NOT_FOUND', 'pseudonym'],
    ['of an erased one without a name', anOfficer({ sighting: null, erased: true }), aStatement(), ALONE, 'OFFICER.NAME_MISSING', 'name'],
    ['that ends before it begins', anOfficer(), aStatement({ validFrom: '2026-02-02', validTo: '2026-02-01' }), ALONE, 'VALIDITY.ENDS_BEFORE_IT_BEGINS', 'validTo'],
    ['with a last day that does not exist', anOfficer(), aStatement({ validTo: '2026-02-30' }), ALONE, 'VALIDITY.NO_SUCH_DAY', 'validTo'],
    [
      'with absences that overlap', anOfficer(),
      aStatement({ absences: [{ firstDay: '2026-10-05', lastDay: '2026-10-07' }, { firstDay: '2026-10-07', lastDay: '2026-10-09' }] }),
      ALONE, 'OFFICER.ABSENCES_OVERLAP', 'absences',
    ],
    ['with an absence that ends before it begins', anOfficer(), aStatement({ absences: [{ firstDay: '2026-10-05', lastDay: '2026-10-04' }] }), ALONE, 'OFFICER.ABSENCES_OVERLAP', 'absences'],
    ['with a merge into itself', anOfficer(), aStatement({ mergedInto: pseudonym('a') }), ALONE, 'OFFICER.MERGED_INTO_ITSELF', 'mergedInto'],
    ['with a merge into nobody', anOfficer(), aStatement({ mergedInto: pseudonym('b') }), ALONE, 'OFFICER.UNKNOWN_MERGE_TARGET', 'mergedInto'],
    [
      'with a merge into one that is merged', anOfficer(), aStatement({ mergedInto: pseudonym('b') }),
      { target: anOfficer({ statement: aStatement({ mergedInto: pseudonym('c') }) }), hasMerged: false }, 'OFFICER.MERGE_CHAIN', 'mergedInto',
    ],
    [
      'with a merge of one into which others are merged', anOfficer(), aStatement({ mergedInto: pseudonym('b') }),
      { target: anOfficer(), hasMerged: true }, 'OFFICER.MERGE_CHAIN', 'mergedInto',
    ],
  ])('is refused %s', (_case, officer, statement, neighbours, code, path) => {
    expect(state(officer, statement, neighbours)).toMatchObject({ ok: false, error: { code, path } });
  });
});

describe('what was known of an officer before', () => {
  const away = (day: string) => aStatement({ absences: [{ firstDay: day, lastDay: day }] });
  const stated = (officer: Officer, statement: OfficerStatement, at: number): Officer => {
    const decided = decideStatement(pseudonym('a'), officer, statement, ALONE, october(at));
    return decided.ok && decided.value !== undefined ? decided.value.officer : officer;
  };

  it('is kept without names when merge, ambiguity or absences change, each from when it was recorded', () => {
    const first = stated(anOfficer(), away('2026-10-05'), 2);
    const second = stated(first, aStatement({ ambiguous: true }), 4);
    expect(second).toMatchObject({
      knownSince: october(4),
      earlier: [
        { knownSince: october(1), ambiguous: false, absences: [] },
        { knownSince: october(2), ambiguous: false, absences: [{ firstDay: '2026-10-05', lastDay: '2026-10-05' }] },
      ],
    });
    expect(JSON.stringify(second.earlier)).not.toContain('Ví Dụ');
  });

  it('does not change with a name or title, stated or seen', () => {
    const first = stated(anOfficer(), away('2026-10-05'), 2);
    const renamed = stated(first, { ...away('2026-10-05'), name: 'Tên Khác' }, 3);
    const seen = takeSightings(renamed, [aSighting({ sequence: 2, recordedAt: october(4), department: 'Phòng Khác' })])?.officer;
    expect(seen).toMatchObject({ recordedAt: october(4), knownSince: october(2), earlier: first.earlier });
  });

  it('is kept as far as it fits into one record, the newest', () => {
    const days = Array.from({ length: 60 }, (_, index) => `2026-${String(1 + Math.floor(index / 28)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`);
    const officer = days.reduce((before, day, index) => stated(before, away(day), 2 + index / 100), anOfficer());
    expect(officer.earlier).toHaveLength(50);
    expect(officer.earlier.at(-1)?.absences).toEqual([{ firstDay: days[58], lastDay: days[58] }]);
  });

  it('goes with the name when that is erased', () => {
    const erased = decideErasure(stated(anOfficer(), away('2026-10-05'), 2), october(3));
    expect(erased).toMatchObject({ ok: true, value: { officer: { earlier: [] } } });
  });
});

describe('an erased officer', () => {
  const erased = anOfficer({ sighting: null, erased: true, records: 2 });

  it('has no name left, and readers are told', () => {
    const decided = decideErasure(anOfficer({ statement: aStatement({ name: 'Ví Dụ', aliases: ['Vi Du'] }) }), october(2));
    expect(decided).toMatchObject({ ok: true, value: { tells: true, officer: { erased: true, records: 2 } } });
    expect(JSON.stringify(decided)).not.toMatch(/Ví Dụ|Vi Du/);
    expect(decided.ok && decided.value && descriptionOf(decided.value.officer)).toBeNull();
  });

  it('is not erased again', () => {
    expect(decideErasure(erased, october(3))).toEqual({ ok: true, value: undefined });
  });

  it('is not brought back by a push, which leaves no name', () => {
    const seen = takeSightings(erased, [aSighting({ sequence: 2 })]);
    expect(seen).toMatchObject({ tells: false, officer: { erased: true, lastSeen: 2, sighting: null } });
  });

  it('is brought back by an administrator who states a name', () => {
    expect(state(erased, aStatement({ name: 'Trần Thị Ví Dụ' }))).toMatchObject({
      ok: true, value: { tells: true, officer: { erased: false, records: 3 } },
    });
  });

  it('has to be known', () => {
    expect(decideErasure(undefined, october(2))).toMatchObject({ ok: false, error: { code: 'OFFICER.NOT_FOUND' } });
  });
});
