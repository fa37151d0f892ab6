import { sourceTopic } from '@index766/contracts-dossiers';
import { decodeRecord } from '@index766/contracts-envelope';
import { localDayOf } from '@index766/kernel';
import { complete, hear, newSource, type SourceFact } from '../domain/source-state';
import { sourceFactRecord } from '../publishing/source-fact.record';
import { at } from '../test/pushes';
import { foldBackSources, type SourceFields } from './mongo-sources';

const MONDAY = at('2026-11-23T08:00:00+07:00');
const heard = hear(newSource('one-stop'), MONDAY);
const completed = heard === null ? null : complete(heard.state, localDayOf(at('2026-11-22T12:00:00+07:00')), MONDAY);
const FACTS = [heard, completed?.ok === true ? completed.value : null].flatMap((told) => (told === null ? [] : [told.fact]));
const WHOLE: SourceFields = { heardOn: '2026-11-23', completeThrough: '2026-11-22', sequence: 2, recordedAt: new Date(MONDAY) };

function recordOf(fact: SourceFact) {
  const { key, headers, value } = sourceFactRecord(fact, {});
  const decoded = decodeRecord(sourceTopic, { key: Buffer.from(key), headers: { ...headers }, value: Buffer.from(value ?? '') });
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}
const folded = (fields: SourceFields | undefined, facts: readonly SourceFact[] = FACTS) => foldBackSources('one-stop', fields, facts.map(recordOf));

describe('facts about a source that the topic has and a copy of the database lacks', () => {
  it('come back whole, from any copy and over any overlap', () => {
    const first: SourceFields = { ...WHOLE, completeThrough: null, sequence: 1 };
    expect([folded(undefined), folded(first), folded(first, FACTS.slice(1))]).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: { set: WHOLE } })));
    expect(folded(WHOLE)).toEqual({ ok: true, value: undefined });
  });

  it('are read from further back where some are missing', () => {
    expect(folded(undefined, FACTS.slice(1))).toMatchObject({ ok: false });
  });
});
