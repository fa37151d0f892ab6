import type { calendarTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import type { DecodedRecord, Envelope, FactOfTopic, TopicContract } from '@index766/contracts-envelope';
import { ok, saysTheSame, type Result } from '@index766/kernel';
import { otherContent, recordsMissing, type LackingFields } from '@index766/platform-mongo';

import type { CalendarContent } from '../domain/calendar';
import type { ProcedureContent } from '../domain/procedure';
import type { FigureContent } from '../domain/reported-figure';
import type { UnitContent } from '../domain/unit';
import { toVersionDocument, type VersionsDocument } from './versions.document';

type RecordOf<Topic extends TopicContract> = DecodedRecord<FactOfTopic<Topic>>;
type Lacking<Content> = Result<LackingFields<VersionsDocument<Content>> | undefined>;

/** Versions of a unit that its topic has and its document lacks. */
export function foldBackUnit(
  _key: string, document: VersionsDocument<UnitContent> | undefined, records: readonly RecordOf<typeof unitTopic>[],
): Lacking<UnitContent> {
  return foldBackVersions(document, records.map(({ envelope, data: { code: _code, version: _version, ...content } }) =>
    ({ envelope, content: content as UnitContent })));
}

export function foldBackProcedure(
  _key: string, document: VersionsDocument<ProcedureContent> | undefined, records: readonly RecordOf<typeof procedureTopic>[],
): Lacking<ProcedureContent> {
  return foldBackVersions(document, records.map(({ envelope, data: { code: _code, unit: _unit, version: _version, ...content } }) =>
    ({ envelope, content: content })));
}

export function foldBackFigure(
  _key: string, document: VersionsDocument<FigureContent> | undefined, records: readonly RecordOf<typeof reportedFigureTopic>[],
): Lacking<FigureContent> {
  return foldBackVersions(document, records.map(({ envelope, data: { value, source, reporter } }) => ({ envelope, content: { value, source, reporter } })));
}

export function foldBackCalendar(
  _key: string, document: VersionsDocument<CalendarContent> | undefined, records: readonly RecordOf<typeof calendarTopic>[],
): Lacking<CalendarContent> {
  return foldBackVersions(document, records.map(({ envelope, data: { id: _id, version: _version, ...content } }) =>
    ({ envelope, content: content })));
}

/** The number of a version is the sequence of its record. */
function foldBackVersions<Content>(
  document: VersionsDocument<Content> | undefined, told: readonly { readonly envelope: Envelope; readonly content: Content }[],
): Lacking<Content> {
  const known = document?.versions ?? [];
  const versions = [...known];
  for (const { envelope: { sequence, recordedAt }, content } of told) {
    const version = versions[sequence - 1];
    const isKnown = version?.recordedAt.getTime() === recordedAt && saysTheSame(version.content, content);
    if (version !== undefined && !isKnown) return otherContent(sequence);
    if (sequence > versions.length + 1) return recordsMissing();
    if (version === undefined) versions.push(toVersionDocument({ version: sequence, recordedAt, content }));
  }
  return ok(versions.length === known.length ? undefined : { set: { versions } });
}
