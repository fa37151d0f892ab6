import { unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic, intakeTopic, snapshotAcceptedV1 } from '@index766/contracts-dossiers';
import { encodeRecord, envelopeOf, type DataOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { formatInstant, parseInstant, type Instant } from '@index766/kernel';
import { sendRecords } from '@index766/testing-integration';

type SnapshotAccepted = DataOf<typeof snapshotAcceptedV1>;
type Papers = NonNullable<SnapshotAccepted['documents']>;
type Results = NonNullable<SnapshotAccepted['results']>;

/** `05 08:30` of October 2026, local time. */
export function october(text: string): Instant {
  const instant = parseInstant(`2026-10-${text.replace(' ', 'T')}:00+07:00`);
  if (instant === undefined) throw new Error(`${text} is no instant`);
  return instant;
}

export const RECEIPT = october('05 08:30');
export const END = october('12 16:00');

export interface Passed {
  /** Place among the records of the dossier. */
  readonly sequence: number;
  /** Latest instant that the snapshot states. */
  readonly latestAt?: Instant;
  readonly status?: number;
  readonly recordedAt?: Instant;
  readonly papers?: Partial<Omit<Papers, 'occurredAt' | 'timeBasis'>>;
  readonly results?: Results['documents'];
  readonly backfill?: true;
}

/** The record of a push's parts, as dossiers writes it. */
export function intakeRecord(dossier: string, { sequence, latestAt = RECEIPT, status, recordedAt = october('05 09:00'), papers, results, backfill }: Passed) {
  const envelope = envelopeOf(intakeTopic, { type: snapshotAcceptedV1.type, occurredAt: latestAt, recordedAt, subject: dossier, sequence });
  const says: SnapshotAccepted = {
    ...(papers === undefined ? {} : { documents: { components: [], databases: [], ...papers, occurredAt: formatInstant(RECEIPT), timeBasis: 'inferred' } }),
    ...(results === undefined ? {} : { results: { documents: results, occurredAt: formatInstant(END), timeBasis: 'inferred' } }),
    ...(status === undefined ? {} : { status }),
    ...(backfill === undefined ? {} : { backfill }),
  };
  return encodeRecord(envelope, says, snapshotAcceptedV1);
}

const ORIGIN = { unit: 'H44.114', procedure: '2.000815', channel: 'online' as const, source: 'H44' };

export function receivedRecord(dossier: string, unit = 'H44.114') {
  return factRecord(dossier, 1, RECEIPT, dossierFactContracts['dossier-received'], { ...ORIGIN, unit, pushed: true });
}

export function factRecord<Contract extends FactContract>(dossier: string, sequence: number, occurredAt: Instant, contract: Contract, body: DataOf<Contract>) {
  return encodeRecord(envelopeOf(dossierTopic, { type: contract.type, occurredAt, recordedAt: occurredAt, subject: dossier, sequence }), body, contract);
}

/** Puts records on the topics of dossiers and of the catalog, as those services do. */
export class DossierRecords {
  constructor(private readonly brokers: readonly string[]) {}

  pass(dossier: string, ...passed: readonly Passed[]): Promise<void> {
    return this.send(intakeTopic, passed.map((each) => intakeRecord(dossier, each)));
  }

  received(dossier: string, unit?: string): Promise<void> {
    return this.send(dossierTopic, [receivedRecord(dossier, unit)]);
  }

  transferred(dossier: string, unit: string): Promise<void> {
    return this.send(dossierTopic, [factRecord(dossier, 2, october('07 08:30'), dossierFactContracts['dossier-transferred'], { unit })]);
  }

  unit(code: string, parent: string): Promise<void> {
    const envelope = envelopeOf(unitTopic, { type: unitVersionedV1.type, occurredAt: october('01 00:00'), recordedAt: october('01 00:00'), subject: code, sequence: 1 });
    return this.send(unitTopic, [encodeRecord(envelope, { code, version: 1, name: code, level: 'COMMUNE' as const, parent, validFrom: '2025-01-01' }, unitVersionedV1)]);
  }

  send(topic: TopicContract, records: Parameters<typeof sendRecords>[1]): Promise<void> {
    return sendRecords(topic.name, records, this.brokers);
  }
}
