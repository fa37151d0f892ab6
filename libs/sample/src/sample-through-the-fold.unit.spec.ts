import {
  decideFacts, foldDossier, type Channel, type DossierView, type ProposedFact,
} from '@index766/dossier-life';
import { caseMeasures, dossierAlone, type Measures } from '@index766/index-766';
import { instantOf, parseDossierId, parsePeriod, type Instant, type Period, type ProcedureCode, type SupplementId, type UnitCode } from '@index766/kernel';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { generateSample, type Sample } from './generate-sample';
import type { SampleUnit } from './figures/sample-units';
import { readDossiers, type ReadDossier } from './test/plain-reading';
import { sampleUnit } from './test/sample-unit.builder';

const CHANNELS: readonly Channel[] = ['in-person', 'in-person', 'online', 'postal'];
const calendar = calendarFor(VIETNAM_CALENDAR, []);
const period = (name: string): Period => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
};
const unit = (number: number, onTime: number, dossiers: number): SampleUnit => sampleUnit(`H99.${number}`, {
  onTime, dossiers, counts: { received: Math.floor(dossiers * 0.7), online: Math.floor(dossiers * 0.6), obliged: Math.floor(dossiers / 2) },
});

/** The facts that a dossier's pushes come to in the end. */
const proposalsOf = (dossier: ReadDossier): readonly ProposedFact[] => {
  const proposals: ProposedFact[] = [];
  const tell = (proposal: Omit<ProposedFact, 'timeBasis' | 'occurredAt'>, at: number | null) => {
    if (at !== null) proposals.push({ ...proposal, occurredAt: instantOf(at), timeBasis: 'stated' } as ProposedFact);
  };
  const arrival = {
    unit: dossier.unit as UnitCode, procedure: dossier.procedure as ProcedureCode, channel: CHANNELS[dossier.channel] ?? 'in-person', source: 'sample',
  };
  const instant = (at: number): Instant => instantOf(at);
  tell({ kind: 'dossier-registered', body: arrival }, dossier.submittedAt);
  tell({ kind: 'dossier-received', body: { ...arrival, pushed: true, ...(dossier.dueAt === null ? {} : { statedDueAt: instant(dossier.dueAt) }) } }, dossier.receivedAt);
  for (const { id, requestedAt, completedAt, newDueAt } of dossier.supplements) {
    const supplement = id as SupplementId;
    tell({ kind: 'supplement-requested', body: { supplement } }, requestedAt);
    tell({ kind: 'supplement-completed', body: { supplement, ...(newDueAt === null ? {} : { newDueAt: instant(newDueAt) }) } }, completedAt);
  }
  const end = dossier.status === 7 ? 'dossier-withdrawn' : dossier.status === 8 ? 'dossier-stopped' : 'dossier-finished';
  tell({ kind: end, body: {} }, dossier.endedAt);
  tell({ kind: 'result-returned', body: { channel: 'online' } }, dossier.returnedAt);
  return proposals;
};

const viewsOf = (sample: Sample): readonly DossierView[] => {
  const terms = new Map<string, Sample['reference']['procedures'][number]>(sample.reference.procedures.map((procedure) => [procedure.code, procedure]));
  return [...readDossiers([...sample.cohorts()].flatMap(({ pushes }) => [...pushes])).values()].map((dossier) => {
    const id = parseDossierId(dossier.id);
    if (id === undefined) throw new Error(dossier.id);
    const decided = decideFacts([], proposalsOf(dossier), {
      dossier: id, reportedBy: 'snapshot', topic: 'dossiers.public.dossier.v1', recordedAt: sample.period.end,
      termOf: (procedure) => terms.get(procedure)?.term ?? null, calendarOf: () => calendar,
    });
    if (!decided.ok) throw new Error(`${dossier.id}: ${decided.error.code}`);
    return foldDossier(decided.value);
  });
};

const measured = (views: readonly DossierView[], code: UnitCode, { start, end }: Period, at: Instant): Measures =>
  caseMeasures(views.map(dossierAlone), code, { start, end }, at, { calendar, hasResultDocument: () => true });

describe('the sample, through the fold of a dossier’s life', () => {
  it.each([['2026-10', 766], ['2026-02', 12], ['2026-W40', 3]])('has exactly the wanted 2.1 of every unit in %s (seed %i)', (name, seed) => {
    const units = [unit(1, 310, 402), unit(2, 20, 61), unit(3, 33, 33), unit(4, 0, 17), unit(5, 1, 1)];
    const sample = generateSample({ units, period: period(name), seed });
    if (!sample.ok) throw new Error(sample.error.detail);
    const views = viewsOf(sample.value);
    const { end } = sample.value.period;
    const figures = units.map(({ code }) => measured(views, code, sample.value.period, end));
    expect(figures.map(({ pairs }) => pairs['on-time'])).toEqual(units.map(({ onTime, dossiers }) => ({ numerator: onTime, denominator: dossiers })));
    expect(figures.map(({ counts }) => [counts.received, counts['received-online']])).toEqual(units.map(({ counts: { received, online } }) => [received, online]));
  });

  it('keeps the identity of what came, went and stayed, for every unit and day', () => {
    const units = [unit(1, 60, 82), unit(2, 20, 31)];
    const sample = generateSample({ units, period: period('2026-10'), seed: 766 });
    if (!sample.ok) throw new Error(sample.error.detail);
    const views = viewsOf(sample.value);
    const days = Array.from({ length: 31 }, (_, index) => `2026-10-${String(index + 1).padStart(2, '0')}`).map((day) => period(`${day}..${day}`));
    for (const { code } of units) {
      const ofDays = days.map((day) => measured(views, code, day, day.end).counts);
      const came = ofDays.map((counts) => counts['in-hand-at-start'] + counts.received + counts['transferred-in']);
      expect(came).toEqual(ofDays.map((counts) => counts.ended + counts['transferred-out'] + counts['in-hand-at-end']));
      expect(ofDays.map((counts) => counts['received-online'] + counts['received-in-person'] + counts['received-postal']))
        .toEqual(ofDays.map(({ received }) => received));
      expect(ofDays.slice(1).map((counts) => counts['in-hand-at-start'])).toEqual(ofDays.slice(0, -1).map((counts) => counts['in-hand-at-end']));
      expect(came.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
    }
  });
});
