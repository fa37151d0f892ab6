// What the catalog says of 3,838 units and their provinces: procedures, units, reported figures. The same for one seed.
import { createRequire } from 'node:module';
import { addDays } from '@index766/kernel';
import { PROVINCES, procedureCode, PROCEDURES, provinceCode, randomFrom, stockOf, unitCode, UNITS, WEEK, YEAR } from './cases.mjs';

const require = createRequire(import.meta.url);
const { Reference } = require('../../apps/aggregator/dist/reference/reference.js');

export const COUNTRY = 'VN';
/** Provinces of which the catalog knows no procedure: the units below them have no 1.1 to 1.3 and no 3.1. */
const SILENT_PROVINCES = new Set([7, 33]);
const SEVEN_PARTS = ['1', '2', '3', '4', '5', '6', '7'];
const [FROM_OF_OLD, NOT_YET, OVER] = [addDays(YEAR.firstDay, -400), addDays(WEEK.lastDay, 10), addDays(WEEK.firstDay, -30)];

/** What a unit has of its own: one in ten is over before the week, one in ten begins after it. */
export function unitProcedures(unit) {
  return stockOf(unit).map(({ procedure, online, fee, citizen }, index) => ({
    procedure, online, fee, citizen, validFrom: index % 10 === 5 ? NOT_YET : FROM_OF_OLD, validTo: index % 10 === 9 ? OVER : null,
    copies: index === 0 && unit % 5 !== 0 ? unit % 3 === 0 : null,
  }));
}

/** What a province announces and publishes: each once in the year, nine in ten in time. */
export function publishedBy(province) {
  if (SILENT_PROVINCES.has(province)) return [];
  const random = randomFrom(province + 1_000_003);
  const duty = () => {
    const dueOn = addDays(YEAR.firstDay, Math.floor(random() * 365));
    return { dueOn, on: random() < 0.05 ? undefined : addDays(dueOn, Math.floor(random() * 20) - 17) };
  };
  return Array.from({ length: PROCEDURES }, (_, procedure) => procedure).filter(() => random() < 0.75).map((procedure) => ({
    procedure, validFrom: FROM_OF_OLD, validTo: random() < 0.05 ? OVER : null, announcement: duty(), publication: duty(), inFull: random() < 0.9, online: random() < 0.6,
  }));
}

/** Who reported 1.4 for a period: every second province, and of the units one in fifty its numerator alone. */
export function* reportsOf(period) {
  const random = randomFrom(period.firstDay);
  for (let province = 0; province < PROVINCES; province += 2) {
    const report = 1_000 + Math.floor(random() * 9_000);
    yield { code: provinceCode(province), synchronised: Math.floor(report * (0.8 + random() / 5)), report };
  }
  for (let unit = 0; unit < UNITS; unit += 50) yield { code: unitCode(unit), synchronised: Math.floor(random() * 9), report: null };
}

/** One procedure in twenty ends without a result document, wherever it is asked for. */
export function hasResult(procedure) {
  return procedure % 20 !== 0;
}

/** The catalog as the aggregator asks it. */
export function referenceOfAll() {
  const procedures = new Map([
    ...Array.from({ length: PROVINCES }, (_, province) => [provinceCode(province), publishedBy(province).map(publishedRecord)]),
    ...Array.from({ length: UNITS }, (_, unit) => [unitCode(unit), unitProcedures(unit).map(unitRecord)]),
  ].filter(([, records]) => records.length > 0));
  const units = [...unitVersions()];
  const reported = new Map([WEEK, YEAR].map((period) => [period.name, new Map([...reportsOf(period)].map(({ code, synchronised, report }) =>
    [code, { 'national-synchronised': synchronised, ...(report === null ? {} : { 'national-report': report }) }]))]));
  return new Reference({
    revision: 1, units: () => units, calendars: () => [], proceduresOf: (unit) => procedures.get(unit) ?? [], unitsWithProcedures: () => procedures.keys(),
    resultDocumentOn: (code, unit) => (unit === null && !hasResult(Number(code.slice(2))) ? false : undefined), reportedFor: (period) => reported.get(period),
  });
}

function* unitVersions() {
  const version = (code, level, parent) => ({ code, name: code, level, parent, validFrom: FROM_OF_OLD, validTo: null, successor: null });
  yield version(COUNTRY, 'COUNTRY', null);
  for (let province = 0; province < PROVINCES; province += 1) yield version(provinceCode(province), 'PROVINCE', COUNTRY);
  for (let unit = 0; unit < UNITS; unit += 1) yield version(unitCode(unit), 'COMMUNE', provinceCode(unit % PROVINCES));
}

function unitRecord({ procedure, online, fee, citizen, validFrom, validTo, copies }) {
  return { code: procedureCode(procedure), validFrom, validTo, offeredOnline: online, fee, citizen, ...(copies === null ? {} : { certifiedCopies: copies }) };
}

function publishedRecord({ procedure, validFrom, validTo, announcement, publication, inFull, online }) {
  return {
    code: procedureCode(procedure), validFrom, validTo, announcement, publication, parts: inFull ? SEVEN_PARTS : SEVEN_PARTS.slice(1),
    onlineLevel: online ? 'partial' : 'none', offeredOnline: false,
  };
}
