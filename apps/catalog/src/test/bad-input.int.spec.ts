import { databaseName, openDatabase } from '@index766/testing-integration';
import { describeBadInput, storedState } from '@index766/testing-suites';

import { RunningCatalog } from './running-catalog';

const COLLECTIONS = ['units', 'procedures', 'calendars', 'reported-figures', 'officers'];
const calendar = {
  source: 'x', coversFrom: '2026-01-01', coversTo: '2026-12-31', officeHours: { 1: [{ from: 450, to: 690 }] }, termDays: [1, 2, 3, 4, 5],
  holidays: [{ day: '2026-09-02', name: 'Quốc khánh' }], makeUpDays: [{ day: '2026-08-22', name: 'x', hoursOf: 1, replaces: '2026-08-31' }],
  overrides: [{ unit: 'H44', validFrom: '2026-06-01', validTo: '2026-08-31', extraTermDays: [6] }],
};
const unit = { name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-07-01' };
const procedure = {
  name: 'Chứng thực bản sao', term: { kind: 'working-days', amount: 3 }, pauseOnFinancialObligation: false, validFrom: '2025-07-01',
};

const wholeProcedure = {
  ...procedure, announcement: { dueOn: '2025-06-30', on: '2025-06-27' }, publication: { dueOn: '2025-07-10', on: '2025-07-04' },
  parts: ['name', 'steps', 'agency'], onlineLevel: 'partial', offeredOnline: false, eligibleForFull: true, fee: true, onlinePayment: true, citizen: true,
  resultDocument: false, certifiedCopies: true, validTo: '2026-12-31',
};
const figure = { value: 152_595, source: { document: '318/BC-VP', day: '2026-11-05' } };

describeBadInput({
  name: 'catalog',
  start: async () => {
    const catalog = await RunningCatalog.start(__filename);
    const database = await openDatabase(databaseName(__filename));
    return {
      url: catalog.running.url,
      token: await catalog.token(['administrator', 'replay', 'officer-list'], '*'),
      state: () => storedState(database.db, COLLECTIONS),
      checkWhole: async () => {
        expect(await catalog.runtime.relay.drained(30_000)).toBe(true);
      },
      stop: async () => {
        await database.close();
        await catalog.close();
      },
    };
  },
  // All but those of one officer: officers come from pushes to another service.
  done: [
    'UnitsController.record', 'UnitsController.one', 'UnitsController.list', 'ProceduresController.record', 'ProceduresController.one',
    'ProceduresController.list', 'CalendarsController.record', 'CalendarsController.recordUnit', 'CalendarsController.one',
    'CalendarsController.list', 'ReportedFiguresController.record', 'ReportedFiguresController.one', 'ReportedFiguresController.list',
    'OfficersController.list', 'ImportsController.units', 'ImportsController.procedures', 'ImportsController.proceduresAsJson',
    'ImportsController.figures',
  ],
  parameters: {
    code: ['H44', 'H44.114', '2.000815'],
    id: ['vn'],
    unit: ['H44'],
    pseudonym: ['0123456789abcdef0123456789abcdef'],
    measure: ['work-files'],
    period: ['2026-10'],
    after: ['H44'],
    'X-Recorded-At': ['2026-10-05T02:00:00.000Z'],
  },
  bodies: {
    'UnitsController.record': [unit, { ...unit, level: 'COMMUNE', parent: 'H44', validTo: '2026-12-31', successor: 'H44.115', reportingSince: '2026-01-01' }],
    'ProceduresController.record': [procedure, { ...wholeProcedure, unit: 'H44' }],
    'ReportedFiguresController.record': [figure],
    'CalendarsController.record': [calendar],
    'CalendarsController.recordUnit': [{ overrides: [{ extraTermDays: [6], daysOff: [{ day: '2026-07-27', name: 'x' }] }] }],
    'ImportsController.units': ['code,name,level,parent,validFrom,validTo,successor,reportingSince\r\nH45,Tỉnh Hai,PROVINCE,,2025-07-01,,,\r\n'],
    'ImportsController.procedures': [
      'code,unit,name,termKind,termAmount,pauseOnFinancialObligation,validFrom,validTo\r\n2.000816,,Một,working-days,3,true,2025-07-01,\r\n',
    ],
    'ImportsController.proceduresAsJson': [{ rows: [{ ...procedure, code: '2.000817' }, { ...wholeProcedure, code: '2.000818', unit: 'H44' }] }],
    'ImportsController.figures': ['unit,measure,period,value,sourceDocument,sourceDay\r\nH44,sipas,2026,88.15,9/BC,2027-03-01\r\n'],
  },
});
