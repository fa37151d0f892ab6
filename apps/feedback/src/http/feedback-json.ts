import type { FeedbackFact } from '@index766/feedback-life';
import { formatInstant, formatLocalDay, type Instant } from '@index766/kernel';
import type { PetitionFact } from '@index766/petition-life';
import type { Due, Working, WorkingCalendar } from '@index766/working-time';
import { ratingStanding } from '../domain/dossier-feedback';
import type { FeedbackDetails } from '../queries/show-feedback';
import type { PetitionDetails } from '../queries/show-petitions';
import type { SurveyDetails } from '../queries/show-survey';

/** The feedback on a dossier as GET shows it. Who issued a token is kept, not shown. */
export function feedbackJson({ state, view, isDissatisfied }: FeedbackDetails) {
  return {
    dossier: state.dossier,
    isDissatisfied,
    ratings: view.ratings.map(({ from, to, ...rating }) => ({ ...rating, from: formatInstant(from), to: textOf(to) })),
    petitions: view.petitions.map(({ petition, from, to }) => ({ petition, from: formatInstant(from), to: textOf(to) })),
    issued: state.issued.map(({ rating, hash, issuedAt }) => ({
      rating, byToken: hash !== null, issuedAt: formatInstant(issuedAt), standing: ratingStanding(state, rating).standing,
    })),
    withdrawals: state.withdrawals.map(({ at, ...withdrawal }) => ({ ...withdrawal, at: formatInstant(at) })),
    facts: state.facts.map(factJson),
  };
}

/** A petition as GET shows it: its life, what was written, and by when what has to be done. */
export function petitionJson(details: PetitionDetails) {
  const { state, view } = details;
  return {
    ...petitionLineJson(details),
    holders: view.holders.map(({ unit, from }) => ({ unit, from: formatInstant(from) })),
    supplements: view.supplements.map(({ from, to }) => ({ from: formatInstant(from), to: textOf(to) })),
    refusedAt: textOf(view.refusedAt),
    answeredAt: textOf(view.answeredAt),
    publishedAt: textOf(view.publishedAt),
    answerRatings: view.answerRatings.map(({ from, satisfied }) => ({ from: formatInstant(from), satisfied })),
    repetitions: view.repetitions.map(({ by, from, to }) => ({ by, from: formatInstant(from), to: textOf(to) })),
    texts: state.texts.map(({ of, at, text }) => ({ of, at: formatInstant(at), text })),
    facts: state.facts.map(factJson),
  };
}

/** A petition as it stands in a unit's list. */
export function petitionLineJson({ state, view, stage, dues, at, calendarOf }: PetitionDetails) {
  const unit = view.holders.at(-1)?.unit ?? null;
  const calendar = unit === null ? null : calendarOf(unit);
  const due = (each: Due | null) => (each === null || calendar === null ? null : dueJson(each, at, calendar));
  return {
    petition: state.petition,
    unit,
    class: view.class,
    stage,
    about: view.about,
    receivedAt: textOf(view.receivedAt),
    dues: { refuse: due(dues.refuse), ask: due(dues.ask), answer: due(dues.answer), publish: due(dues.publish) },
  };
}

export function unitSurveyJson({ survey, index, before }: SurveyDetails) {
  const { year, unit, source, countedAt, answers } = survey;
  return {
    year, unit, source, countedAt: formatInstant(countedAt),
    answers: Object.entries(answers).map(([question, counts]) => ({ question, counts })),
    index, before,
  };
}

const MINUTES_PER_HOUR = 60;

/** Working hours are rounded down to hundredths; negative: so many have passed since. */
function dueJson({ dueAt, working }: Due, at: Instant, calendar: WorkingCalendar) {
  const hours = calendar.workingMinutesBetween(at, dueAt) / MINUTES_PER_HOUR;
  return {
    dueAt: formatInstant(dueAt),
    workingHoursLeft: Math.floor(hours * 100) / 100,
    overdue: at > dueAt,
    working: working.map(workingJson),
  };
}

function workingJson(each: Working) {
  switch (each.kind) {
    case 'day-zero':
      return { kind: each.kind, day: formatLocalDay(each.day), startsAt: formatInstant(each.startsAt), arrival: each.arrival };
    case 'skipped':
      return { kind: each.kind, day: formatLocalDay(each.day), reason: 'name' in each.standing ? each.standing.name : each.standing.kind };
    case 'last-day':
      return { kind: each.kind, day: formatLocalDay(each.day), dueAt: formatInstant(each.dueAt) };
    case 'pause':
      return { kind: each.kind, from: formatInstant(each.from), to: formatInstant(each.to), dueBefore: formatInstant(each.dueBefore), dueAfter: formatInstant(each.dueAfter) };
    case 'beyond-calendar':
      return { kind: each.kind, day: formatLocalDay(each.day) };
  }
}

function factJson({ sequence, kind, occurredAt, recordedAt, timeBasis, backfill, body }: FeedbackFact | PetitionFact) {
  return { sequence, kind, occurredAt: formatInstant(occurredAt), recordedAt: formatInstant(recordedAt), timeBasis, backfill: backfill ?? false, body };
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
