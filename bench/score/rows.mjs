// The same cases, petitions and records as rows of tables: what a team would store that measures with SQL. Instants are
// milliseconds, days are numbers, empty: none.
import fs from 'node:fs';
import { once } from 'node:events';
import { judgePetitionAt } from '@index766/petition-life';
import { PROCEDURES, PROVINCES, UNITS } from './cases.mjs';
import { COUNTRY, hasResult, publishedBy, reportsOf, unitProcedures } from './catalog.mjs';

export const TABLES = {
  dossiers: [
    'unit integer', 'procedure integer', 'channel smallint', 'pushed boolean', 'received_at bigint', 'ended_at bigint', 'resolved boolean', 'due_at bigint',
    'wait_from bigint', 'wait_to bigint', 'fee_from bigint', 'waived_at bigint', 'paid_at bigint', 'paid_online boolean', 'refunded_at bigint',
    'digitised_at bigint', 'reused_at bigint', 'store_at bigint', 'population_at bigint', 'result_at bigint', 'archived_at bigint',
    'dissatisfied_from bigint', 'worked_seconds integer',
  ],
  petitions: [
    'unit integer', 'received_at bigint', 'class smallint', 'transferred_at bigint', 'next_unit integer', 'reacted_at bigint', 'reaction_due_at bigint',
    'due_at bigint', 'next_due_at bigint', 'unsatisfied_from bigint', 'unsatisfied_to bigint', 'repeated_from bigint',
  ],
  units: ['unit integer', 'parent integer', 'level smallint'],
  procedures: ['procedure integer', 'has_result boolean'],
  stocks: ['unit integer', 'procedure integer', 'online boolean', 'fee boolean', 'citizen boolean', 'copies boolean', 'valid_from integer', 'valid_to integer'],
  publications: [
    'unit integer', 'procedure integer', 'announced_by integer', 'announced_on integer', 'public_by integer', 'public_on integer', 'in_full boolean',
    'online boolean', 'valid_from integer', 'valid_to integer',
  ],
  reports: ['unit integer', 'period varchar(10)', 'synchronised integer', 'report integer'],
};
export const LEVEL = { commune: 0, province: 1, country: 2 };

const CHANNELS = ['in-person', 'online', 'postal'];
const CLASSES = ['other', 'rules', 'conduct'];
const FOR_EVER = { start: 0, end: Number.MAX_SAFE_INTEGER };

/** Communes have their own numbers, provinces those after them, the country the last one. */
export function unitNumber(code) {
  if (code === COUNTRY) return UNITS + PROVINCES;
  const [province, unit] = code.slice(1).split('.');
  return unit === undefined ? UNITS + Number(province) : Number(unit);
}

/** Worked time is given: the databases need no calendar. */
export function dossierRow({ dossier, payments, documents, feedback }, workedSeconds) {
  const [wait] = dossier.waits;
  const [fee] = payments.fees;
  const [payment] = payments.payments;
  const { digitisedAt, resultSignedAt, resultArchivedAt } = documents;
  const all = [digitisedAt, resultSignedAt, resultArchivedAt];
  return lineOf([
    unitNumber(dossier.holders[0].unit), Number(dossier.procedure.slice(2)), CHANNELS.indexOf(dossier.channel), dossier.pushed, dossier.receivedAt, dossier.endedAt,
    dossier.endStatus === 9 || dossier.endStatus === 10, dossier.dues[0]?.dueAt, wait?.from, wait?.to, fee?.assessedAt, fee?.waivers[0]?.at, payment?.succeededAt,
    payment !== undefined && payment.channel !== 'cash', payment?.fullyRefundedAt, digitisedAt, documents.reusedAt, documents.fromPersonalStoreAt,
    documents.populationDataAt, documents.resultIssuedAt, all.includes(null) ? null : Math.max(...all), feedback.ratings[0]?.from, workedSeconds,
  ]);
}

/** So are due instants: of what was done first, and of the answer while nothing was done, before and after a transfer. */
export function petitionRow(petition, calendarOf) {
  const { holders: [{ unit }, next], supplements, refusedAt, answeredAt, answerRatings, repetitions } = petition;
  const dueAt = (view) => judgePetitionAt(view, FOR_EVER, FOR_EVER.end, calendarOf).dueAt;
  const reactedAt = supplements[0]?.from ?? refusedAt ?? answeredAt;
  const open = { ...petition, supplements: [], refusedAt: null, answeredAt: null };
  const unsatisfied = answerRatings.findIndex(({ satisfied }) => !satisfied);
  return lineOf([
    unitNumber(unit), petition.receivedAt, CLASSES.indexOf(petition.class), next?.from, next && unitNumber(next.unit), reactedAt, reactedAt && dueAt(petition),
    dueAt({ ...open, holders: petition.holders.slice(0, 1) }), dueAt(open), answerRatings[unsatisfied]?.from,
    unsatisfied === -1 ? null : answerRatings[unsatisfied + 1]?.from, repetitions[0]?.from,
  ]);
}

/** The lines of everything but dossiers and petitions. */
export function catalogLines(periods) {
  const provinces = Array.from({ length: PROVINCES }, (_, province) => province);
  const units = Array.from({ length: UNITS }, (_, unit) => unit);
  const country = UNITS + PROVINCES;
  return {
    units: [
      ...units.map((unit) => [unit, UNITS + (unit % PROVINCES), LEVEL.commune]), ...provinces.map((province) => [UNITS + province, country, LEVEL.province]),
      [country, null, LEVEL.country],
    ].map(lineOf),
    procedures: Array.from({ length: PROCEDURES }, (_, procedure) => lineOf([procedure, hasResult(procedure)])),
    stocks: units.flatMap((unit) => unitProcedures(unit).map(({ procedure, online, fee, citizen, copies, validFrom, validTo }) =>
      lineOf([unit, procedure, online, fee, citizen, copies, validFrom, validTo]))),
    publications: provinces.flatMap((province) => publishedBy(province).map(({ procedure, announcement, publication, inFull, online, validFrom, validTo }) =>
      lineOf([UNITS + province, procedure, announcement.dueOn, announcement.on, publication.dueOn, publication.on, inFull, online, validFrom, validTo]))),
    reports: periods.flatMap((period) => [...reportsOf(period)].map(({ code, synchronised, report }) => lineOf([unitNumber(code), period.name, synchronised, report]))),
  };
}

function lineOf(values) {
  return values.map((value) => value ?? '').join(',');
}

/** Writes texts to a file as they come, without keeping them. */
export class LineFile {
  constructor(file) {
    this.stream = fs.createWriteStream(file, { highWaterMark: 1 << 20 });
  }

  async write(lines) {
    if (lines.length > 0 && !this.stream.write(`${lines.join('\n')}\n`)) await once(this.stream, 'drain');
  }

  async close() {
    this.stream.end();
    await once(this.stream, 'finish');
  }
}
