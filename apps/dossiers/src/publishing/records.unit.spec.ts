import { decodeRecord, type RawRecord } from '@index766/contracts-envelope';
import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import type { DossierFact, DossierFactBodies, DossierFactKind } from '@index766/dossier-life';
import type { OfficerPseudonym, StepId, SupplementId, UnitCode, ProcedureCode } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import { DOSSIER, october } from '../test/pushes';
import { dossierFactRecord } from './dossier-fact.record';
import { intakeRecords, recordCountOf } from './intake.record';
import { officerSeenRecord } from './officer-seen.record';

const raw = ({ key, headers, value }: Pick<OutboxRecord, 'key' | 'headers' | 'value'>): RawRecord => ({ key: Buffer.from(key), headers: { ...headers }, value });

const origin = { unit: 'H44.114' as UnitCode, procedure: '2.000815' as ProcedureCode, channel: 'online' as const, source: 'H44' };
const step = 'S1' as StepId;
const supplement = 'BS-1' as SupplementId;
const due = october('12 17:00');

const BODIES: { readonly [Kind in DossierFactKind]: readonly [DossierFactBodies[Kind], Readonly<Record<string, unknown>>] } = {
  'dossier-registered': [origin, origin],
  'dossier-received': [{ ...origin, statedDueAt: due, pushed: true }, { ...origin, statedDueAt: '2026-10-12T10:00:00.000Z', pushed: true }],
  'dossier-refused': [{ reasonCode: 'R' }, { reasonCode: 'R' }],
  'step-assigned': [{ step, officer: 'a'.repeat(32) as OfficerPseudonym, department: 'Một cửa', deadline: due }, { step, officer: 'a'.repeat(32), department: 'Một cửa', deadline: '2026-10-12T10:00:00.000Z' }],
  'step-completed': [{ step }, { step }],
  'supplement-requested': [{ supplement }, { supplement }],
  'supplement-completed': [{ supplement, newDueAt: due }, { supplement, newDueAt: '2026-10-12T10:00:00.000Z' }],
  'due-date-extended': [{ newDueAt: due, reasonCode: 'R', apologyIssued: true }, { newDueAt: '2026-10-12T10:00:00.000Z', reasonCode: 'R', apologyIssued: true }],
  'dossier-transferred': [{ unit: origin.unit }, { unit: 'H44.114' }],
  'dossier-withdrawn': [{}, {}],
  'dossier-stopped': [{ reasonCode: 'R' }, { reasonCode: 'R' }],
  'dossier-finished': [{}, {}],
  'result-returned': [{ channel: 'postal' }, { channel: 'postal' }],
  'dossier-reopened': [{}, {}],
  'financial-obligation-requested': [{ pausesClock: true }, { pausesClock: true }],
  'financial-obligation-fulfilled': [{}, {}],
  'due-date-set': [
    { dueAt: due, basis: 'stated', cause: 'received', computedDueAt: due, calendarVersion: 'vn@1' },
    { dueAt: '2026-10-12T10:00:00.000Z', basis: 'stated', cause: 'received', computedDueAt: '2026-10-12T10:00:00.000Z', calendarVersion: 'vn@1' },
  ],
  'dossier-corrected': [
    { field: 'step-deadline', part: 'S1', before: due, after: due, reasonCode: 'R' },
    { field: 'step-deadline', part: 'S1', before: '2026-10-12T10:00:00.000Z', after: '2026-10-12T10:00:00.000Z', reasonCode: 'R' },
  ],
  'dossier-voided': [{ reason: 'deleted' }, { reason: 'deleted' }],
  'statement-not-followed': [
    { field: 'finished-at', stated: due, standing: due, source: 'H44', cause: 'outranked', latestAt: due, outrankedBy: due },
    {
      field: 'finished-at', stated: '2026-10-12T10:00:00.000Z', standing: '2026-10-12T10:00:00.000Z', source: 'H44', cause: 'outranked',
      latestAt: '2026-10-12T10:00:00.000Z', outrankedBy: '2026-10-12T10:00:00.000Z',
    },
  ],
};

const factOf = (kind: DossierFactKind, body: object, changes: Partial<DossierFact> = {}): DossierFact => ({
  kind, body, dossier: DOSSIER, occurredAt: october('05 08:30'), recordedAt: october('05 09:00'), topic: dossierTopic.name, sequence: 4, timeBasis: 'stated', ...changes,
}) as DossierFact;

