import { decisionTopic, flagReviewKey, integrityFlagReviewedV1 } from '@index766/contracts-aggregator';
import { MILLISECONDS_PER_DAY, instantOf, parsePeriod, type DossierId, type Instant, type Period, type UnitCode } from '@index766/kernel';
import { lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';

import { LateLists } from '../lateness';
import type { FactsOfEntry } from '../ledger';
import { PROVINCE, referenceWith } from '../test/edition-world';
import { InMemoryDecisions } from '../test/in-memory-editions';
import { entryOf, ledgerOf } from '../test/told-stories';
import { changesBetween } from './edition-changes';
import { EditionFigures } from './edition-figures';
import { NOTHING_EXCLUDED, type Visibility } from './visibility';

const WEEK = ((): Period => {
  const period = parsePeriod('2026-W41');
  if (!period.ok) throw new Error(period.error.detail);
  return period.value;
})();
const YEARS = 900;

const seen = (knownBefore: Instant): Visibility => ({ knownBefore, catalogKnownBefore: knownBefore, exclusions: NOTHING_EXCLUDED });
const [CLOSED, AMENDED] = [seen(local('2026-10-12 09:00')), seen(local('2026-10-14 09:00'))];

/** Figures over some dossiers, and how many of them a list of late officers was made of. */
function figuresOf(entries: readonly FactsOfEntry[]) {
  const decisions = new InMemoryDecisions();
  const lists = new LateLists({ decisions });
  let kept = 0;
  const figures = new EditionFigures({
    cases: ledgerOf(() => entries), petitions: ledgerOf(() => []), units: () => Promise.resolve(['H44.1', 'H44.2'] as UnitCode[]),
    reference: referenceWith(undefined), readReference: () => Promise.resolve(), decisions,
    lateLists: {
      of: (asked) => {
        kept = Math.max(kept, asked.views.length);
        return lists.of(asked);
      },
    },
  });
  return {
    figures, decisions,
    parts: async (visibility = CLOSED) => {
      const parts = await figures.partsOf(PROVINCE, WEEK, visibility);
      if (!parts.ok) throw new Error(parts.error.detail);
      return { parts: parts.value, kept };
    },
  };
}

const received = (name: string, at = '2026-10-01 08:00', unit = 'H44.1') =>
  lifeStory(name).received(at, { unit }).step('s', at, { by: officer(1) }).due(at, '2026-10-07 24:00');
const CURRENT = [
  received('D1').finished('2026-10-09 08:00'), received('D2', '2026-10-05 08:00'), received('D3', '2026-10-02 08:00', 'H44.2').finished('2026-10-06 08:00'),
];

describe('figures of an edition', () => {
  it('are the same after a long history, of which nothing is kept', async () => {
    const before = (day: number) => instantOf(WEEK.start - (day + 8) * MILLISECONDS_PER_DAY);
    const endings: readonly ((story: LifeStory, at: Instant) => LifeStory)[] = [
      (story, at) => story.finished(at), (story, at) => story.withdrawn(at), (story, at) => story.returned(at),
      (story, at) => story.due(story.last().occurredAt, at).finished(instantOf(at + MILLISECONDS_PER_DAY / 2)),
    ];
    const history = Array.from({ length: YEARS }, (_, day) => {
      const story = lifeStory(`OLD${day}`).received(before(day + 20), { unit: day % 2 === 0 ? 'H44.1' : 'H44.2' });
      return entryOf(endings[day % endings.length]?.(story, before(day)) ?? story);
    });
    const current = CURRENT.map((story) => entryOf(story));
    const [alone, after] = [await figuresOf(current).parts(), await figuresOf([...history, ...current]).parts()];
    expect(after).toEqual(alone);
    expect(after.kept).toBe(CURRENT.length);
  });
});

describe('the document of a unit', () => {
  it('has null and a reason where no indicator of a group has points, and says nothing more where one has', async () => {
    const { parts } = await figuresOf([entryOf(received('D1'))]).parts();
    const groupsOf = (unit: string) => (parts.units.find((each) => each.unit === unit)?.index as { groups: readonly Readonly<Record<string, unknown>>[] }).groups;
    expect(groupsOf('H44.2').find(({ group }) => group === 'CKMB')).toMatchObject({ state: 'missing', reason: 'no-figures', points: null, shown: null, attainable: 0 });
    for (const unit of ['H44.1', 'H44.2']) expect(groupsOf(unit).find(({ group }) => group === 'TDGQ')).not.toHaveProperty('state');
  });
});

describe('a fact that becomes known after an edition, and changes no figure', () => {
  const LATE = { recordedAt: '2026-10-13 08:00' };
  /** Everything that was recorded by the edition's K, and what came after it. */
  const changesOf = async (story: LifeStory) => {
    const { figures, parts } = figuresOf([entryOf(story)]);
    const [before, after] = [(await parts(CLOSED)).parts.units[1], (await parts(AMENDED)).parts.units[1]];
    return {
      changed: changesBetween({ index: before?.index, list: before?.lateOfficers }, { index: after?.index, list: after?.lateOfficers }).map(({ what }) => what.split('.').at(-1)),
      causes: (await figures.causesOf(PROVINCE, WEEK, CLOSED, AMENDED)).map(({ subject }) => subject),
    };
  };

  it('is a cause if it changes how late an officer was', async () => {
    const waited = received('D1').supplementAsked('X', '2026-10-08 08:00', LATE).supplementGiven('X', '2026-10-09 08:00', LATE);
    const { changed, causes } = await changesOf(waited);
    expect(changed).toContain('lateWorkingMinutes');
    expect(causes).toEqual(['D1', 'D1']);
  });

  const late = received('D1').finished('2026-10-09 08:00').voided('2026-10-10 08:00');
  const isFlag = late.last();
  /** All but the last fact were known in time. */
  const entry = (lastKnownAt: Instant): FactsOfEntry => {
    const { facts, ...about } = entryOf(late);
    return { ...about, facts: facts.map((known) => (known.fact.sequence === isFlag.sequence ? { ...known, knownAt: lastKnownAt } : known)) };
  };

  it('is a cause if integrity rules flag it in the period', async () => {
    const { figures, parts } = figuresOf([entry(local('2026-10-13 08:00'))]);
    const [before, after] = [(await parts(CLOSED)).parts.units, (await parts(AMENDED)).parts.units];
    expect(after.map(({ index }) => index)).toEqual(before.map(({ index }) => index));
    const changed = changesBetween({ integrity: before[1]?.integrity }, { integrity: after[1]?.integrity });
    expect(changed.map(({ what }) => what)).toContain(`integrity.flags.D1.voided-after-due.${isFlag.sequence}.recordedAt`);
    expect(changed).toContainEqual({ what: 'integrity.counts.voided-after-due.raised', before: null, after: 1, by: null });
    expect(await figures.causesOf(PROVINCE, WEEK, CLOSED, AMENDED)).toEqual([
      { fact: `dossiers.public.dossier.v1/D1/${isFlag.sequence}`, subject: 'D1', unit: 'H44.1' },
    ]);
  });

  it('is a cause if it is what a reviewer says of a flag', async () => {
    const { facts, ...about } = entry(local('2026-10-10 08:00'));
    const review = {
      topic: decisionTopic.name, sequence: 1, kind: 'integrity-change-reviewed', occurredAt: local('2026-10-13 08:00'), recordedAt: local('2026-10-13 08:00'),
      timeBasis: 'stated' as const, body: { dossier: 'D1' as DossierId, change: isFlag.sequence, outcome: 'declined', reason: 'no-evidence', reviewedBy: 'reviewer' },
    };
    const { figures, parts } = figuresOf([{ ...about, facts: [...facts, { fact: review, knownAt: review.recordedAt }] }]);
    const changed = changesBetween({ integrity: (await parts(CLOSED)).parts.units[1]?.integrity }, { integrity: (await parts(AMENDED)).parts.units[1]?.integrity });
    expect(changed).toEqual([
      { what: 'integrity.counts.voided-after-due.unreviewed', before: 1, after: 0, by: -1 },
      { what: `integrity.flags.D1.voided-after-due.${isFlag.sequence}.review`, before: null, after: 'declined', by: null },
    ]);
    expect((await figures.causesOf(PROVINCE, WEEK, CLOSED, AMENDED)).map(({ fact }) => fact)).toEqual([`${decisionTopic.name}/D1/1`]);
  });

  it('is a cause if it is what a reviewer says of a dossier that was made again', async () => {
    const gone = lifeStory('D1').received('2026-10-05 08:00', { unit: 'H44.1' }).due('2026-10-05 08:00', '2026-10-20 24:00').voided('2026-10-06 08:00');
    const again = lifeStory('D2').received('2026-10-05 08:00', { unit: 'H44.1', recordedAt: '2026-10-07 08:00' });
    const { figures, parts, decisions } = figuresOf([entryOf(gone), entryOf(again)]);
    const data = { flag: 're-created' as const, unit: 'H44.1', week: WEEK.name, dossier: 'D2', outcome: 'declined' as const, reason: 'evidence-missing' as const, evidence: [], reviewedBy: 'reviewer' };
    const key = flagReviewKey(data);
    decisions.stored.set(key, { history: [{ type: integrityFlagReviewedV1.type, data, sequence: 1, recordedAt: local('2026-10-13 08:00') }], commands: [] });
    const changed = changesBetween({ integrity: (await parts(CLOSED)).parts.units[1]?.integrity }, { integrity: (await parts(AMENDED)).parts.units[1]?.integrity });
    expect(changed).toContainEqual({ what: 'integrity.counts.re-created.unreviewed', before: 1, after: 0, by: -1 });
    expect(await figures.causesOf(PROVINCE, WEEK, CLOSED, AMENDED)).toEqual([{ fact: `${decisionTopic.name}/${key}/1`, subject: key, unit: 'H44.1' }]);
  });

  it('is none if it is flagged in another period', async () => {
    const { figures } = figuresOf([entryOf(received('D1').finished('2026-10-09 08:00').voided('2026-10-13 08:00'))]);
    expect(await figures.causesOf(PROVINCE, WEEK, CLOSED, AMENDED)).toEqual([]);
  });
});
