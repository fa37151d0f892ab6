import {
  calendarTopic, calendarVersionedV1, procedureKey, procedureTopic, procedureVersionedV1, unitTopic, unitVersionedV1,
  type CalendarVersioned, type ProcedureVersioned, type UnitVersioned,
} from '@index766/contracts-catalog';
import { encodeRecord, envelopeOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { parseInstant, type Instant } from '@index766/kernel';
import { sendRecords } from '@index766/testing-integration';
import { VIETNAM_CALENDAR, type CalendarDefinition } from '@index766/working-time';

const RECORDED_AT = parseInstant('2026-09-01T00:00:00.000Z') as Instant;

/** Puts records of the catalog on its topics, as catalog does. */
export class CatalogRecords {
  constructor(private readonly brokers: readonly string[]) {}

  unit(unit: Partial<UnitVersioned> & Pick<UnitVersioned, 'code' | 'parent'>): Promise<void> {
    const version = { version: 1, name: unit.code, level: 'COMMUNE' as const, validFrom: '2025-01-01', ...unit };
    return this.send(unitTopic, unitVersionedV1, unit.code, version.version, version);
  }

  procedure(procedure: Partial<ProcedureVersioned> & Pick<ProcedureVersioned, 'version' | 'term'>): Promise<void> {
    const version = { code: '2.000815', name: 'Chứng thực', pauseOnFinancialObligation: false, validFrom: '2025-01-01', ...procedure };
    return this.send(procedureTopic, procedureVersionedV1, procedureKey(version), version.version, version);
  }

  /** The national calendar with further days off. */
  calendar(version: number, holidays: CalendarVersioned['holidays']): Promise<void> {
    return this.wholeCalendar({ ...VIETNAM_CALENDAR, version, holidays: [...VIETNAM_CALENDAR.holidays, ...holidays] });
  }

  wholeCalendar(calendar: CalendarDefinition): Promise<void> {
    const { version } = calendar;
    return this.send(calendarTopic, calendarVersionedV1, calendar.id, version, calendar);
  }

  private async send(topic: TopicContract, contract: FactContract, key: string, sequence: number, content: unknown): Promise<void> {
    const envelope = envelopeOf(topic, { type: contract.type, occurredAt: RECORDED_AT, recordedAt: RECORDED_AT, subject: key, sequence });
    await sendRecords(topic.name, [encodeRecord(envelope, content, contract)], this.brokers);
  }
}
