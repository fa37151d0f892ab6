import {
  calendarTopic, calendarVersionedV1, figureReportedV1, procedureKey, procedureTopic, procedureVersionedV1, reportedFigureTopic, unitTopic,
  unitVersionedV1,
} from '@index766/contracts-catalog';
import { encodeRecord, envelopeOf, type DataOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import type { ProcedureCode, UnitCode } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import { activeTraceparent } from '@index766/platform-observability';

import { definitionOf, type CalendarContent } from '../domain/calendar';
import type { ProcedureContent, ProcedureId } from '../domain/procedure';
import { figureIdOf, type FigureContent } from '../domain/reported-figure';
import type { UnitContent } from '../domain/unit';
import type { Recorded } from '../domain/versions';

/** The record of one version: what was recorded, as readers get it. */
export type ToRecord<Content> = (key: string, version: Recorded<Content>) => OutboxRecord;

export const toUnitRecord: ToRecord<UnitContent> = (key, recorded) => {
  const { version, content } = recorded;
  return recordOf(unitTopic, unitVersionedV1, key, recorded, { code: key, version, ...content });
};

export const toProcedureRecord: ToRecord<ProcedureContent> = (key, recorded) => {
  const { version, content } = recorded;
  // The contract is written with lists that can be changed; what is encoded is read only.
  const data = { ...procedureIdOf(key), version, ...content } as DataOf<typeof procedureVersionedV1>;
  return recordOf(procedureTopic, procedureVersionedV1, key, recorded, data);
};

export const toCalendarRecord: ToRecord<CalendarContent> = (key, recorded) => {
  // The contract is written with lists that can be changed; what is encoded is read only.
  const data = definitionOf(key, recorded) as DataOf<typeof calendarVersionedV1>;
  return recordOf(calendarTopic, calendarVersionedV1, key, recorded, data);
};

export const toFigureRecord: ToRecord<FigureContent> = (key, recorded) => {
  const { version, content } = recorded;
  return recordOf(reportedFigureTopic, figureReportedV1, key, recorded, { ...figureIdOf(key), version, ...content });
};

/** What `procedureKey` was made of. */
export function procedureIdOf(key: string): ProcedureId {
  const [code = '', unit] = key.split('@');
  const id = { code: code as ProcedureCode, ...(unit === undefined ? {} : { unit: unit as UnitCode }) };
  if (procedureKey(id) !== key) throw new Error('a procedure is stored under a key that is none');
  return id;
}

/** A reference record happens when it is recorded: what it says of other days is in its validity. */
function recordOf<Fact extends FactContract>(
  topic: TopicContract, contract: Fact, key: string, { version, recordedAt }: Recorded<unknown>, data: DataOf<Fact>,
): OutboxRecord {
  const traceparent = activeTraceparent();
  const envelope = envelopeOf(topic, {
    type: contract.type, occurredAt: recordedAt, recordedAt, subject: key, sequence: version,
    ...(traceparent === undefined ? {} : { traceparent }),
  });
  return { topic: topic.name, sequence: version, ...encodeRecord(envelope, data, contract) };
}
