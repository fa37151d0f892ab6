import { procedureTopic, procedureVersionedV1, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { instantOf } from '@index766/kernel';
import type { IncomingRecord } from '@index766/platform-kafka';
import { ReferenceBatchHandler, type ArrivedVersion, type ReferenceDocument } from '@index766/platform-reference';
import { REFERENCE_TOPICS } from './reference-topics';

const handler = new ReferenceBatchHandler({ findMany: () => Promise.resolve(new Map()), saveMany: () => Promise.resolve(new Set()) }, REFERENCE_TOPICS);

function incoming(sequence: number, name = 'UBND xã Ví Dụ', changes: Partial<IncomingRecord> = {}): IncomingRecord {
  const content = { code: 'H44.1', version: sequence, name, level: 'COMMUNE' as const, parent: 'H44', validFrom: '2025-01-01' };
  const envelope = envelopeOf(unitTopic, { type: unitVersionedV1.type, occurredAt: instantOf(0), recordedAt: instantOf(0), subject: 'H44.1', sequence });
  const { key, headers, value } = encodeRecord(envelope, content, unitVersionedV1);
  return { topic: unitTopic.name, partition: 0, offset: '0', key: Buffer.from(key), headers: { ...headers }, value, knownAfter: undefined, ...changes };
}

function incomingProcedure(sequence: number): IncomingRecord {
  const content = { ...procedureVersionedV1.example, version: sequence };
  const envelope = envelopeOf(procedureTopic, { type: procedureVersionedV1.type, occurredAt: instantOf(0), recordedAt: instantOf(0), subject: '2.000815@H44', sequence });
  const { key, headers, value } = encodeRecord(envelope, content, procedureVersionedV1);
  return { topic: procedureTopic.name, partition: 0, offset: '0', key: Buffer.from(key), headers: { ...headers }, value, knownAfter: undefined };
}

const arrived = (record: IncomingRecord): ArrivedVersion => {
  const decoded = handler.decode(record);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
};
const sequencesOf = (document: ReferenceDocument | undefined) => document?.versions.map(({ sequence }) => sequence);

describe('reference records', () => {
  it('are kept in every version, by sequence, whatever came first', () => {
    const items = [incoming(3), incoming(1)].map((record) => arrived(record));
    const { document, outcomes } = handler.fold(undefined, items);
    expect([document?.id, document?.rev, sequencesOf(document), outcomes]).toEqual(['unit:H44.1', 0, [1, 3], ['applied', 'applied']]);

    const more = handler.fold({ ...(document as ReferenceDocument), rev: 7 }, [arrived(incoming(2))]);
    expect([more.document?.rev, sequencesOf(more.document)]).toEqual([7, [1, 2, 3]]);
  });

  it('that are known already change nothing', () => {
    const { document } = handler.fold(undefined, [arrived(incoming(1))]);
    expect(handler.fold(document, [arrived(incoming(1))])).toEqual({ document: undefined, outcomes: ['duplicate'] });
  });

  it('under one sequence with another content are a conflict', () => {
    const { document } = handler.fold(undefined, [arrived(incoming(1))]);
    expect(handler.fold(document, [arrived(incoming(1, 'Tên khác'))])).toEqual({ document: undefined, outcomes: ['conflict'] });
  });

  it('are refused when they are against their contract or of another topic', () => {
    expect(handler.decode(incoming(1, 'x', { value: Buffer.from('{"code":"H44.1"}') }))).toMatchObject({ ok: false, error: { code: 'CONTRACT.INVALID_DATA' } });
    expect(handler.decode(incoming(1, 'x', { topic: 'catalog.public.other.v1' }))).toMatchObject({ ok: false, error: { code: 'CONTRACT.UNKNOWN_TOPIC' } });
  });

  it('of procedures are kept as far as due dates need them', () => {
    const { document } = handler.fold(undefined, [arrived(incomingProcedure(1))]);
    expect(document?.versions.map(({ content }) => content)).toEqual([{
      code: '2.000815', unit: 'H44', version: 1, validFrom: '2025-07-01', validTo: '2026-12-31', term: { kind: 'working-days', amount: 2 },
      pauseOnFinancialObligation: false,
    }]);
  });

  it('that were kept whole before are the same, and lose what is not needed with the next version', () => {
    const whole: ReferenceDocument = {
      id: 'procedure:2.000815@H44', rev: 3, versions: [{ sequence: 1, recordedAt: instantOf(0), content: { ...procedureVersionedV1.example, version: 1 } }],
    };
    expect(handler.fold(whole, [arrived(incomingProcedure(1))])).toEqual({ document: undefined, outcomes: ['duplicate'] });
    const { document } = handler.fold(whole, [arrived(incomingProcedure(2))]);
    expect(document?.versions.map(({ content }) => 'name' in content)).toEqual([false, false]);
  });
});
