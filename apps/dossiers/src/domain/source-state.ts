import { endOfDay, latest, localDayOf, ok, refused, type Instant, type LocalDay, type Result } from '@index766/kernel';

/** What is kept of a source system: the one behind a token, whatever units it speaks of. */
export interface SourceState {
  /** Its name: the subject of its token. */
  readonly source: string;
  /** The local day of which its first push was told last. */
  readonly heardOn: LocalDay | null;
  /** The last day of which it said that everything was pushed. */
  readonly completeThrough: LocalDay | null;
  /** Facts told so far. */
  readonly sequence: number;
  readonly recordedAt: Instant | null;
}

interface SourceFactHead {
  readonly source: string;
  readonly sequence: number;
  readonly recordedAt: Instant;
}

export type SourceFact =
  | (SourceFactHead & { readonly kind: 'source-heard' })
  | (SourceFactHead & { readonly kind: 'source-complete'; readonly day: LocalDay });

export interface ToldSource {
  readonly state: SourceState;
  readonly fact: SourceFact;
}

export function newSource(source: string): SourceState {
  return { source, heardOn: null, completeThrough: null, sequence: 0, recordedAt: null };
}

/** It pushed; null: that was told of this local day already. Periods end with days: no later push says more of any. */
export function hear(state: SourceState, now: Instant): ToldSource | null {
  const head = headOf(state, now);
  const heardOn = localDayOf(head.recordedAt);
  if (state.heardOn !== null && state.heardOn >= heardOn) return null;
  return told(state, { ...head, kind: 'source-heard' });
}

/** It says that everything up to the end of a day was pushed; null: it said so before, or of a later day. Refuses SOURCE.DAY_NOT_OVER. */
export function complete(state: SourceState, day: LocalDay, now: Instant): Result<ToldSource | null> {
  if (endOfDay(day) > now) return refused('SOURCE.DAY_NOT_OVER', 'more may happen on this day: say it when the day is over', 'day');
  if (state.completeThrough !== null && state.completeThrough >= day) return ok(null);
  return ok(told(state, { ...headOf(state, now), kind: 'source-complete', day }));
}

/** The state with one more fact. */
export function withFact(state: SourceState, fact: SourceFact): SourceState {
  const { sequence, recordedAt } = fact;
  return {
    ...state, sequence, recordedAt,
    ...(fact.kind === 'source-heard' ? { heardOn: localDayOf(recordedAt) } : { completeThrough: fact.day }),
  };
}

function told(state: SourceState, fact: SourceFact): ToldSource {
  return { state: withFact(state, fact), fact };
}

function headOf({ source, sequence, recordedAt }: SourceState, now: Instant): SourceFactHead {
  return { source, sequence: sequence + 1, recordedAt: recordedAt === null ? now : latest(now, recordedAt) };
}