describe('a fact on its topic', () => {
  it.each(Object.entries(BODIES) as [DossierFactKind, readonly [object, object]][])('%s is read as it was written', (kind, [body, wire]) => {
    const record = dossierFactRecord(factOf(kind, body), {});
    expect(decodeRecord(dossierTopic, raw(record))).toMatchObject({
      ok: true,
      value: {
        type: `dossiers.${kind}.v1`, data: wire,
        envelope: { id: `${dossierTopic.name}/${DOSSIER}/4`, occurredAt: october('05 08:30'), recordedAt: october('05 09:00'), subject: DOSSIER, sequence: 4 },
      },
    });
    expect([record.topic, record.key, record.sequence]).toEqual([dossierTopic.name, DOSSIER, 4]);
  });

  it('says where its instant comes from, that it was loaded in bulk, and what caused it', () => {
    const record = dossierFactRecord(factOf('dossier-finished', {}, { timeBasis: 'inferred', backfill: true }), { correlationId: 'c', traceparent: 't' });
    expect(JSON.parse(Buffer.from(record.value ?? []).toString())).toEqual({ timeBasis: 'inferred', backfill: true });
    expect(record.headers).toMatchObject({ ce_correlationid: 'c', traceparent: 't' });
  });

  it('tells codes that were not followed as codes', () => {
    const record = dossierFactRecord(factOf('statement-not-followed', { field: 'return-channel', stated: 'online', standing: 'postal', source: 'B', cause: 'other-source' }), {});
    expect(decodeRecord(dossierTopic, raw(record))).toMatchObject({ ok: true, value: { data: { stated: 'online', standing: 'postal' } } });
  });

  it('corrects codes as codes', () => {
    const record = dossierFactRecord(factOf('dossier-corrected', { field: 'channel', before: 'in-person', after: 'online', reasonCode: 'R' }), {});
    expect(decodeRecord(dossierTopic, raw(record))).toMatchObject({ ok: true, value: { data: { before: 'in-person', after: 'online' } } });
  });
});

describe('parts on the intake topic', () => {
  const entry = {
    dossier: DOSSIER, recordedAt: october('10 12:00'), rank: { latestAt: october('09 10:00'), status: 9 as const }, backfill: false,
    receivedAt: october('05 08:30'), resultAt: october('09 10:00'),
    parts: {
      hash: 'h', payments: { fees: [{ code: 'LP', amount: 1 }], paidOnline: 1 as const },
      documents: { components: Array.from({ length: 60 }, (_, index) => ({ code: `TP-${index}` })), databases: [], accountVerified: true },
      results: { documents: [{ code: 'KQ', hasFile: true }] },
    },
  };

  it('are split where a list is longer than a record may be, and numbered on', () => {
    const records = intakeRecords(entry, 5, {});
    expect(records.map(({ sequence }) => sequence)).toEqual([5, 6, 7]);
    expect(recordCountOf(entry)).toBe(3);
    const decoded = records.map((record) => decodeRecord(intakeTopic, raw(record)));
    expect(decoded.every(({ ok }) => ok)).toBe(true);
    const components = decoded.flatMap((each) => (each.ok ? (each.value.data.documents?.components ?? []) : []));
    expect(components.map(({ code }) => code)).toEqual(entry.parts.documents.components.map(({ code }) => code));
  });

  it('carry the instants that a push does not state, and the rank of their snapshot', () => {
    const [first] = intakeRecords(entry, 1, {});
    expect(first && decodeRecord(intakeTopic, raw(first))).toMatchObject({
      ok: true,
      value: {
        envelope: { occurredAt: october('09 10:00') },
        data: {
          payments: { occurredAt: '2026-10-05T01:30:00.000Z', timeBasis: 'inferred', fees: [{ code: 'LP', amount: 1 }], paidOnline: 1 },
          results: { occurredAt: '2026-10-09T03:00:00.000Z' }, status: 9,
        },
      },
    });
  });
});

describe('an officer on the restricted topic', () => {
  it('is read as named', () => {
    const officer = { pseudonym: 'a'.repeat(32) as OfficerPseudonym, unit: 'H44.114' as UnitCode, name: 'Trần Thị Ví Dụ', title: 'Công chức' };
    const record = officerSeenRecord(officer, 2, october('05 09:00'), {});
    expect(decodeRecord(officerSeenTopic, raw(record))).toMatchObject({
      ok: true, value: { data: { name: 'Trần Thị Ví Dụ', title: 'Công chức', unit: 'H44.114' }, envelope: { subject: officer.pseudonym, sequence: 2 } },
    });
  });
});
