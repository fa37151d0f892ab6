import { foldDossier, lateOfficers } from '@index766/dossier-life';
import { treeOn } from '@index766/index-766';
import { parsePeriod, type Instant, type LocalDay, type OfficerPseudonym, type UnitCode } from '@index766/kernel';
import { lifeStory, local, officer } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';

import type { Objection } from '../lateness';
import type { EditionDocument } from './edition-queries';
import { changesBetween } from './edition-changes';
import { lateOfficersDocumentJson } from './http/edition-json';
import { integrityDocument } from './integrity-document';
import { lateListDocument } from './late-list-document';

const period = parsePeriod('2026-10');
if (!period.ok) throw new Error('no period');
const OCTOBER = period.value;
const an = officer(1);
const story = lifeStory('H44.1-1').received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-09 24:00').step('a', '2026-10-01 08:00', { by: an })
  .finished('2026-10-12 08:00').withdrawn('2026-10-08 08:00', { recordedAt: '2026-10-13 08:00' });
const view = foldDossier(story.facts());
const list = lateOfficers([view], OCTOBER, OCTOBER.end, { calendarOf: () => calendarFor(VIETNAM_CALENDAR, []) });
const tree = treeOn(OCTOBER.lastDay, ['H44', 'H44.114'].map((code) => ({
  code: code as UnitCode, name: code, level: code === 'H44' ? 'PROVINCE' : 'COMMUNE', parent: code === 'H44' ? null : 'H44' as UnitCode,
  validFrom: 0 as LocalDay, validTo: null, successor: null,
})));
const objection = (number: number, decided: boolean): Objection => ({
  number, recordedAt: local('2026-11-02 08:00'),
  said: { officer: an, unit: 'H44.114', period: '2026-10', dossiers: ['H44.1-1'], reason: 'absence', evidence: ['QD-118/2026'], objectedBy: 'desk' },
  decision: decided
    ? { recordedAt: local('2026-11-03 08:00'), said: { officer: an, unit: 'H44.114', period: '2026-10', objection: number, outcome: 'upheld', reason: 'evidence-missing', decidedBy: 'reviewer' } }
    : null,
});

describe('what an edition publishes of late officers', () => {
  it('has objections and their decisions, each a change of its own against the edition before', () => {
    const [before, after] = [lateListDocument(list, [objection(1, false)]), lateListDocument(list, [objection(1, true), objection(4, false)])];
    const changed = changesBetween({ lateOfficers: before }, { lateOfficers: after }).map(({ what }) => what);
    expect(changed).toContain(`lateOfficers.objections.${an}/1.decision.outcome`);
    expect(changed).toContain(`lateOfficers.objections.${an}/4.reason`);
    expect(changed.filter((what) => what.includes('officers.officers'))).toEqual([]);
  });

  it('has pseudonyms alone in what is hashed; names stand beside it for who may see them', () => {
    const text = JSON.stringify({ lateOfficers: lateListDocument(list, []) });
    const document = { edition: { published: { province: 'H44', period: '2026-10', number: 1 } }, sha256: 'a', text } as unknown as EditionDocument;
    const shown = (names: (pseudonym: OfficerPseudonym) => { name: string; title: null; division: null } | undefined) =>
      lateOfficersDocumentJson(document, 0 as Instant, names);
    expect(shown(() => undefined)).toMatchObject({ names: {}, canonical: text });
    expect(shown(() => ({ name: 'Cán bộ Ví Dụ', title: null, division: null }))).toMatchObject({ names: { [an]: { name: 'Cán bộ Ví Dụ' } }, canonical: text });
    expect(text).not.toContain('Ví Dụ');
  });
});

describe('what an edition publishes of integrity', () => {
  it('has the counts of a unit and all below it, and the flags of the unit itself', () => {
    const flagged = { flag: 'end-moved-earlier', dossier: 'H44.1-1', change: story.last().sequence, review: null };
    expect(integrityDocument([view], 'H44.114' as UnitCode, OCTOBER, tree, (flags) => flags)).toMatchObject({ counts: [{ flag: 'end-moved-earlier', raised: 1, unreviewed: 1 }], flags: [flagged] });
    expect(integrityDocument([view], 'H44' as UnitCode, OCTOBER, tree, (flags) => flags)).toMatchObject({ counts: [{ raised: 1 }], flags: [] });
  });
});
