import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { officerSeenTopic, officerSeenV1 } from '@index766/contracts-dossiers';
import { encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { databaseName, openDatabase, sendRecords, until } from '@index766/testing-integration';
import { describeRestore } from '@index766/testing-suites';

import { aCalendar, october } from './catalog.fixture';
import { RunningCatalog } from './running-catalog';

const BEHIND = 20;
const UNIT_HEADER = 'code,name,level,parent,validFrom,validTo,successor,reportingSince';
const PROCEDURE_HEADER = 'code,unit,name,termKind,termAmount,pauseOnFinancialObligation,validFrom,validTo,announcementDueOn,publishedOn,parts,fee';
const FIGURE_HEADER = 'unit,measure,period,value,sourceDocument,sourceDay';

const unitOf = (number: number, day: string) => `X76.${number},UBND xã Ví Dụ ${number} ${day},COMMUNE,X76,${day},,,`;
const procedureOf = (number: number, day: string) => `2.${String(number).padStart(6, '0')},,Thủ tục ${number},working-days,${Number(day.slice(-2))},false,${day},,${day},${day},name;steps,true`;

/** One version each: what was corrected since would be recorded again. */
const figureOf = (number: number) => `X76,work-files,${2000 + number},${number},${number}/BC,2025-07-01`;

/** Number `number` begins; one that came before it gets a second version. */
const rowsOf = (row: (number: number, day: string) => string, number: number) =>
  [row(number, '2025-07-01'), ...(number > BEHIND ? [row(number - BEHIND, '2026-01-02')] : [])];

function seen(number: number) {
  const key = number.toString(16).padStart(32, '0');
  const envelope = envelopeOf(officerSeenTopic, {
    type: officerSeenV1.type, occurredAt: october(1), recordedAt: october(1), subject: key, sequence: 1,
  });
  return encodeRecord(envelope, { name: `Nguyễn Ví Dụ ${number}`, title: 'Công chức', unit: 'X76.1' }, officerSeenV1);
}

describeRestore({
  name: 'catalog',
  topics: [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic],
  collections: {
    units: ({ versions, slot }) => ({ versions, slot }),
    procedures: ({ versions, slot }) => ({ versions, slot }),
    calendars: ({ versions, slot }) => ({ versions, slot }),
    'reported-figures': ({ versions, slot }) => ({ versions, slot }),
    officers: ({ unit, sighting, statement, erased, records, recordedAt }) => ({ unit, sighting, statement, erased, records, recordedAt }),
  },
  open: async () => {
    const catalog = await RunningCatalog.open(__filename);
    const documents = await openDatabase(databaseName(__filename));
    const told = new Set<number>();
    return {
      kafka: catalog.kafka,
      documents,
      startMember: (port) => catalog.startMember(port),
      stopMembers: () => catalog.stopMembers(),
      write: async (from, to) => {
        const token = await catalog.token(['administrator'], '*');
        const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
        const send = async (method: string, path: string, content: object) =>
          expect(await catalog.send(method, path, { token, ...content })).toMatchObject({ status: 200 });
        await send('PUT', '/v1/units/X76', { body: { name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' } });
        await send('POST', '/v1/imports/units', { csv: [UNIT_HEADER, ...numbers.flatMap((number) => rowsOf(unitOf, number))].join('\n') });
        await send('POST', '/v1/imports/procedures', { csv: [PROCEDURE_HEADER, ...numbers.flatMap((number) => rowsOf(procedureOf, number))].join('\n') });
        await send('POST', '/v1/imports/reported-figures', { csv: [FIGURE_HEADER, ...numbers.map(figureOf)].join('\n') });
        await send('PUT', `/v1/calendars/x76-${from}`, { body: aCalendar() });
        const untold = numbers.filter((number) => !told.has(number));
        for (const number of untold) told.add(number);
        await sendRecords(officerSeenTopic.name, untold.map(seen), [catalog.kafka.address]);
        await until(async () => (await documents.db.collection('officers').countDocuments()) === told.size, { what: 'officers' });
      },
      close: async () => {
        await catalog.close();
        await documents.close();
      },
    };
  },
});
