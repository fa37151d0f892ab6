import { decodeRecord, encodeRecord, envelopeOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { instantOf } from '@index766/kernel';

import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from './index';

const topics: readonly TopicContract[] = [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic];
const contracts = topics.flatMap((topic) => topic.facts.map((contract) => ({ name: contract.type, topic, contract })));

/** Each spoils one field of the example; a list spoils one element of it. */
const broken: Readonly<Record<string, readonly [path: string, value: unknown][]>> = {
  'catalog.unit-versioned.v1': [
    ['code', 'h44.114'], ['name', ''], ['level', 'VILLAGE'], ['parent', undefined], ['parent', ''], ['version', 0],
    ['validFrom', '2026-02-30'], ['validTo', '31/12/2026'], ['successor', ' H44'], ['reportingSince', 'soon'],
  ],
  'catalog.procedure-versioned.v1': [
    ['code', ''], ['unit', 'h44'], ['name', undefined], ['term', { kind: 'weeks', amount: 2 }],
    ['term', { kind: 'months', amount: 0 }], ['term', { kind: 'months', amount: 1.5 }],
    ['pauseOnFinancialObligation', 'no'], ['announcement', { dueOn: '2026-02-30' }], ['announcement', { on: null }],
    ['publication', { dueOn: '30/06/2026' }], ['publication', '2026-06-30'], ['parts', ['forms']], ['parts', 'name'],
    ['onlineLevel', 'most'], ['offeredOnline', 'full'], ['eligibleForFull', 'yes'], ['fee', 1], ['onlinePayment', null], ['citizen', 'true'],
    ['resultDocument', 0], ['certifiedCopies', {}], ['version', '1'], ['validFrom', undefined], ['validTo', 'later'],
  ],
  'catalog.figure-reported.v1': [
    ['unit', 'h44'], ['measure', 'dossiers'], ['period', '2026-W54'], ['period', 'October'], ['value', -1], ['value', 1.5],
    ['value', '1,5'], ['value', '1.23456'], ['value', undefined], ['reporter', 'Trần Thị Ví Dụ'], ['reporter', 'a@example.org'],
    ['source', { document: '318/BC-VP' }], ['source', { document: 'công văn của sở', day: '2026-11-05' }], ['version', 0],
  ],
  'catalog.calendar-versioned.v1': [
    ['id', 'VN'], ['version', 1.5], ['source', ''], ['coversFrom', '2026'], ['coversTo', undefined],
    ['officeHours', { 1: [{ from: -1, to: 690 }] }], ['officeHours', { 1: [{ from: 450, to: 1441 }] }],
    ['termDays', []], ['termDays', [8]], ['holidays', [{ day: '2026-02-30', name: 'x' }]],
    ['makeUpDays', [{ day: '2026-08-22', name: 'x', hoursOf: 0 }]], ['overrides', [{ unit: 'h44' }]],
  ],
  'catalog.officer-described.v1': [
    ['pseudonym', '0123456789ABCDEF0123456789ABCDEF'], ['name', ''], ['title', ''],
    ['department', 7], ['unit', undefined], ['validFrom', '2026'], ['aliases', ['']],
    ['mergedInto', 'x'], ['ambiguous', undefined], ['absences', [{ firstDay: '2026-10-05' }]],
    ['knownSince', 'yesterday'], ['earlier', [{ ambiguous: false, absences: [] }]],
  ],
  'catalog.officer-erased.v1': [['pseudonym', 'Trần Thị Ví Dụ']],
};

function recordOf(topic: TopicContract, contract: FactContract, value?: unknown) {
  const at = instantOf(Date.UTC(2026, 9, 1));
  const envelope = envelopeOf(topic, { type: contract.type, occurredAt: at, recordedAt: at, subject: 'H44.114', sequence: 1 });
  const record = encodeRecord(envelope, contract.example, contract);
  return value === undefined ? record : { ...record, value: Buffer.from(JSON.stringify(value)) };
}

describe.each(contracts)('$name', ({ topic, contract }) => {
  it('reads its golden example back as it was written', () => {
    const decoded = decodeRecord(topic, recordOf(topic, contract));
    expect(decoded).toMatchObject({ ok: true, value: { type: contract.type, data: contract.example } });
  });

  it('drops a field that it does not know, so that a later writer can add one', () => {
    const decoded = decodeRecord(topic, recordOf(topic, contract, { ...(contract.example as object), addedLater: 'x' }));
    expect(decoded.ok && decoded.value.data).toEqual(contract.example);
  });

  it.each(broken[contract.type] ?? [])('refuses another %s: %j', (path, value) => {
    const decoded = decodeRecord(topic, recordOf(topic, contract, { ...(contract.example as object), [path]: value }));
    expect(decoded).toMatchObject({ ok: false, error: { code: 'CONTRACT.INVALID_DATA' } });
    expect(decoded.ok ? '' : decoded.error.path).toContain(`value.${path}`);
  });

  it('has cases for every field that it knows', () => {
    const spoilt = new Set((broken[contract.type] ?? []).map(([path]) => path));
    expect([...spoilt].sort()).toEqual(Object.keys(contract.example as object).sort());
  });
});
