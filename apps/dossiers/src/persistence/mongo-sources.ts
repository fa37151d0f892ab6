import type { sourceTopic } from '@index766/contracts-dossiers';
import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import { formatLocalDay, instantOf, ok, parseLocalDay, type LocalDay, type Result } from '@index766/kernel';
import { recordsMissing, type AggregateStore, type LackingFields } from '@index766/platform-mongo';
import { currentTrace } from '@index766/platform-observability';
import type { Sources } from '../application/ports';
import { newSource, withFact, type SourceState, type ToldSource } from '../domain/source-state';
import { readSourceFact, sourceFactRecord } from '../publishing/source-fact.record';

export const SOURCE_COLLECTION = 'sources';

/** A source's fields: each is a small aggregate of its own, by its name. */
export interface SourceFields {
  /** Local days: `2026-11-23`. */
  readonly heardOn: string | null;
  readonly completeThrough: string | null;
  readonly sequence: number;
  readonly recordedAt: Date | null;
}

export class MongoSources implements Sources {
  constructor(private readonly store: AggregateStore<SourceFields>) {}

  tell(source: string, decide: (state: SourceState) => Result<ToldSource | null>): Promise<Result<SourceState>> {
    const trace = currentTrace();
    return this.store.update<SourceState>(source, (stored) => {
      const state = stateOf(source, stored?.state);
      const told = decide(state);
      if (!told.ok) return told;
      if (told.value === null) return ok({ answer: state });
      return ok({ answer: told.value.state, set: toFields(told.value.state), records: [sourceFactRecord(told.value.fact, trace)] });
    });
  }
}

/** Facts that the topic has and the document lacks. */
export function foldBackSources(
  source: string, fields: SourceFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof sourceTopic>>[],
): Result<LackingFields<SourceFields> | undefined> {
  const before = stateOf(source, fields);
  let state = before;
  for (const record of records) {
    const fact = readSourceFact(record);
    if (fact.sequence > state.sequence + 1) return recordsMissing();
    if (fact.sequence === state.sequence + 1) state = withFact(state, fact);
  }
  return ok(state === before ? undefined : { set: toFields(state) });
}

function stateOf(source: string, fields: SourceFields | undefined): SourceState {
  if (fields === undefined) return newSource(source);
  const { heardOn, completeThrough, sequence, recordedAt } = fields;
  return {
    source, sequence, heardOn: dayOf(heardOn), completeThrough: dayOf(completeThrough),
    recordedAt: recordedAt === null ? null : instantOf(recordedAt.getTime()),
  };
}

function toFields({ heardOn, completeThrough, sequence, recordedAt }: SourceState): SourceFields {
  return { sequence, heardOn: textOf(heardOn), completeThrough: textOf(completeThrough), recordedAt: recordedAt === null ? null : new Date(recordedAt) };
}

function dayOf(text: string | null): LocalDay | null {
  return text === null ? null : parseLocalDay(text) ?? null;
}

function textOf(day: LocalDay | null): string | null {
  return day === null ? null : formatLocalDay(day);
}
