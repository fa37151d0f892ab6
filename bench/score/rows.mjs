// The same cases as rows of a table: what a team would store that measures with SQL. Instants are milliseconds, empty: none.
import fs from 'node:fs';
import { once } from 'node:events';
import { stockOf, UNITS } from './cases.mjs';

export const COLUMNS = [
  'unit integer', 'procedure integer', 'channel smallint', 'pushed boolean', 'received_at bigint', 'ended_at bigint', 'resolved boolean', 'due_at bigint',
  'wait_from bigint', 'wait_to bigint', 'fee_from bigint', 'waived_at bigint', 'paid_at bigint', 'paid_online boolean', 'refunded_at bigint',
  'digitised_at bigint', 'reused_at bigint', 'store_at bigint', 'population_at bigint', 'result_at bigint', 'archived_at bigint',
  'dissatisfied_from bigint', 'worked_seconds integer',
];
export const STOCK_COLUMNS = ['unit integer', 'procedure integer', 'online boolean', 'fee boolean', 'citizen boolean'];

const CHANNELS = ['in-person', 'online', 'postal'];

/** Worked time is given: the databases need no calendar. */
export function rowOf(unit, { dossier, payments, documents, feedback }, workedSeconds) {
  const [wait] = dossier.waits;
  const [fee] = payments.fees;
  const [payment] = payments.payments;
  const { digitisedAt, resultSignedAt, resultArchivedAt } = documents;
  const all = [digitisedAt, resultSignedAt, resultArchivedAt];
  return [
    unit, Number(dossier.procedure.slice(2)), CHANNELS.indexOf(dossier.channel), dossier.pushed, dossier.receivedAt, dossier.endedAt,
    dossier.endStatus === 9 || dossier.endStatus === 10, dossier.dues[0]?.dueAt, wait?.from, wait?.to, fee?.assessedAt, fee?.waivers[0]?.at, payment?.succeededAt,
    payment !== undefined && payment.channel !== 'cash', payment?.fullyRefundedAt, digitisedAt, documents.reusedAt, documents.fromPersonalStoreAt,
    documents.populationDataAt, documents.resultIssuedAt, all.includes(null) ? null : Math.max(...all), feedback.ratings[0]?.from, workedSeconds,
  ].map((value) => value ?? '').join(',');
}

export function writeStocks(file) {
  const lines = [];
  for (let unit = 0; unit < UNITS; unit += 1) {
    for (const { procedure, online, fee, citizen } of stockOf(unit)) lines.push([unit, procedure, online, fee, citizen].join(','));
  }
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
}

/** Writes texts to a file as they come, without keeping them. */
export class LineFile {
  constructor(file) {
    this.stream = fs.createWriteStream(file, { highWaterMark: 1 << 20 });
  }

  async write(lines) {
    if (!this.stream.write(`${lines.join('\n')}\n`)) await once(this.stream, 'drain');
  }

  async close() {
    this.stream.end();
    await once(this.stream, 'finish');
  }
}
