import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { decodeRecord } from '@index766/contracts-envelope';
import { calendarFor, type CalendarDefinition } from '@index766/working-time';

import { figureKey } from '../domain/reported-figure';
import {
  aCalendar, aFigure, aFigureId, aProcedure, aStatement, aUnit, aWholeProcedure, anOfficer, october, pseudonym, unitCode,
} from '../test/catalog.fixture';
import { toOfficerRecord } from './officer-records';
import { procedureIdOf, toCalendarRecord, toFigureRecord, toProcedureRecord, toUnitRecord } from './reference-records';

const recorded = <Content>(content: Content) => ({ version: 3, recordedAt: october(2), content });

describe('what the catalog publishes', () => {
  it('is a unit with its version, keyed by its code', () => {
    const record = toUnitRecord('H44.1', recorded(aUnit({ validTo: '2026-12-31', successor: unitCode('H44.2') })));
    expect(record).toMatchObject({ topic: 'catalog.public.unit.v1', key: 'H44.1', sequence: 3 });
    expect(decodeRecord(unitTopic, record)).toMatchObject({
      ok: true,
      value: {
        envelope: { recordedAt: october(2), sequence: 3, subject: 'H44.1' },
        data: { code: 'H44.1', version: 3, level: 'COMMUNE', parent: 'H44', successor: 'H44.2', validTo: '2026-12-31' },
      },
    });
  });

  it('is a procedure of one unit, keyed by both codes', () => {
    const record = toProcedureRecord('2.000815@H44.1', recorded(aProcedure({ term: undefined })));
    const decoded = decodeRecord(procedureTopic, record);
    expect(decoded).toMatchObject({ ok: true, value: { data: { code: '2.000815', unit: 'H44.1', version: 3 } } });
    expect(decoded.ok && 'term' in decoded.value.data).toBe(false);
  });

  it('is a procedure of every unit, keyed by its code alone', () => {
    const decoded = decodeRecord(procedureTopic, toProcedureRecord('2.000815', recorded(aProcedure())));
    expect(decoded.ok && decoded.value.data).toEqual({ code: '2.000815', version: 3, ...aProcedure() });
  });

  it('is a procedure with all that is said of it', () => {
    const decoded = decodeRecord(procedureTopic, toProcedureRecord('2.000815@H44', recorded(aWholeProcedure())));
    expect(decoded.ok && decoded.value.data).toEqual({ code: '2.000815', unit: 'H44', version: 3, ...aWholeProcedure() });
  });

  it('is a reported figure, keyed by unit, measure and period', () => {
    const record = toFigureRecord(figureKey(aFigureId()), recorded(aFigure()));
    expect(record).toMatchObject({ topic: 'catalog.public.reported-figure.v1', key: 'H44.1@national-report@2026-10', sequence: 3 });
    const decoded = decodeRecord(reportedFigureTopic, record);
    expect(decoded.ok && decoded.value.data).toEqual({ ...aFigureId(), ...aFigure(), version: 3 });
  });

  it('is a calendar that readers compute with as it comes', () => {
    const content = aCalendar({ overrides: [{ unit: 'H44.1', extraTermDays: [6] }] });
    const decoded = decodeRecord(calendarTopic, toCalendarRecord('vn', recorded(content)));
    const definition = (decoded.ok ? decoded.value.data : undefined) as CalendarDefinition;
    expect(definition).toEqual({ id: 'vn', version: 3, ...content });
    expect(calendarFor(definition, [unitCode('H44.1')]).reference).toBe('vn@3');
  });

  it('is an officer with what an administrator said, and with what a push said', () => {
    const officer = anOfficer({ records: 2, statement: aStatement({ title: 'Phó phòng', aliases: ['Vi Du'], mergedInto: pseudonym('b') }) });
    expect(decodeRecord(officerTopic, toOfficerRecord(pseudonym('a'), officer))).toMatchObject({
      ok: true,
      value: {
        type: 'catalog.officer-described.v1',
        envelope: { sequence: 2 },
        data: { pseudonym: pseudonym('a'), name: 'Trần Thị Ví Dụ', title: 'Phó phòng', aliases: ['Vi Du'], mergedInto: pseudonym('b'), ambiguous: false },
      },
    });
  });

  it('is nothing but the pseudonym of an officer whose name was erased', () => {
    const record = toOfficerRecord(pseudonym('a'), anOfficer({ erased: true, records: 2 }));
    expect(decodeRecord(officerTopic, record)).toMatchObject({
      ok: true, value: { type: 'catalog.officer-erased.v1', data: { pseudonym: pseudonym('a') } },
    });
    expect(String(record.value)).not.toContain('Ví Dụ');
  });
});

describe('the key of a procedure', () => {
  it.each([['2.000815', { code: '2.000815' }], ['2.000815@H44.1', { code: '2.000815', unit: 'H44.1' }]])('%s is read back', (key, id) => {
    expect(procedureIdOf(key)).toEqual(id);
  });

  it('with a third part is none', () => {
    expect(() => procedureIdOf('a@b@c')).toThrow('a key that is none');
  });
});
